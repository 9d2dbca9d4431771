"""Is the model even-handed? Score every statement again with its actors swapped.

A swap table names pairs (Russia and Ukraine, Serbian and Albanian, …). Where a statement names one of
a pair, the swapped copy names the other, with its capitals. An even-handed model gives both copies
the same frames.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framescope.errors import InputError
from framescope.predictor import Predictor


@dataclass(frozen=True, slots=True)
class SwapTable:
    """A name and pairs of words; each is replaced by the other."""

    name: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Change:
    """A statement whose frames changed under a swap."""

    table: str
    text: str
    swapped: str
    frames: tuple[str, ...]
    swapped_frames: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """How a model treats swapped statements.

    `swapped` copies were made of `statements`; `changed` is the share of them whose frames differ.
    `shift` is the mean absolute change of each frame's probability. `by_table` has, per swap table,
    how many copies and what share changed.
    """

    statements: int
    swapped: int
    changed: float
    shift: dict[str, float]
    by_table: dict[str, tuple[int, float]]
    changes: tuple[Change, ...]


def read_swaps(path: Path) -> tuple[SwapTable, ...]:
    """Read swap tables: a TOML file with a list `[[swaps]]` of `name` and `pairs`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(
            SwapTable(str(entry["name"]), tuple((str(a), str(b)) for a, b in entry["pairs"]))
            for entry in content["swaps"]
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path} is no swap table ({error!r}); write [[swaps]] with a name and pairs."
        ) from error


_NOT_PART = "".join(f"(?<!{word} )" for word in ("Latin", "South", "North", "Central"))


def swap(text: str, table: SwapTable) -> str:
    """Return the text with every name of a pair replaced by the other; capitals stay capitals.

    >>> swap("RUSSIA and Ukraine's army", SwapTable("", (("Russia", "Ukraine"),)))
    "UKRAINE and Russia's army"
    """
    other = {a.casefold(): b for a, b in table.pairs} | {b.casefold(): a for a, b in table.pairs}
    names = sorted({name for pair in table.pairs for name in pair}, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<!\w){_NOT_PART}(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE
    )

    def replaced(match: re.Match[str]) -> str:
        found, new = match.group(), other[match.group().casefold()]
        if found.isupper() and len(found) > 3:
            return new.upper()
        known = any(found == name for name in names) or found[0].isupper()
        return new if known else found

    return pattern.sub(replaced, text)


def audit(model: Predictor, texts: Sequence[str], tables: Sequence[SwapTable]) -> Audit:
    """Compare the frames of texts with those of their swapped copies, under every table."""
    copies = [(t.name, n, c) for t in tables for n, s in enumerate(texts) if (c := swap(s, t)) != s]
    if not copies:
        raise InputError(
            f"none of the {len(texts)} statements names an actor of the swap tables, "
            "so there is nothing to audit."
        )
    before, after = model.score(texts), model.score([copy for _, _, copy in copies])
    rows = [n for _, n, _ in copies]
    differs = (before.decided[rows] != after.decided).any(axis=1)
    shift = np.abs(before.probabilities[rows] - after.probabilities).mean(axis=0)
    names = np.array([name for name, _, _ in copies])
    by_table = {
        t.name: (int((names == t.name).sum()), float(differs[names == t.name].mean()))
        for t in tables
        if (names == t.name).any()
    }
    label = model.frames
    changes = tuple(
        Change(
            copies[i][0],
            texts[rows[i]],
            copies[i][2],
            tuple(label[k] for k in np.flatnonzero(before.decided[rows[i]])),
            tuple(label[k] for k in np.flatnonzero(after.decided[i])),
        )
        for i in np.flatnonzero(differs)
    )
    shifts = dict(zip(label, shift.round(5).tolist(), strict=True))
    return Audit(len(texts), len(copies), float(differs.mean()), shifts, by_table, changes)
