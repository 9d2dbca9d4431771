"""Texts from the command line: an argument, a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from framescope.errors import InputError
from framescope.text.encoding import decode


def text_from(argument: str) -> str:
    """Return the text an argument stands for: ``-`` is standard input, a path a file, else itself.

    Notes on the encoding go to standard error. Raises :class:`InputError` for an empty text, a file
    that is missing, a directory or not a text.
    """
    if argument == "-":
        text = _decoded(sys.stdin.buffer.read(), "standard input")
    else:
        path = Path(argument) if argument.strip() and len(argument) < 4096 else None
        text = _from_file(path) if path and _is_file_name(path) else argument
    if not text.strip():
        raise InputError("the text is empty; give a statement, a file with text, or '-' for stdin.")
    return text


def _is_file_name(path: Path) -> bool:
    try:
        if path.exists():
            return True
    except (OSError, ValueError):
        return False
    looks_like_one = bool(path.suffix) and " " not in str(path) and path.suffix[1:].isalnum()
    return looks_like_one and ("/" in str(path) or path.suffix in (".txt", ".md", ".csv", ".html"))


def _from_file(path: Path) -> str:
    if path.is_dir():
        raise InputError(f"{path} is a directory; name a text file inside it.")
    try:
        return _decoded(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _decoded(data: bytes, name: str) -> str:
    decoded = decode(data, name)
    if decoded.note:
        typer.echo(f"note: {decoded.note}", err=True)
    return decoded.text
