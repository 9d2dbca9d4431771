"""Thresholds per frame for a stated objective.

An objective is written as text: ``f1``, ``precision>=0.8``, ``recall>=0.9`` or
``cost=5:1`` (a missed frame costs five times a false one).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framescope.errors import InputError
from framescope.model.calibration import GRID, Curves

Floats = NDArray[np.float64]
SMOOTHINGS = (0.0, 20.0, 1e6)
"""How many positives a frame needs before its own curve counts as much as that of all frames.

Training takes the one that does best across held-out halves.
"""

RATE_POWER = 0.35
"""How thresholds of exclusive labels grow with base rates.

Measured on held-out folds of PTC's train part: accuracy .579 for powers 0 to .35, macro-F1 .388 to .409.
"""

_OBJECTIVE = re.compile(
    r"(f1)|(precision|recall)>=(0?\.\d+|1(?:\.0+)?|0)|cost=(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)"
)


@dataclass(frozen=True, slots=True)
class Objective:
    """What thresholds are chosen for: a kind, and one or two numbers."""

    kind: str
    value: float = 0.0
    other: float = 0.0


def parse_objective(written: str) -> Objective:
    """Read an objective; raises :class:`InputError` when it is not one of the known forms.

    >>> parse_objective("precision>=0.8")
    Objective(kind='precision', value=0.8, other=0.0)
    """
    match = _OBJECTIVE.fullmatch(written.replace(" ", "").lower())
    if not match:
        raise InputError(
            f"{written!r} is not an objective; allowed: f1, precision>=0.8, recall>=0.9, "
            "cost=MISS:FALSE (two numbers), with shares between 0 and 1."
        )
    f1, kind, value, miss, false = match.groups()
    if f1:
        return Objective("f1")
    if kind:
        return Objective(kind, float(value))
    if float(miss) + float(false) == 0:
        raise InputError("the two costs are both 0; at least one must be larger.")
    return Objective("cost", float(miss), float(false))


def choose_thresholds(curves: Curves, objective: Objective, exclusive: bool = False) -> Floats:
    """Return one threshold per frame (K,).

    For `exclusive` labels (one for each text) and F1, they grow with the frames' base rates: rare
    labels are called more often than the most probable label alone would be.

    Each frame's counts are smoothed with those of all frames together (scaled to
    ``curves.smoothing`` positives), so that a rare frame does not fit the noise of a few examples.
    """
    if exclusive and objective.kind == "f1":
        rates = np.maximum(curves.positives, 1) / max(int(curves.positives.max()), 1)
        return np.asarray(0.5 * rates**RATE_POWER)
    smooth = _smoothed(curves)
    if objective.kind == "f1":
        return _best(smooth.f1())
    if objective.kind == "cost":
        missed = curves.positives[:, None] - curves.found
        cost = objective.value * missed + objective.other * (curves.called - curves.found)
        return _best(-cost.astype(np.float64))
    if objective.kind == "precision":
        return _first(_envelope(smooth.precision()) >= objective.value)
    return _last(smooth.recall() >= objective.value)


def _smoothed(curves: Curves) -> Curves:
    weight = curves.smoothing / max(int(curves.positives.sum()), 1)
    return Curves(
        curves.found + weight * curves.found.sum(axis=0),
        curves.called + weight * curves.called.sum(axis=0),
        curves.positives + weight * curves.positives.sum(),
        curves.rows,
    )


def _best(gain: Floats) -> Floats:
    """Return the threshold with the highest gain after a running mean over three; never 0.

    Where several are as good, as on data that separates perfectly, the middle one.
    """
    padded = np.pad(gain[:, 1:], ((0, 0), (1, 1)), mode="edge")
    mean = (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3
    best = mean >= mean.max(axis=1, keepdims=True) - 1e-12
    return np.array([GRID[1:][np.flatnonzero(row)[row.sum() // 2]] for row in best])


def _envelope(precision: Floats) -> Floats:
    """Return the lowest precision at this or any higher threshold."""
    return np.asarray(np.minimum.accumulate(precision[:, ::-1], axis=1)[:, ::-1])


def _first(reached: NDArray[np.bool_]) -> Floats:
    return np.asarray(
        np.where(reached.any(axis=1), GRID[np.maximum(reached.argmax(axis=1), 1)], 1.0)
    )


def _last(reached: NDArray[np.bool_]) -> Floats:
    last = reached.shape[1] - 1 - reached[:, ::-1].argmax(axis=1)
    return np.asarray(GRID[np.maximum(last, 1)])
