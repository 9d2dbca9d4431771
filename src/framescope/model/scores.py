"""What a model says about many texts at once, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from framescope.records import AbstentionReason

ABSTENTION_REASONS: tuple[AbstentionReason, ...] = get_args(AbstentionReason)
"""Names of the codes of :attr:`BatchScores.abstained`; code ``i`` is ``ABSTENTION_REASONS[i - 1]``."""


@dataclass(frozen=True, slots=True)
class BatchScores:
    """Scores of `n` texts for `K` frames.

    Attributes
    ----------
    probabilities : float array (n, K)
        Calibrated probabilities; the base rates where the model abstained.
    decided : bool array (n, K)
        Which frames are called, see :meth:`framescope.model.calibration.Calibration.decide`; all False where
        the model abstained.
    abstained : int8 array (n,)
        0 where the model answered, else a code of :data:`ABSTENTION_REASONS`.
    coverage : float32 array (n,)
        Share of the words of each text that the model knows, in [0, 1].

    """

    probabilities: NDArray[np.float64]
    decided: NDArray[np.bool_]
    abstained: NDArray[np.int8]
    coverage: NDArray[np.float32]

    def reason(self, row: int) -> AbstentionReason | None:
        """Return why the model declined to answer for a row, or None."""
        code = int(self.abstained[row])
        return ABSTENTION_REASONS[code - 1] if code else None
