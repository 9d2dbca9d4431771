"""The predictor: texts in, frames out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framescope.errors import InputError, nearest
from framescope.model.abstention import abstention_codes, reason_code
from framescope.model.evidence import evidence_of
from framescope.model.folder import identity_of, read_manifest, read_model
from framescope.model.plain import PlainScorer
from framescope.model.scores import ABSTENTION_REASONS, BatchScores
from framescope.model.thresholds import choose_thresholds, parse_objective
from framescope.model.trained import TrainedModel
from framescope.records import (
    EvidenceSpan,
    FrameScore,
    ModelIdentity,
    Reading,
    StatementReading,
    VoiceSpan,
)
from framescope.shipped import shipped_path
from framescope.text.normalise import tokenise
from framescope.text.sentences import split_statements
from framescope.text.voice import assertion_of, author_of, find_voices

if TYPE_CHECKING:
    from framescope.model.compiled import CompiledScorer

Floats = NDArray[np.float64]
FEW = 64
SHORT = 100_000
"""Up to so many texts and code points, the plain scorer is faster than starting the compiled one."""
LONG = 1_000_000
"""Texts of more code points go to the plain scorer, whose memory does not grow with a text's words."""


def load_model(
    path: str | Path | None = None,
    *,
    threshold: float | None = None,
    objective: str | None = None,
    min_margin: float = 0.0,
) -> Predictor:
    """Load a model folder; without a path, the shipped model.

    `threshold` (a probability for all frames) or `objective` (as in
    :func:`framescope.model.thresholds.parse_objective`) replace the model's own thresholds and
    least support. With a
    `min_margin`, a text whose best frame is closer to its threshold than that abstains with
    ``low_margin``. Raises :class:`framescope.errors.ModelError` for a folder that is not a whole model.
    """
    folder = Path(path) if path is not None else shipped_path("models/default")
    trained = read_model(folder)
    thresholds = _thresholds(trained, threshold, objective)
    return Predictor(trained, identity_of(folder, read_manifest(folder)), thresholds, min_margin)


def _thresholds(
    trained: TrainedModel, threshold: float | None, objective: str | None
) -> Floats | None:
    """Return the thresholds asked for (K,), or None for the model's own."""
    if threshold is not None and objective is not None:
        raise InputError("a threshold and an objective exclude each other; give one of them.")
    if objective is not None:
        return choose_thresholds(
            trained.curves, parse_objective(objective), trained.calibration.exclusive
        )
    if threshold is None:
        return None
    if not 0.0 < threshold <= 1.0:
        raise InputError(f"a threshold is a probability above 0 and up to 1; found {threshold}.")
    return np.full(len(trained.frames), threshold)


