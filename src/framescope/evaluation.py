"""Figures of quality: predictions against gold labels, with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, brier_score_loss

from framescope.codebook import Codebook
from framescope.corpus.statements import LabelledStatements
from framescope.errors import LabelError, nearest
from framescope.model.calibrating import expected_calibration_error, reliability
from framescope.predictor import Predictor

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the bounds of its 95 % confidence interval (percentile bootstrap)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FrameFigures:
    """Figures of one frame; `average_precision` is None without a positive example."""

    frame: str
    support: int
    predicted: int
    precision: float
    recall: float
    f1: Estimate
    average_precision: float | None
    calibration_error: float
    brier: float


@dataclass(frozen=True)
class Evaluation:
    """All figures of a model on labelled statements.

    `macro_f1` is the mean over frames with support; frames without support are listed in `frames`
    with zero support. `confusion[a][b]` counts statements where gold frame `a` was missed and `b`
    was predicted instead. `reliability` has mean probability, observed share and count per bin.
    """

    statements: int
    macro_f1: Estimate
    micro_f1: Estimate
    framed_balanced_accuracy: Estimate
    mean_average_precision: Estimate
    calibration_error: float
    brier: float
    abstained: dict[str, int]
    frames: tuple[FrameFigures, ...]
    families: dict[str, Estimate]
    confusion: dict[str, dict[str, int]]
    reliability: list[list[float]]

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values."""
        return asdict(self)


@dataclass(frozen=True)
class Judged:
    """Predictions and gold labels of n statements: indicators and probabilities, each (n, K)."""

    frames: tuple[str, ...]
    gold: Flags
    predicted: Flags
    probabilities: Floats


def evaluate(
    model: Predictor,
    statements: LabelledStatements,
    codebook: Codebook | None = None,
    samples: int = 1000,
) -> Evaluation:
    """Score labelled statements with a model and compare. A statement declined counts as no frame.

    Raises :class:`LabelError` when a gold frame is not one of the model's, and when there is nothing
    to measure.
    """
    gold = gold_indicator(statements.labels, model.frames)
    scores = model.score(statements.texts)
    reasons = [reason for n in range(len(gold)) if (reason := scores.reason(n))]
    judged = Judged(model.frames, gold, scores.decided, scores.probabilities)
    abstained = {str(reason): reasons.count(reason) for reason in sorted(set(reasons))}
    return figures(judged, abstained, codebook, samples)


def gold_indicator(labels: Sequence[Sequence[str]], frames: tuple[str, ...]) -> Flags:
    """Return labels as an indicator (n, K) over a model's frames."""
    if not labels:
        raise LabelError("there are no labelled statements to measure on.")
    known = {frame: k for k, frame in enumerate(frames)}
    gold = np.zeros((len(labels), len(frames)), dtype=bool)
    for row, names in enumerate(labels):
        for name in names:
            if name not in known:
                raise LabelError(
                    f"statement {row + 1} carries {name!r}, which the model does not know; "
                    f"{nearest(name, frames)}"
                )
            gold[row, known[name]] = True
    return gold


