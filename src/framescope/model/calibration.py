"""Calibrated probabilities, and the curves that thresholds are chosen from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GRID = np.linspace(0.0, 1.0, 201)
"""The probabilities at which curves are kept."""
SUPPORTING = 3
"""Support is the mean over so many of a text's best frames."""


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

    def decide(
        self, probabilities: Floats, thresholds: Floats, least_support: float | None = None
    ) -> NDArray[np.bool_]:
        """Return which labels (n, K) are called.

        In `exclusive` models, the one whose probability is largest as a multiple of its threshold (K,).
        In others those at their thresholds, except where a text's :func:`support` is below
        `least_support`: there none is.
        """
        if not self.exclusive:
            called = np.asarray(probabilities >= thresholds)
            if least_support is not None:
                some = np.flatnonzero(called.any(axis=1))
                enough = support(probabilities[some], thresholds) >= least_support
                called[some] &= enough[:, None]
            return called
        best = (probabilities / thresholds).argmax(axis=1)
        return np.asarray(np.arange(len(thresholds)) == best[:, None])


def support(probabilities: Floats, thresholds: Floats) -> Floats:
    """Return by how much, in log-odds, the best :data:`SUPPORTING` frames of texts pass their thresholds.

    The mean over those frames, (n,). Frames are kin: a text that carries one raises the others a
    little, while a stray word that goes with one frame raises that one alone.
    """
    margins = log_odds(probabilities) - log_odds(thresholds)
    best = min(SUPPORTING, margins.shape[1])
    return np.asarray(np.partition(margins, -best, axis=1)[:, -best:].mean(axis=1))


def log_odds(probabilities: Floats) -> Floats:
    """Return the logit of probabilities, finite also for 0 and 1."""
    inside = np.clip(probabilities, 1e-12, 1 - 1e-12)
    return np.asarray(np.log(inside) - np.log1p(-inside))


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