class Predictor:
    """Scores texts with a trained model.

    Attributes
    ----------
    frames : tuple of str
        The frames, in the order of every score column.
    thresholds : float array (K,)
    least_support : float or None
        Texts with less support get no frame, see :meth:`framescope.model.calibration.Calibration.decide`.
    identity : ModelIdentity
    trained : TrainedModel

    """

    def __init__(
        self,
        trained: TrainedModel,
        identity: ModelIdentity,
        thresholds: Floats | None = None,
        min_margin: float = 0.0,
    ) -> None:
        self.trained = trained
        self.identity = identity
        self.thresholds = trained.thresholds if thresholds is None else thresholds
        self.least_support = trained.least_support if thresholds is None else None
        self.min_margin = min_margin
        self.frames = trained.frames
        self._plain = PlainScorer(trained)
        self._compiled: CompiledScorer | None = None

    def score(self, texts: Sequence[str]) -> BatchScores:
        """Return probabilities, decisions, abstentions and coverage of `n` texts."""
        texts = _checked(texts)
        scores, facts = self._raw(texts)
        probabilities = self.trained.calibration.probabilities(scores)
        decided = self.trained.calibration.decide(
            probabilities, self.thresholds, self.least_support
        )
        abstained = self._abstained(facts, probabilities)
        decided[abstained > 0] = False
        unscored = (abstained > 0) & (abstained != reason_code("low_margin"))
        probabilities[unscored] = self._base_rates()
        coverage = facts[:, 1] / np.maximum(facts[:, 0], 1)
        return BatchScores(probabilities, decided, abstained, coverage.astype(np.float32))

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Return calibrated probabilities (n, K); the base rates for texts the model declines."""
        return self.score(texts).probabilities

    def predict(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the frames of each text; an empty tuple for no frame, and when abstaining."""
        decided = self.score(texts).decided
        return [tuple(self.frames[k] for k in np.flatnonzero(row)) for row in decided]

    def read(self, text: str, *, evidence: bool = False, frames: tuple[str, ...] = ()) -> Reading:
        """Read a whole text: its statements with their frames, voice and assertion.

        `evidence` adds what speaks for the frames found, or for the `frames` named.
        """
        for name in frames:
            if name not in self.frames:
                raise InputError(f"unknown frame {name!r}; {nearest(name, self.frames)}")
        _checked([text])
        spans = split_statements(text)
        scores = self.score([text[start:end] for start, end in spans])
        voices = find_voices(text)
        statements = []
        for row, (start, end) in enumerate(spans):
            inside = tuple(v for v in voices if v.start < end and v.end > start)
            found = self._frames(scores, row)
            wanted = frames or tuple(frame.id for frame in found)
            statements.append(
                StatementReading(
                    start=start,
                    end=end,
                    text=text[start:end],
                    frames=found,
                    scores=dict(zip(self.frames, scores.probabilities[row].tolist(), strict=True)),
                    coverage=round(float(scores.coverage[row]), 4),
                    abstained=scores.reason(row),
                    voice=inside,
                    assertion=assertion_of(text, start, end, inside),
                    evidence=self._evidence(text, (start, end), wanted, inside) if evidence else {},
                )
            )
        return Reading(self.identity, tuple(statements), author_of(text))

    def _evidence(
        self,
        text: str,
        span: tuple[int, int],
        frames: tuple[str, ...],
        voices: tuple[VoiceSpan, ...],
    ) -> dict[str, tuple[EvidenceSpan, ...]]:
        shares = list(self._plain.shares(tokenise(text[slice(*span)])))
        columns = {frame: self.frames.index(frame) for frame in frames}
        slope = self.trained.calibration.slope
        return {
            name: evidence_of(shares, k, float(slope[k]), text, span[0], voices)
            for name, k in columns.items()
        }

    def bias(self, frame: str) -> float:
        """Return a frame's log-odds before any word: evidence and bias add up to the log-odds.

        That is the logit of the probability, except in single-label models, whose probabilities
        are divided by their sum.
        """
        k = self.frames.index(frame)
        calibration = self.trained.calibration
        intercept = float(self.trained.linear.intercept[k])
        return float(calibration.slope[k]) * intercept + float(calibration.offset[k])

    def _raw(self, texts: Sequence[str]) -> tuple[Floats, NDArray[np.int64]]:
        """Return uncalibrated scores (n, K) and facts (n, 4) of texts, by the scorer that suits them."""
        if len(texts) <= FEW and sum(map(len, texts)) <= SHORT:
            return self._one_by_one(texts)
        long = [row for row, text in enumerate(texts) if len(text) > LONG]
        if not long:
            return self._compiled_scorer().score(texts)
        scores, facts = self._compiled_scorer().score([t if len(t) <= LONG else "" for t in texts])
        scores[long], facts[long] = self._one_by_one([texts[row] for row in long])
        return scores, facts

    def _one_by_one(self, texts: Sequence[str]) -> tuple[Floats, NDArray[np.int64]]:
        scores = np.zeros((len(texts), len(self.frames)))
        facts = np.zeros((len(texts), 4), np.int64)
        for row, text in enumerate(texts):
            tokens = tokenise(text)
            found = self._plain.facts(tokens)
            facts[row] = found.words, found.known, found.letters, found.familiar
            scores[row] = self._plain.score(tokens)
        return scores, facts

    def _compiled_scorer(self) -> CompiledScorer:
        if self._compiled is None:
            from framescope.model.compiled import CompiledScorer

            self._compiled = CompiledScorer(self.trained)
        return self._compiled

    def _abstained(self, facts: NDArray[np.int64], probabilities: Floats) -> NDArray[np.int8]:
        codes = abstention_codes(facts, self.trained.language)
        if self.min_margin > 0 and len(codes):
            margin = np.abs((probabilities - self.thresholds).max(axis=1))
            codes[(codes == 0) & (margin < self.min_margin)] = reason_code("low_margin")
        return codes

    def _base_rates(self) -> Floats:
        curves = self.trained.curves
        return np.asarray(curves.positives / max(curves.rows, 1))

    def _frames(self, scores: BatchScores, row: int) -> tuple[FrameScore, ...]:
        found = [
            FrameScore(
                self.frames[k], float(scores.probabilities[row, k]), float(self.thresholds[k])
            )
            for k in np.flatnonzero(scores.decided[row])
        ]
        return tuple(sorted(found, key=lambda frame: -frame.probability))


def _checked(texts: Iterable[str]) -> Sequence[str]:
    if isinstance(texts, str):
        raise InputError("a list of texts is needed; found one text. Put it in a list.")
    texts = texts if isinstance(texts, list | tuple) else list(texts)
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise InputError(
                f"text {number} is {text!r} ({type(text).__name__}); every text must be a string. "
                "Fill or drop missing values first."
            )
    return texts


__all__ = ["ABSTENTION_REASONS", "Predictor", "load_model"]
