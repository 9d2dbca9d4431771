"""Scores as columns of text: fixed-width digits through a look-up table, frame lists by pattern.

Every probability has four decimals, hence six characters, so that the block of a chunk's
probabilities is one array of bytes that is filled without a loop over rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framescope.model.scores import ABSTENTION_REASONS, BatchScores

_DIGITS = np.frombuffer(b"".join(b"%.4f" % (i / 10_000) for i in range(10_001)), dtype=np.uint8)
_DIGIT_ROWS = _DIGITS.reshape(10_001, 6)
FOUR_DECIMALS = tuple("%.4f" % (i / 10_000) for i in range(10_001))
"""The text of every probability with four decimals, by its ten-thousandths."""
_SLOT = b"\0" * 6  # no character of JSON or CSV, so it cannot be part of a frame's name


@dataclass(frozen=True, slots=True)
class ScoreColumns:
    """The scores of a chunk, ready to be written, one entry for each row.

    ``frames`` are the ids joined by ``|``; ``top`` and ``tenthousandths`` (rounded probabilities,
    rows by frames) hold the model's figures even where ``abstained`` (a reason, or "") is set.
    """

    frames: list[str]
    top: NDArray[np.intp]
    tenthousandths: NDArray[np.int32]
    abstained: list[str]
    decided: NDArray[np.bool_]

    @property
    def silent(self) -> list[int]:
        """The rows on which the model declined to answer."""
        return [row for row, reason in enumerate(self.abstained) if reason]


def score_columns(
    scores: BatchScores, frames: Sequence[str], min_probability: float = 0.0
) -> ScoreColumns:
    """Turn scores into columns; `min_probability` is a bar on top of the model's decisions."""
    probabilities = scores.probabilities
    decided = scores.decided
    if min_probability > 0:
        decided = decided & (probabilities >= min_probability)
    rounded = np.rint(probabilities * 10_000).astype(np.int32)
    names = ("", *ABSTENTION_REASONS)
    return ScoreColumns(
        _joined_frames(decided, frames),
        probabilities.argmax(axis=1),
        np.clip(rounded, 0, 10_000),
        [names[code] for code in scores.abstained.tolist()],
        decided,
    )


def written(tenthousandths: NDArray[np.int32], template: bytes) -> list[str]:
    """Write one row of probabilities into each copy of a template made by :func:`template_of`.

    >>> written(np.array([[9100, 300]], dtype=np.int32), template_of(2, b";"))
    ['0.9100;0.0300']
    """
    rows, width = tenthousandths.shape[0], len(template)
    pattern = np.frombuffer(template, dtype=np.uint8)
    page = np.tile(pattern, (rows, 1))
    slots = _slots(template)
    page[:, slots] = _DIGIT_ROWS[tenthousandths].reshape(rows, len(slots))
    whole = page.tobytes().decode("ascii")
    return [whole[at : at + width] for at in range(0, rows * width, width)]


def template_of(
    columns: int, between: bytes, before: Callable[[int], bytes] | None = None
) -> bytes:
    """Return a template of slots, each after what `before` says, with `between` between them."""
    return between.join((before(i) if before else b"") + _SLOT for i in range(columns))


def _slots(template: bytes) -> NDArray[np.intp]:
    positions: list[int] = []
    at = template.find(_SLOT)
    while at >= 0:
        positions.extend(range(at, at + len(_SLOT)))
        at = template.find(_SLOT, at + len(_SLOT))
    return np.array(positions, dtype=np.intp)


def _joined_frames(decided: NDArray[np.bool_], frames: Sequence[str]) -> list[str]:
    """Join the frames of each row; rows with the same pattern share one string."""
    packed = np.packbits(decided, axis=1)
    width = packed.shape[1]
    data = packed.tobytes()
    keys = [data[at : at + width] for at in range(0, len(data), width)]
    first_rows = {key: row for row, key in enumerate(keys)}
    known = {
        key: "|".join(frames[i] for i in np.flatnonzero(decided[row]).tolist())
        for key, row in first_rows.items()
    }
    return [known[key] for key in keys]
