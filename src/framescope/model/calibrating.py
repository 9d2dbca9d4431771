"""Fit and measure calibration on scores of texts that the scoring model had not seen.

Platt's method (Platt 1999): per frame a slope and an offset, fitted by logistic regression.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from framescope.model.calibration import GRID, Calibration, Curves, Floats
from framescope.model.thresholds import SMOOTHINGS, choose_thresholds, parse_objective

NO_GAIN = 0.002
"""A difference of F1 that does not count."""


def fit_calibration(scores: Floats, labels: NDArray[np.int8], exclusive: bool) -> Calibration:
    """Fit slope and offset per frame on held-out scores (n, K) and an indicator (n, K)."""
    slope, offset = np.ones(scores.shape[1]), np.zeros(scores.shape[1])
    for k in range(scores.shape[1]):
        if labels[:, k].min() == labels[:, k].max():
            continue
        platt = LogisticRegression(C=1e6, solver="lbfgs").fit(scores[:, [k]], labels[:, k])
        if platt.coef_[0, 0] > 0:
            slope[k], offset[k] = platt.coef_[0, 0], platt.intercept_[0]
        else:  # scores say nothing about this frame on unseen texts: fall back to its base rate
            rate = labels[:, k].mean()
            slope[k], offset[k] = 1e-3, np.log(rate / (1 - rate))
    return Calibration(slope, offset, exclusive)


def threshold_curves(probabilities: Floats, labels: NDArray[np.int8]) -> Curves:
    """Count what each threshold of :data:`GRID` would have found, from (n, K) arrays."""
    found, called = [], []
    for k in range(labels.shape[1]):
        column = np.sort(probabilities[:, k])
        hits = np.sort(probabilities[labels[:, k] > 0, k])
        called.append(len(column) - np.searchsorted(column, GRID))
        found.append(len(hits) - np.searchsorted(hits, GRID))
    positives = labels.sum(axis=0, dtype=np.int64)
    return Curves(np.array(found), np.array(called), positives, len(labels))


def smoothed_curves(probabilities: Floats, labels: NDArray[np.int8], seed: int = 0) -> Curves:
    """Return the curves of all texts, with the least smoothing that does well across two halves.

    Thresholds are chosen on one half and measured on the other, by the mean of micro- and macro-F1;
    :data:`NO_GAIN` below the best is well enough.
    """
    order = np.random.default_rng(seed).permutation(len(labels))
    halves = order[::2], order[1::2]
    gains = {s: _gain(probabilities, labels, halves, s) for s in SMOOTHINGS}
    enough = max(gains.values()) - NO_GAIN
    least = min(smoothing for smoothing, gain in gains.items() if gain >= enough)
    return replace(threshold_curves(probabilities, labels), smoothing=least)


def _gain(
    probabilities: Floats,
    labels: NDArray[np.int8],
    halves: tuple[NDArray[np.int64], NDArray[np.int64]],
    smoothing: float,
) -> float:
    gains = []
    for chosen, measured in (halves, halves[::-1]):
        curves = threshold_curves(probabilities[chosen], labels[chosen])
        thresholds = choose_thresholds(replace(curves, smoothing=smoothing), parse_objective("f1"))
        called = probabilities[measured] >= thresholds
        gains += [
            f1_score(labels[measured], called, average=a, zero_division=0)
            for a in ("micro", "macro")
        ]
    return float(np.mean(gains))


def reliability(probabilities: Floats, labels: NDArray[np.int8], bins: int = 10) -> Floats:
    """Return mean probability, observed share and count per equal-width bin, (bins, 3)."""
    index = np.minimum((probabilities * bins).astype(int), bins - 1).ravel()
    count = np.bincount(index, minlength=bins)
    safe = np.maximum(count, 1)
    mean = np.bincount(index, probabilities.ravel(), bins) / safe
    share = np.bincount(index, labels.ravel(), bins) / safe
    return np.column_stack([mean, share, count])


def expected_calibration_error(
    probabilities: Floats, labels: NDArray[np.int8], bins: int = 10
) -> float:
    """Return the mean gap between probability and observed share, weighted by bin size."""
    table = reliability(probabilities, labels, bins)
    total = max(table[:, 2].sum(), 1)
    return float((np.abs(table[:, 0] - table[:, 1]) * table[:, 2]).sum() / total)
