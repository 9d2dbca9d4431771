"""Lines of CSV to records, strictly: a line that is not CSV is named, never swallowed or repaired.

Python's parser (``csv``, strict mode) does the parsing. It reads on after an unclosed quote until
another quote comes along, so a record that fails is rejected only up to the line that opened the
quote, and parsing starts again on the line below. See docs/decisions/csv-parser.md.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
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
    """Input that is not a row: its first line (from 1), why, and the input itself."""

    line: int
    reason: str
    raw: str


@dataclass(slots=True)
class CsvBlock:
    """The records of some lines: fields, the lines (from 0) they start and end at, the rejects.

    ``consumed`` is the number of lines that were used up; those after it open a record that does
    not end in this block.
    """

    records: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    consumed: int = 0


def parse_csv(lines: Sequence[str], delimiter: str, *, final: bool) -> CsvBlock:
    """Parse lines (each without its line feed) into records.

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
    if any(line.count('"') % 2 for line in lines):
        return None
    try:
        records = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if len(records) != len(lines):
        return None
    size = len(lines)
    return CsvBlock(records, list(range(size)), list(range(1, size + 1)), [], size)


def _parse_with_care(lines: Sequence[str], delimiter: str, final: bool) -> CsvBlock:
    """Parse record by record, so that the lines of each are known and a broken one is left out."""
    block = CsvBlock()
    records, starts, ends = block.records, block.starts, block.ends
    ended = [line + "\n" for line in lines]
    while block.consumed < len(lines):
        base = block.consumed
        reader = csv.reader(ended[base:] if base else ended, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                records.append(record)
                ends.append(base + reader.line_num)
        except csv.Error as error:
            block.consumed = ends[-1] if len(ends) > len(starts) else base
            if not final and "unexpected end" in str(error):
                break
            _reject(block, lines[block.consumed : base + reader.line_num], delimiter, str(error))
        else:
            block.consumed = len(lines)
        finally:
            new = ends[len(starts) :]
            starts.extend([base, *new[:-1]] if new else [])
    return block


def _reject(block: CsvBlock, lines: Sequence[str], delimiter: str, message: str) -> None:
    """Reject the start of the record that failed, up to where its broken field begins.

    `lines` are those of the record that the parser has read. Parsing goes on below the reject.
    """
    offset, reason = _diagnose("\n".join(lines) + "\n", delimiter, message)
    raw = "\n".join(lines[: offset + 1])
    block.rejects.append(Reject(block.consumed + offset + 1, reason, raw))
    block.consumed += offset + 1


def reject_open_record(lines: Sequence[str], delimiter: str) -> CsvBlock:
    """Give up on a record that has grown beyond every limit: reject the line that opened it."""
    block = CsvBlock()
    _reject(block, lines, delimiter, "field larger")
    return block


def _diagnose(text: str, delimiter: str, message: str) -> tuple[int, str]:
    """Return the line (from 0) where the first broken field of `text` begins, and the reason."""
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
    return 0, _in_our_words(message)


def _in_our_words(message: str) -> str:
    """Say what the parser says so that a user understands it."""
    if "new-line" in message:
        return "a carriage return stands inside a field without quotes, or ends lines by itself"
    if "field larger" in message:
        return f"a field is longer than {RECORD_LIMIT:,} characters"
    return message


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
    (';', 'a.csv: the columns are separated by semicolon, not comma')
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
    """Return the names of the columns; raise :class:`InputError` when they cannot name columns."""
    if not columns:
        raise InputError(f"{path}: line 1 is empty; it must name the columns.")
    if len(columns) > COLUMN_LIMIT:
        raise InputError(
            f"{path}: {len(columns):,} columns, more than the {COLUMN_LIMIT:,} allowed; "
            "is the delimiter right?"
        )
    counts = Counter(columns)
    if len(counts) < len(columns):
        repeated = sorted(name for name, count in counts.items() if count > 1)
        shown = ", ".join(repr(name) for name in repeated[:5])
        raise InputError(f"{path}: the column name {shown} occurs more than once; rename it.")
    return tuple(columns)


def width_problem(found: int, width: int) -> str:
    """Say how a row with a wrong number of fields is wrong.

    >>> width_problem(4, 3)
    'too many fields: 4, the header has 3'
    """
    if found == 0:
        return "blank line"
    return f"too {'many' if found > width else 'few'} fields: {found}, the header has {width}"
