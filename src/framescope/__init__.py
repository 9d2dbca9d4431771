"""framescope: which frames a statement carries, who voices them, and on what evidence.

>>> import framescope
>>> model = framescope.load_model()
>>> len(model.frames)
18
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framescope.codebook import load_codebook
    from framescope.errors import FramescopeError
    from framescope.model.classifier import FramingClassifier
    from framescope.predictor import Predictor, load_model

__version__ = "0.1.0"

_HOME = {
    "FramingClassifier": "framescope.model.classifier",
    "FramescopeError": "framescope.errors",
    "Predictor": "framescope.predictor",
    "load_codebook": "framescope.codebook",
    "load_model": "framescope.predictor",
}
__all__ = [
    "FramescopeError",
    "FramingClassifier",
    "Predictor",
    "__version__",
    "load_codebook",
    "load_model",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used, so that the command line starts fast."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'framescope' has no attribute {name!r}")