def figures(
    judged: Judged,
    abstained: dict[str, int] | None = None,
    codebook: Codebook | None = None,
    samples: int = 1000,
) -> Evaluation:
    """Compute all figures; intervals come from `samples` bootstrap resamples of the statements."""
    draws = _draws(len(judged.gold), samples)
    gold, predicted, proba = judged.gold, judged.predicted, judged.probabilities
    counted = _resampled_counts(gold, predicted, draws)
    return Evaluation(
        statements=len(gold),
        macro_f1=_interval(macro_f1(gold, predicted), counted.macro()),
        micro_f1=_interval(micro_f1(gold, predicted), counted.micro()),
        framed_balanced_accuracy=_interval(
            balanced_accuracy(_framed(gold), _framed(predicted)),
            [balanced_accuracy(_framed(gold[d]), _framed(predicted[d])) for d in draws],
        ),
        mean_average_precision=_interval(
            mean_average_precision(gold, proba),
            [mean_average_precision(gold[d], proba[d]) for d in draws[: max(samples // 10, 1)]],
        ),
        calibration_error=expected_calibration_error(proba, gold.astype(np.int8)),
        brier=float(((proba - gold) ** 2).mean()),
        abstained=abstained or {},
        frames=tuple(_frame_figures(judged, k, counted) for k in range(gold.shape[1])),
        families=_families(judged, codebook, draws),
        confusion=confusion(judged),
        reliability=reliability(proba, gold.astype(np.int8)).round(4).tolist(),
    )


def _framed(flags: Flags) -> Flags:
    """Return which rows (n,) have any flag."""
    return np.asarray(flags.any(axis=1))


def _draws(rows: int, samples: int) -> list[NDArray[np.int64]]:
    random = np.random.default_rng(0)
    return [random.integers(0, rows, rows) for _ in range(samples)]


def _interval(value: float, resampled: Sequence[float] | Floats) -> Estimate:
    low, high = np.quantile(resampled, [0.025, 0.975]) if len(resampled) else (value, value)
    return Estimate(round(value, 4), round(float(low), 4), round(float(high), 4))


@dataclass(frozen=True)
class _Counts:
    """True positives, gold and predicted positives of every resample, each (samples, K)."""

    hits: Floats
    gold: Floats
    predicted: Floats

    def f1(self) -> Floats:
        return np.asarray(2 * self.hits / np.maximum(self.gold + self.predicted, 1))

    def macro(self) -> Floats:
        supported = self.gold > 0
        return np.asarray(
            (self.f1() * supported).sum(axis=1) / np.maximum(supported.sum(axis=1), 1)
        )

    def micro(self) -> Floats:
        total = (self.gold + self.predicted).sum(axis=1)
        return np.asarray(2 * self.hits.sum(axis=1) / np.maximum(total, 1))


def _resampled_counts(gold: Flags, predicted: Flags, draws: Sequence[NDArray[np.int64]]) -> _Counts:
    weights = np.array([np.bincount(d, minlength=len(gold)) for d in draws], dtype=np.float64)
    weights = weights.reshape(len(draws), len(gold))
    return _Counts(weights @ (gold & predicted), weights @ gold, weights @ predicted)


def frame_f1(gold: Flags, predicted: Flags) -> Floats:
    """Return F1 of each frame, (K,); 0 where there is nothing to find and nothing was found."""
    hits = (gold & predicted).sum(axis=0)
    return np.asarray(2 * hits / np.maximum(gold.sum(axis=0) + predicted.sum(axis=0), 1))


def macro_f1(gold: Flags, predicted: Flags) -> float:
    """Return the mean F1 over the frames that have support."""
    supported = gold.any(axis=0)
    return float(frame_f1(gold, predicted)[supported].mean()) if supported.any() else 0.0


def micro_f1(gold: Flags, predicted: Flags) -> float:
    """Return the F1 of all decisions together."""
    return float(2 * (gold & predicted).sum() / max(gold.sum() + predicted.sum(), 1))


def balanced_accuracy(gold: Flags, predicted: Flags) -> float:
    """Return the mean of sensitivity and specificity; of the one that is defined, if only one is."""
    rates = [float((predicted[part] == gold[part]).mean()) for part in (gold, ~gold) if part.any()]
    return float(np.mean(rates)) if rates else 0.0


def mean_average_precision(gold: Flags, probabilities: Floats) -> float:
    """Return the mean average precision over the frames that have support."""
    supported = np.flatnonzero(gold.any(axis=0))
    if not len(supported):
        return 0.0
    return float(
        np.mean([average_precision_score(gold[:, k], probabilities[:, k]) for k in supported])
    )


def _frame_figures(judged: Judged, k: int, counted: _Counts) -> FrameFigures:
    gold, predicted, proba = judged.gold[:, k], judged.predicted[:, k], judged.probabilities[:, k]
    hits = int((gold & predicted).sum())
    ap = average_precision_score(gold, proba) if gold.any() else None
    column = gold.astype(np.int8)[:, None]
    return FrameFigures(
        frame=judged.frames[k],
        support=int(gold.sum()),
        predicted=int(predicted.sum()),
        precision=round(hits / max(int(predicted.sum()), 1), 4),
        recall=round(hits / max(int(gold.sum()), 1), 4),
        f1=_interval(float(frame_f1(judged.gold, judged.predicted)[k]), counted.f1()[:, k]),
        average_precision=None if ap is None else round(float(ap), 4),
        calibration_error=round(expected_calibration_error(proba[:, None], column), 4),
        brier=round(float(brier_score_loss(gold, proba)), 4),
    )


def _families(
    judged: Judged, codebook: Codebook | None, draws: Sequence[NDArray[np.int64]]
) -> dict[str, Estimate]:
    """Return the F1 of each family: whether a statement carries any of its frames."""
    if codebook is None or not set(judged.frames) <= set(codebook.ids):
        return {}
    family = np.array([codebook.frame(frame).family for frame in judged.frames])
    result = {}
    for name in sorted(set(family)):
        gold = _framed(judged.gold[:, family == name])[:, None]
        predicted = _framed(judged.predicted[:, family == name])[:, None]
        counted = _resampled_counts(gold, predicted, draws)
        result[str(name)] = _interval(micro_f1(gold, predicted), counted.micro())
    return result


def confusion(judged: Judged) -> dict[str, dict[str, int]]:
    """Count, for each gold frame missed, the frames predicted instead; `none` where none was."""
    missed = judged.gold & ~judged.predicted
    wrong = judged.predicted & ~judged.gold
    table: dict[str, dict[str, int]] = {}
    for k, frame in enumerate(judged.frames):
        rows = missed[:, k]
        counts = {
            other: int(n) for other, n in zip(judged.frames, wrong[rows].sum(axis=0), strict=True)
        }
        counts["none"] = int((~judged.predicted[rows].any(axis=1)).sum())
        table[frame] = {name: n for name, n in counts.items() if n}
    return table
