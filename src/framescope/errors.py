"""The errors of the program: one base, few children, messages that say what to do.

Every message names what was found, what is allowed and what to do about it. The command line
catches :class:`FramescopeError` once, prints the message and exits with code 1.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class FramescopeError(Exception):
    """Base of all errors that framescope raises on purpose."""


class InputError(FramescopeError):
    """A text, file or table that cannot be used as it is."""


class CodebookError(FramescopeError):
    """A codebook file that is not valid."""


class LabelError(FramescopeError):
    """Labelled statements that a model cannot be trained on or measured with."""


class ModelError(FramescopeError):
    """A model folder that is missing, incomplete or of another format."""


class OutputError(FramescopeError):
    """An output that cannot be written, or must not be overwritten."""


def nearest(found: str, allowed: Iterable[str]) -> str:
    """Return a hint that names the allowed value most like `found`, or all of them.

    >>> nearest("txt", ["text", "frames"])
    "did you mean 'text'? Allowed: frames, text."
    """
    names = sorted(allowed)
    close = difflib.get_close_matches(found, names, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]!r}? " if close else ""
    shown = ", ".join(names[:30]) + (f", … ({len(names)} in all)" if len(names) > 30 else "")
    return f"{hint}Allowed: {shown or 'none'}."
