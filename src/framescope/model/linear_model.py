"""The weights of a fitted linear model, as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LinearModel:
    """A fitted model: per block n-grams (V_b,), idf (V_b,) and weights (V_b, K); intercepts (K,).

    A text's score is ``sum over blocks (tfidf_b @ coef_b) + intercept``, in log-odds.
    """

    grams: Mapping[str, Sequence[str]]
    idf: Mapping[str, NDArray[np.floating]]
    coef: Mapping[str, NDArray[np.floating]]
    intercept: NDArray[np.float64]

    @property
    def size(self) -> int:
        """The number of n-grams of all blocks."""
        return sum(len(grams) for grams in self.grams.values())
