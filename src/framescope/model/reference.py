"""The reference scorer: the model as scikit-learn's own vectorisers run it.

Slow and plain; the compiled scorer must agree with it to 1e-5 on every text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.pipeline import FeatureUnion, Pipeline

from framescope.model.features import count_vectorizer, tfidf_transformer
from framescope.model.trained import TrainedModel


class ReferenceScorer:
    """Scores texts with a scikit-learn `FeatureUnion` of one count-and-weigh pipeline per block."""

    def __init__(self, trained: TrainedModel) -> None:
        self.trained = trained
        self.pipeline = reference_pipeline(trained)

    def decision(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return uncalibrated scores (n, K), in log-odds."""
        linear = self.trained.linear
        features = sparse.csr_matrix(self.pipeline.transform(list(texts)))
        weights = np.vstack([linear.coef[b] for b in linear.grams]).astype(np.float64)
        return np.asarray(features @ weights + linear.intercept)


def reference_pipeline(trained: TrainedModel) -> FeatureUnion:
    """Return the features of a model as a fitted scikit-learn transformer of raw texts."""
    linear, reader = trained.linear, trained.reader
    sources = {"concept": reader.concepts, "shape": reader.shape}
    steps = []
    for block, grams in linear.grams.items():
        counter = count_vectorizer(block, trained.features, vocabulary=list(grams))
        counter.set_params(preprocessor=sources.get(block, reader.words))
        weigh = tfidf_transformer(linear.idf[block].astype(np.float64))
        steps.append((block, Pipeline([("count", counter), ("weigh", weigh)])))
    return FeatureUnion(steps)
