"""How well the learner does on public labelled sets, next to its linear peers. Run by ``make bench``.

    python benchmarks/bench_learning.py [--only NAME]

Every split: train on the organisers' train part, test on their dev part, default settings, micro-F1
(for PTC, one label per fragment, that is accuracy). Peers in the same run: scikit-learn's TF-IDF and
LogisticRegression as the documentation has it (word unigrams; one-vs-rest at 0.5, or multinomial),
and fastText with character n-grams (ova at 0.5, or its best label). The organisers' own baselines are quoted from
their papers. The texts are lent (../shared/benchmarks) and never leave it; without them, it says so.
Fails (exit code 1) when a bar is missed or a peer is ahead.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framescope import FramingClassifier

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "benchmarks"
Labels = list[tuple[str, ...]]


@dataclass(frozen=True)
class Split:
    """A train and a test file, the bar, and the organisers' baseline."""

    name: str
    train: str
    test: str
    bar: float
    baseline: float


SPLITS = (
    Split("EN paragraphs", "semeval2023t3_st3_en_train_par_persuasion.tsv",
          "semeval2023t3_st3_en_dev_par_persuasion.tsv", 0.28, 0.161),
    Split("RU paragraphs", "semeval2023t3_st3_ru_train_par_persuasion.tsv",
          "semeval2023t3_st3_ru_dev_par_persuasion.tsv", 0.253, 0.253),
    Split("PTC fragments", "ptc2020_train_fragments_tc.tsv", "ptc2020_dev_fragments_tc.tsv", 0.53, 0.306),
    Split("EN documents", "semeval2023t3_st2_en_train_doc_frames.tsv",
          "semeval2023t3_st2_en_dev_doc_frames.tsv", 0.70, 0.606),
)  # fmt: skip


def read(name: str) -> tuple[list[str], Labels]:
    """Return the texts and labels of a file."""
    csv.field_size_limit(10**9)
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [row["text"] for row in rows], [
        tuple(x for x in row["labels"].split("|") if x) for row in rows
    ]


def micro_f1(gold: Labels, found: Sequence[Sequence[str]]) -> float:
    """Return the micro-averaged F1."""
    hits = sum(len(set(a) & set(b)) for a, b in zip(gold, found, strict=True))
    return 2 * hits / max(sum(map(len, gold)) + sum(map(len, found)), 1)


def is_single(labels: Labels) -> bool:
    """Return whether every text has exactly one label."""
    return all(len(row) == 1 for row in labels)


def ours(texts: list[str], labels: Labels, test: list[str]) -> Sequence[Sequence[str]]:
    """Predict with framescope's classifier, default settings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        model = FramingClassifier().fit(texts, labels)
    found = model.predict(test)
    return [(x,) for x in found] if is_single(labels) else list(found)


def sklearn_peer(texts: list[str], labels: Labels, test: list[str]) -> Sequence[Sequence[str]]:
    """Predict with scikit-learn's TF-IDF and logistic regression, default settings."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MultiLabelBinarizer

    learner = LogisticRegression(max_iter=1000)
    if is_single(labels):
        pipeline = make_pipeline(TfidfVectorizer(), learner).fit(texts, [row[0] for row in labels])
        return [(x,) for x in pipeline.predict(test)]
    binarizer = MultiLabelBinarizer()
    pipeline = make_pipeline(TfidfVectorizer(), OneVsRestClassifier(learner))
    pipeline.fit(texts, binarizer.fit_transform(labels))
    return list(binarizer.inverse_transform(pipeline.predict(test)))


def fasttext_peer(texts: list[str], labels: Labels, test: list[str]) -> Sequence[Sequence[str]]:
    """Predict with fastText: character n-grams 2-5, word bigrams, one-vs-all loss."""
    import fasttext

    single = is_single(labels)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for text, row in zip(texts, labels, strict=True):
            marks = " ".join("__label__" + x.replace(" ", "_") for x in row or ("NONE",))
            file.write(f"{marks} {' '.join(text.split())}\n")
        file.flush()
        loss = "softmax" if single else "ova"
        model = fasttext.train_supervised(
            file.name, loss=loss, minn=2, maxn=5, wordNgrams=2, dim=50, epoch=25, lr=0.5, thread=2, verbose=0
        )  # fmt: skip
    return [_fasttext_labels(model, text, single) for text in test]


def _fasttext_labels(model, text: str, single: bool) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    found = model.f.predict(
        " ".join(text.split()) + "\n", 1 if single else -1, 0.0 if single else 0.5, "strict"
    )
    names = [label.removeprefix("__label__") for _, label in found]
    return tuple(name for name in names if name != "NONE")


SYSTEMS: dict[str, Callable[[list[str], Labels, list[str]], Sequence[Sequence[str]]]] = {
    "framescope": ours,
    "scikit-learn": sklearn_peer,
    "fastText": fasttext_peer,
}


def run(split: Split) -> bool:
    """Measure one split; return whether the bar is reached and no peer is ahead."""
    texts, labels = read(split.train)
    test, gold = read(split.test)
    figures = {}
    for name, system in SYSTEMS.items():
        began = time.perf_counter()
        figures[name] = micro_f1(gold, system(texts, labels, test))
        print(
            f"{split.name:<16} {name:<14} micro-F1 {figures[name]:.3f}  {time.perf_counter() - began:5.0f} s"
        )
    best = max(split.baseline, *(v for k, v in figures.items() if k != "framescope"))
    reached = figures["framescope"] >= split.bar and figures["framescope"] > best
    verdict = "reached" if reached else "MISSED"
    print(
        f"{split.name:<16} {'organisers':<14} micro-F1 {split.baseline:.3f}  bar {split.bar:.3f} {verdict}"
    )
    return reached


def main() -> int:
    """Measure all splits, or one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="the name of one split")
    wanted = parser.parse_args().only
    if not SHARED.is_dir():
        print(
            f"{SHARED} is not there: the public corpora are lent for measuring; nothing was measured"
        )
        return 0
    np.random.seed(0)
    results = [run(split) for split in SPLITS if wanted in (None, split.name)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
