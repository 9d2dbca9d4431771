"""Calibrated probabilities, and the curves that thresholds are chosen from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GRID = np.linspace(0.0, 1.0, 201)
"""The probabilities at which curves are kept."""


@dataclass(frozen=True)
class Calibration:
    """Per frame `slope` (K,) and `offset` (K,): probability = expit(slope * score + offset).

    In `exclusive` models (exactly one label for each text) the probabilities are divided by their sum.
    """

    slope: Floats
    offset: Floats
    exclusive: bool = False

    def probabilities(self, scores: Floats) -> Floats:
        """Return calibrated probabilities (n, K) of scores (n, K)."""
        single = sigmoid(scores * self.slope + self.offset)
        if not self.exclusive:
            return np.asarray(single)
        return np.asarray(single / np.maximum(single.sum(axis=1, keepdims=True), 1e-300))

    def decide(self, probabilities: Floats, thresholds: Floats) -> NDArray[np.bool_]:
        """Return which labels (n, K) are called: those at their thresholds (K,).

        In `exclusive` models, the one whose probability is largest as a multiple of its threshold.
        """
        if not self.exclusive:
            return np.asarray(probabilities >= thresholds)
        best = (probabilities / thresholds).argmax(axis=1)
        return np.asarray(np.arange(len(thresholds)) == best[:, None])


def sigmoid(x: Floats) -> Floats:
    """Return the logistic function, without overflow for large negative values."""
    positive = 1.0 / (1.0 + np.exp(-np.abs(x)))
    return np.where(x >= 0, positive, 1.0 - positive)


@dataclass(frozen=True)
class Curves:
    """What every threshold would have done on held-out texts.

    Integer arrays: `found` (K, G) true positives and `called` (K, G) positives at each threshold of
    :data:`GRID`, `positives` (K,), and `rows`, the number of texts. `smoothing` is how many positives
    of all frames together are mixed into each frame's counts when thresholds are chosen.
    """

    found: NDArray[np.int64]
    called: NDArray[np.int64]
    positives: NDArray[np.int64]
    rows: int
    smoothing: float = 0.0

    def f1(self) -> Floats:
        """Return the F1 score of each frame at each threshold, (K, G)."""
        return np.asarray(2 * self.found / np.maximum(self.called + self.positives[:, None], 1))

    def precision(self) -> Floats:
        """Return the precision of each frame at each threshold, (K, G); 1 where nothing is called."""
        return np.where(self.called > 0, self.found / np.maximum(self.called, 1), 1.0)

    def recall(self) -> Floats:
        """Return the recall of each frame at each threshold, (K, G)."""
        return np.asarray(self.found / np.maximum(self.positives[:, None], 1))
