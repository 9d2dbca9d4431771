"""Values of one format as values of another, and cells that a spreadsheet must not run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA_STARTS = frozenset("=+-@\t\r")
"""First characters that make Excel and its kin run a cell as a formula."""


def as_json(value: Any) -> str:
    """Return a value as JSON text that UTF-8 can hold; dates and the like become strings."""
    text = json.dumps(value, default=str, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, default=str)
    return text


def as_cell(value: Any) -> str:
    """Return a value as the text of a CSV cell; None is empty, lists and objects are JSON.

    >>> [as_cell(value) for value in ("a", None, True, 1.5, ["x"])]
    ['a', '', 'true', '1.5', '["x"]']
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool | int | float | list | dict):
        return as_json(value)
    return str(value)


def as_dicts(records: Any, columns: Sequence[str]) -> Iterable[dict[str, Any]]:
    """Return records of any format as dictionaries."""
    if hasattr(records, "to_pylist"):
        found: list[dict[str, Any]] = records.to_pylist()
        return found
    if records and isinstance(records[0], list):
        return [dict(zip(columns, record, strict=True)) for record in records]
    return list(records)


def as_rows(records: Any, columns: Sequence[str]) -> list[list[str]]:
    """Return records of any format as rows of CSV cells."""
    if isinstance(records, list) and (not records or isinstance(records[0], list)):
        return records
    dicts = as_dicts(records, columns)
    return [[as_cell(record.get(column)) for column in columns] for record in dicts]


def quoted(cell: str, delimiter: str) -> str:
    """Return a cell as it is written in CSV.

    Python's own writer leaves a carriage return unquoted, and readers then take it for a line end.

    >>> quoted('a "b", c', ",")
    '"a ""b"", c"'
    """
    if any(mark in cell for mark in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def defused(cells: Sequence[str]) -> tuple[list[str], int]:
    """Put an apostrophe before cells that would be formulas; return them and how many there were.

    >>> defused(["=1+1", "a"])
    (["'=1+1", 'a'], 1)
    """
    safe = ["'" + cell if cell[:1] in FORMULA_STARTS else cell for cell in cells]
    return safe, sum(new is not old for new, old in zip(safe, cells, strict=True))
