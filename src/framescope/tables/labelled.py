"""Read a table of moderate size whole: strict, every row with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framescope.errors import InputError, nearest
from framescope.tables.csv_records import (
    checked_columns,
    find_delimiter,
    parse_csv,
    width_problem,
)
from framescope.tables.formats import TableFormat, table_format
from framescope.tables.json_records import parse_json_line
from framescope.tables.parquet_file import open_parquet
from framescope.tables.source import checked_file, open_bytes, read_blocks
from framescope.text.encoding import decode


@dataclass(frozen=True, slots=True)
class Table:
    """A table in memory.

    ``lines`` holds, for each row, the line of the file it starts on (Parquet: its number), from 1.
    ``notes`` say what the user should know about how the file was read.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    lines: list[int]
    notes: tuple[str, ...] = ()
    name: str = "the table"

    def column(self, name: str) -> list[Any]:
        """Return the values of a column; raise :class:`InputError` when there is no such column.

        JSON objects that lack the column give None.
        """
        if name not in self.columns:
            raise InputError(f"{self.name}: no column {name!r}; {nearest(name, self.columns)}")
        return [row.get(name) for row in self.rows]


def read_table(path: str | Path, *, format: str | None = None) -> Table:  # noqa: A002 - the word users know
    """Read a whole CSV, TSV, JSONL or Parquet file, compressed or not.

    The format comes from the suffixes (``.csv.gz``), or from `format`. Raises :class:`InputError`
    naming the file, the line and the reason for anything that is not a well-formed table.
    """
    file = checked_file(path)
    kind = table_format(str(file), format)
    if kind.name == "parquet":
        return _read_parquet(file)
    with open_bytes(file, kind.compression) as opened:
        data = b"".join(read_blocks(opened, str(file)))
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t "):
        raise InputError(f"{file}: the file is empty.")
    decoded = decode(data, str(file))
    notes = (decoded.note,) if decoded.note else ()
    lines = split_lines(decoded.text)
    if kind.name == "jsonl":
        return _read_jsonl(str(file), lines, notes)
    return _read_csv(str(file), lines, kind, notes)


def split_lines(text: str) -> list[str]:
    r"""Cut a text at every line feed, and nowhere else.

    >>> split_lines("a\u2028b\nc\n")
    ['a\u2028b', 'c']
    """
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _read_csv(name: str, lines: list[str], kind: TableFormat, notes: tuple[str, ...]) -> Table:
    delimiter, note = ("\t", None) if kind.name == "tsv" else find_delimiter(lines[0], name)
    block = parse_csv(lines, delimiter, final=True)
    if block.rejects:
        worst = block.rejects[0]
        raise InputError(f"{name}, line {worst.line}: {worst.reason}.")
    columns = checked_columns(block.records[0], name)
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    blank: list[int] = []
    for record, start in zip(block.records[1:], block.starts[1:], strict=True):
        if not record and len(columns) > 1:
            blank.append(start + 1)
            continue
        _check_record(record or [""], columns, f"{name}, line {start + 1}")
        rows.append(dict(zip(columns, record or [""], strict=True)))
        numbers.append(start + 1)
    if blank:
        skipped = f"{name}: {len(blank)} blank line(s) skipped, the first is line {blank[0]}"
        notes = (*notes, skipped)
    return Table(columns, rows, numbers, (*notes, note) if note else notes, name)


def _check_record(record: list[str], columns: tuple[str, ...], where: str) -> None:
    if len(record) != len(columns):
        raise InputError(f"{where}: {width_problem(len(record), len(columns))}.")
    for column, value in zip(columns, record, strict=True):
        if "\0" in value:
            raise InputError(f"{where}: NUL character in column {column!r}.")


def _read_jsonl(name: str, lines: list[str], notes: tuple[str, ...]) -> Table:
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = parse_json_line(line)
        if isinstance(record, str):
            raise InputError(f"{name}, line {number}: {record}.")
        rows.append(record)
        numbers.append(number)
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    return Table(columns, rows, numbers, notes, name)


def _read_parquet(file: Path) -> Table:
    with open_parquet(str(file)) as opened:
        columns = checked_columns(opened.schema_arrow.names, str(file))
        rows = opened.read().to_pylist()
    return Table(columns, rows, list(range(1, len(rows) + 1)), (), str(file))
