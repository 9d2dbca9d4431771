"""Everything a model has learnt, as one value; and the names of its parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framescope.model.abstention import KnownLanguage
from framescope.model.calibration import Calibration, Curves
from framescope.model.feature_settings import FeatureSettings
from framescope.model.linear_model import LinearModel
from framescope.text.reading import TokenReader


@dataclass(frozen=True)
class TrainedModel:
    """A model: frames in column order (K,), features, weights, calibration and thresholds (K,).

    `least_support` belongs to these thresholds, see :meth:`Calibration.decide`.
    """

    frames: tuple[str, ...]
    linear: LinearModel
    calibration: Calibration
    curves: Curves
    thresholds: NDArray[np.float64]
    language: KnownLanguage
    features: FeatureSettings
    reader: TokenReader
    least_support: float | None = None
