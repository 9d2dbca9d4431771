"""Where the files that ship with the package lie: the codebook, the gazetteer, the default model."""

from __future__ import annotations

from pathlib import Path

from framescope.errors import FramescopeError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def shipped_path(relative: str) -> Path:
    """Return the path of a shipped file or folder, in a wheel or in a source checkout.

    `relative` is written as in the repository: ``data/codebook.toml``, ``models/default``.
    Raises :class:`FramescopeError` when the installation lacks it.
    """
    for root in (_PACKAGE / "_shipped", _CHECKOUT):
        path = root / relative
        if path.exists():
            return path
    raise FramescopeError(
        f"the shipped file {relative!r} is not in this installation ({_PACKAGE}); "
        "install framescope again, or name your own file."
    )
