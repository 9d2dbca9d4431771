"""Labelled statements: read them from a table and check that a model can learn from them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framescope.codebook import Codebook
from framescope.corpus.split import connected_groups
from framescope.errors import InputError, LabelError, nearest
from framescope.tables import Table, read_table

MIN_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class LabelledColumns:
    """The names of the columns of a labelled table.

    Rows that share a value in any of the `groups` columns stay on one side of every split; with
    `need_groups` a table without one of these columns is refused.
    """

    text: str = "text"
    frames: str = "frames"
    groups: tuple[str, ...] = ("context", "group")
    need_groups: bool = False


@dataclass(frozen=True)
class LabelledStatements:
    """Texts with their frames, in parallel tuples; `groups` are None where nothing groups the rows."""

    texts: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] | None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)


def read_statements(
    paths: Sequence[str | Path],
    columns: LabelledColumns | None = None,
    codebook: Codebook | None = None,
) -> LabelledStatements:
    """Read labelled tables (files, or folders whose tables are read in order) as one corpus.

    Rows without a text are left out and reported in the notes; exact repetitions with the same
    frames count once; a text with contradictory frames is reported. Raises :class:`LabelError` for
    an unknown frame (with its row) when a codebook is given, or for a column that mixes types.
    """
    columns = columns or LabelledColumns()
    rows = _Rows()
    for path in table_files(paths):
        rows.add(read_table(path), columns, codebook)
    return rows.finished()


def table_files(paths: Sequence[str | Path]) -> list[Path]:
    """Return the table files named, those inside named folders included."""
    files: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(
            p for p in path.iterdir() if p.suffix in (".csv", ".jsonl", ".tsv", ".parquet")
        )
        if not inside:
            raise InputError(
                f"{path}: no table in this folder; .csv, .tsv, .jsonl, .parquet are read."
            )
        files += inside
    return files


class _Rows:
    """Collects the rows of tables; knows what was seen before."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[tuple[str, ...], str]] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.empty: list[str] = []
        self.repeated = 0
        self.contradictory: list[str] = []
        self.notes: list[str] = []

    def add(self, table: Table, columns: LabelledColumns, codebook: Codebook | None) -> None:
        texts, cells = table.column(columns.text), table.column(columns.frames)
        _check_types(cells, table, columns.frames)
        self.notes += table.notes
        for group in columns.groups if columns.need_groups else ():
            table.column(group)
        for text, cell, line, row in zip(texts, cells, table.lines, table.rows, strict=True):
            where = f"{table.name}, line {line}"
            keys = tuple(f"{name}={row[name]}" for name in columns.groups if row.get(name))
            self._add_row(text, split_labels(cell), where, keys, codebook)

    def _add_row(
        self,
        text: Any,
        labels: tuple[str, ...],
        where: str,
        keys: tuple[str, ...],
        codebook: Codebook | None,
    ) -> None:
        if codebook:
            _check_known(labels, codebook, where)
        if not isinstance(text, str) or not text.strip():
            self.empty.append(where)
            return
        known = self.seen.get(text)
        if known is None:
            self.seen[text] = (labels, where)
            self.groups[text] = keys
        elif set(known[0]) == set(labels):
            self.repeated += 1
        else:
            self.contradictory.append(f"{where} and {known[1]}")

    def finished(self) -> LabelledStatements:
        notes = list(self.notes)
        if self.empty:
            notes.append(f"{len(self.empty)} rows without a text left out, first {self.empty[0]}")
        if self.repeated:
            notes.append(f"{self.repeated} repeated rows count once")
        if self.contradictory:
            notes.append(
                f"{len(self.contradictory)} rows contradict an earlier row with the same text and "
                f"were left out: {'; '.join(self.contradictory[:3])}"
            )
        labels, case_notes = _merge_spellings([labels for labels, _ in self.seen.values()])
        keys = [self.groups[text] for text in self.seen]
        grouped = connected_groups(keys) if any(keys) else None
        return LabelledStatements(tuple(self.seen), labels, grouped, (*notes, *case_notes))


def _merge_spellings(
    labels: list[tuple[str, ...]],
) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """Give labels that differ only by case or blanks their most frequent spelling, and say so."""
    counts = Counter(label for row in labels for label in row)
    spellings: dict[str, list[str]] = defaultdict(list)
    for label, _ in counts.most_common():
        spellings[" ".join(label.casefold().split())].append(label)
    chosen = {label: group[0] for group in spellings.values() for label in group}
    notes = [
        f"labels {', '.join(map(repr, group[1:]))} read as {group[0]!r}"
        for group in spellings.values()
        if len(group) > 1
    ]
    return tuple(tuple(dict.fromkeys(chosen[x] for x in row)) for row in labels), notes


def is_missing(cell: Any) -> bool:
    """Return whether a cell holds nothing: None or NaN."""
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def split_labels(cell: Any) -> tuple[str, ...]:
    """Return the labels in a cell: a list, or ids joined by ``|``; empty means no frame.

    >>> split_labels("denial| world_order"), split_labels(None), split_labels(["a", "b"])
    (('denial', 'world_order'), (), ('a', 'b'))
    """
    if is_missing(cell):
        return ()
    parts: Iterable[Any] = cell if isinstance(cell, list | tuple) else str(cell).split("|")
    return tuple(dict.fromkeys(label for part in parts if (label := str(part).strip())))


def _check_types(cells: list[Any], table: Table, column: str) -> None:
    kinds: dict[str, int] = {}
    for cell, line in zip(cells, table.lines, strict=True):
        if not is_missing(cell) and cell != "":
            kinds.setdefault(type(cell).__name__, line)
    if len(kinds) > 1:
        found = ", ".join(f"{kind} (first in line {line})" for kind, line in kinds.items())
        raise LabelError(
            f"{table.name}: the column {column!r} mixes types: {found}; "
            "use text with '|' between frames, or lists, in every row."
        )


def _check_known(labels: tuple[str, ...], codebook: Codebook, where: str) -> None:
    for label in labels:
        if label not in codebook.ids:
            raise LabelError(f"{where}: unknown frame {label!r}; {nearest(label, codebook.ids)}")


def check_labels(labels: Sequence[tuple[str, ...]]) -> None:
    """Raise :class:`LabelError` when there is nothing to learn: no label, or one on every row."""
    counts = Counter(label for row in labels for label in row)
    if not counts:
        raise LabelError(
            f"none of the {len(labels)} rows carries a label; at least one label with "
            f"{MIN_EXAMPLES} examples is needed."
        )
    for label, n in counts.items():
        if n == len(labels):
            raise LabelError(
                f"every one of the {n} rows carries the label {label!r}, so there is nothing to "
                "tell it from; add rows without it, or drop the label."
            )


def rare_labels(labels: Sequence[tuple[str, ...]]) -> str:
    """Return which labels have too few examples to learn from, in words; empty when none has."""
    counts = Counter(label for row in labels for label in row)
    rare = {label: n for label, n in sorted(counts.items()) if n < MIN_EXAMPLES}
    if not rare:
        return ""
    found = ", ".join(f"{label!r} ({n})" for label, n in rare.items())
    return f"at least {MIN_EXAMPLES} examples of each label are needed; too few of {found}"
