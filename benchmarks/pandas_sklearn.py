"""What most people would write: pandas reads a CSV in chunks, scikit-learn scores it.

The measure of ``bench_batch.py``. It counts the same n-grams as the shipped model, fits on the
same corpus and writes the same columns, and it is written as well as we can.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import MultiLabelBinarizer

CHUNK_ROWS = 10_000


def read_corpus(folder: Path) -> tuple[list[str], list[list[str]]]:
    rows = [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.open("rb")]
    labels = [
        row["frames"] if isinstance(row["frames"], list) else row["frames"].split("|")
        for row in rows
    ]
    return [row["text"] for row in rows], [[name for name in names if name] for names in labels]


def fit(
    texts: Sequence[str], labels: Sequence[Sequence[str]], settings: Any
) -> tuple[Pipeline, list[str]]:
    """Fit TF-IDF over the given word and character n-grams and one logistic model a frame."""
    binarizer = MultiLabelBinarizer()
    indicator = binarizer.fit_transform(labels)
    features = FeatureUnion(
        [
            ("word", TfidfVectorizer(ngram_range=settings.word, sublinear_tf=True)),
            (
                "char",
                TfidfVectorizer(analyzer="char_wb", ngram_range=settings.char, sublinear_tf=True),
            ),
        ]
    )
    classifier = OneVsRestClassifier(LogisticRegression(solver="liblinear", C=10.0))
    pipeline = make_pipeline(features, classifier).fit(texts, indicator)
    return pipeline, list(binarizer.classes_)


def score_csv(source: Path, target: Path, pipeline: Pipeline, frames: Sequence[str]) -> int:
    """Append the score columns to a CSV; return the number of rows."""
    names, rows = np.array(frames), 0
    chunks = pd.read_csv(source, chunksize=CHUNK_ROWS, dtype=str, keep_default_na=False)
    for number, chunk in enumerate(chunks):
        probabilities = pipeline.predict_proba(chunk["text"])
        decided = probabilities >= 0.5
        chunk["frames"] = ["|".join(names[row]) for row in decided]
        chunk["top_frame"] = names[probabilities.argmax(axis=1)]
        chunk["top_probability"] = probabilities.max(axis=1)
        scores = pd.DataFrame(
            probabilities, index=chunk.index, columns=[f"p_{frame}" for frame in frames]
        )
        pd.concat([chunk, scores], axis=1).to_csv(
            target,
            mode="w" if number == 0 else "a",
            header=number == 0,
            index=False,
            float_format="%.4f",
        )
        rows += len(chunk)
    return rows
