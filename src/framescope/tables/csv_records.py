"""Lines of CSV to records, strictly: a line that is not CSV is named, never swallowed or repaired.

Python's parser (``csv``, strict mode) does the parsing. It reads on after an unclosed quote until
another quote comes along, so a record that fails is rejected only up to the line that opened the
quote, and parsing starts again on the line below. See docs/decisions/csv-parser.md.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from framescope.errors import InputError

RECORD_LIMIT = 32 << 20
"""Characters that one record may hold; beyond it a quote must be unclosed."""
COLUMN_LIMIT = 10_000
"""Columns that a table may have."""

_TO_CLOSING_QUOTE = re.compile(r'(?:[^"]++|"")*+')
_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, slots=True)
class Reject:
    """Input that is not a row: where it stands (first line of it, from 1), why, and the input itself."""

    line: int
    reason: str
    raw: str


@dataclass(slots=True)
class CsvBlock:
    """The records of some lines: fields, first line (from 0) of each, lines it spans, and the rejects.

    ``consumed`` is the number of lines that were used up; those after it open a record that does
    not end in this block.
    """

    records: list[list[str]] = field(default_factory=list)
    starts: Sequence[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    consumed: int = 0


def parse_csv(lines: Sequence[str], delimiter: str, *, final: bool) -> CsvBlock:
    """Parse lines (each with its line feed) into records.

    `final` says that nothing comes after these lines, so that an open quote is an error. Rejects
    carry line numbers from 1 within `lines`.
    """
    previous = csv.field_size_limit(RECORD_LIMIT)
    try:
        return _parse_clean(lines, delimiter) or _parse_with_care(lines, delimiter, final)
    finally:
        csv.field_size_limit(previous)


def _parse_clean(lines: Sequence[str], delimiter: str) -> CsvBlock | None:
    """Parse lines that are one record each, the common case, at the speed of the C parser."""
    try:
        records = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if len(records) != len(lines):
        return None
    return CsvBlock(records, range(len(lines)), [], len(lines))


def _parse_with_care(lines: Sequence[str], delimiter: str, final: bool) -> CsvBlock:
    block = CsvBlock([], [], [], 0)
    starts: list[int] = []
    block.starts = starts
    while block.consumed < len(lines):
        base = block.consumed
        rest = (lines[i] for i in range(base, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                starts.append(block.consumed)
                block.records.append(record)
                block.consumed = base + reader.line_num
        except csv.Error as error:
            if not final and "unexpected end" in str(error):
                break
            _reject(block, lines, delimiter, str(error))
    return block


def _reject(block: CsvBlock, lines: Sequence[str], delimiter: str, message: str) -> None:
    """Reject the record that failed, up to the line where its broken field begins."""
    first = block.consumed
    offset, reason = _diagnose("".join(lines[first:]), delimiter, message)
    block.consumed = first + offset + 1
    block.rejects.append(Reject(first + offset + 1, reason, "".join(lines[first : block.consumed])))


def _diagnose(text: str, delimiter: str, message: str) -> tuple[int, str]:
    """Return the line (from 0) on which the first broken field of `text` begins, and what is broken."""
    position, column, size = 0, 1, len(text)
    while position < size:
        begin = position
        if text[position] == '"':
            closing = _TO_CLOSING_QUOTE.match(text, position + 1)
            position = (closing.end() if closing else size) + 1
            problem = _quote_problem(text, begin, position, delimiter)
            if problem:
                return text.count("\n", 0, begin), f"{problem} (field {column})"
        else:
            position = _end_of_plain_field(text, position, delimiter)
        if position < size and text[position] == delimiter:
            column += 1
            position += 1
        else:
            break
    if "new-line" in message:
        message = "a carriage return stands inside a field without quotes, or ends lines by itself"
    elif "field larger" in message:
        message = f"a field is longer than {RECORD_LIMIT:,} characters"
    return 0, message


def _quote_problem(text: str, begin: int, after: int, delimiter: str) -> str | None:
    if after > len(text):
        return "unclosed quote: it is opened here and never closed"
    if after == len(text) or text[after] in (delimiter, "\r", "\n"):
        return None
    if "\n" in text[begin:after]:
        line = text.count("\n", begin, after)
        return f"unclosed quote: the next quote, {line} line(s) below, does not end a field"
    return "text follows the closing quote of a field"


def _end_of_plain_field(text: str, position: int, delimiter: str) -> int:
    ends = (text.find(mark, position) for mark in (delimiter, "\n", "\r"))
    return min((end for end in ends if end >= 0), default=len(text))


def find_delimiter(header: str, path: str) -> tuple[str, str | None]:
    """Return the delimiter of a CSV header line and a note when it is not the comma.

    >>> find_delimiter("id;text;date", "a.csv")
    (';', "a.csv: the columns are separated by semicolon, not comma")
    """
    outside = re.sub(r'"(?:[^"]|"")*+"', "", header)
    if "," in outside:
        return ",", None
    for delimiter in (";", "\t", "|"):
        if delimiter in outside:
            name = _DELIMITER_NAMES[delimiter]
            return delimiter, f"{path}: the columns are separated by {name}, not comma"
    return ",", None


def checked_columns(columns: Sequence[str], path: str) -> tuple[str, ...]:
    """Return the column names of a table; raise :class:`InputError` when they cannot name columns."""
    if not columns:
        raise InputError(f"{path}: line 1 is empty; it must name the columns.")
    if len(columns) > COLUMN_LIMIT:
        raise InputError(
            f"{path}: {len(columns):,} columns, more than the {COLUMN_LIMIT:,} allowed; "
            "is the delimiter right?"
        )
    repeated = sorted({name for name in columns if columns.count(name) > 1}) if len(set(columns)) < len(columns) else []
    if repeated:
        shown = ", ".join(repr(name) for name in repeated[:5])
        raise InputError(f"{path}: the column name {shown} occurs more than once; rename the columns.")
    return tuple(columns)


def width_problem(found: int, width: int) -> str:
    """Say how a row with a wrong number of fields is wrong.

    >>> width_problem(4, 3)
    'too many fields: 4, the header has 3'
    """
    if found == 0:
        return "blank line"
    return f"too {'many' if found > width else 'few'} fields: {found}, the header has {width}"
