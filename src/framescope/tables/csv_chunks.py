"""Read a CSV or TSV input in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from framescope.errors import InputError
from framescope.tables.chunks import CHUNK_BYTES, Chunk, Header, Position, Wanted, text_index
from framescope.tables.csv_records import (
    RECORD_LIMIT,
    CsvBlock,
    Reject,
    checked_columns,
    find_delimiter,
    parse_csv,
    reject_open_record,
    width_problem,
)
from framescope.tables.labelled import split_lines
from framescope.tables.survey import Survey
from framescope.tables.utf8 import Utf8Window, closed_on_error


class CsvReader:
    """A CSV or TSV input: its header, then its rows in chunks."""

    def __init__(self, source: Survey, delimiter: str | None = None) -> None:
        self._source = source
        self._window = Utf8Window(source)
        with closed_on_error(self._window):
            self.header = _read_header(self._window, source, delimiter)

    def chunks(self, wanted: Wanted, start: Position) -> Iterator[Chunk]:
        """Yield the chunks from a position on; the header's end is the first."""
        column = text_index(self.header, wanted.text_column, self._source.name)
        window = self._window
        if start.offset != window.offset:
            window.close()
            window = self._window = Utf8Window(self._source, start.offset)
        line = start.line
        with window:
            while (found := _next_block(window, self.header.delimiter, line)) is not None:
                lines, block = found
                line += block.consumed
                end = Position(window.offset, line)
                yield _chunk(lines, block, self.header, (column, wanted.records, end))

    def close(self) -> None:
        """Close the input."""
        self._window.close()

    def stream_identity(self) -> tuple[int, str] | None:
        """Return size and SHA-256 of a stream that was read, None for a file."""
        return self._window.stream_identity


def _next_block(
    window: Utf8Window, delimiter: str, line: int
) -> tuple[Sequence[str], CsvBlock] | None:
    """Parse and drop the start of the window: at least one record, about `CHUNK_BYTES` of them."""
    size = CHUNK_BYTES
    while True:
        data, final = complete_lines(window, size, line)
        if not data and final:
            return None
        lines = split_lines(window.text(data))
        block = parse_csv(lines, delimiter, final=final)
        if not block.consumed and size >= RECORD_LIMIT:
            block = reject_open_record(lines, delimiter)
        if block.consumed:
            used = lines[: block.consumed]
            whole = len(used) == len(lines)
            window.drop(len(data) if whole else len("\n".join(used).encode()) + 1)
            return used, block
        size *= 2


def complete_lines(window: Utf8Window, size: int, line: int) -> tuple[bytes, bool]:
    """Return up to `size` bytes of complete lines (more if one line is longer), and if all is read.

    `line` is the number of lines before, for the message when a line is too long.
    """
    while True:
        data = window.fill(size)
        if window.holds_last(size):
            return data, True
        cut = data.rfind(b"\n") + 1
        if cut:
            return data[:cut], False
        if size > RECORD_LIMIT:
            raise InputError(
                f"{window.source.name}, line {line + 1}: longer than {RECORD_LIMIT:,} bytes; "
                "is this a table with one row a line?"
            )
        size *= 2


def _read_header(window: Utf8Window, source: Survey, delimiter: str | None) -> Header:
    name = source.name
    size = CHUNK_BYTES
    data, final = complete_lines(window, size, 0)
    if not data.strip():
        raise InputError(f"{name}: the input is empty; it must at least name its columns.")
    lines = split_lines(window.text(data))
    note = None
    if delimiter is None:
        is_tsv = source.format.name == "tsv"
        delimiter, note = ("\t", None) if is_tsv else find_delimiter(lines[0], name)
    block = parse_csv(lines, delimiter, final=True)
    if not block.records or block.starts[0] != 0:
        worst = block.rejects[0]
        raise InputError(f"{name}, line {worst.line}: {worst.reason}.")
    columns = checked_columns(block.records[0], name)
    used = block.ends[0]
    raw = "\n".join(lines[:used])
    at_end = final and used == len(lines) and not data.endswith(b"\n")
    window.drop(len(raw.encode()) + (0 if at_end else 1))
    notes = tuple(text for text in (window.encoding.note, note) if text)
    line_end = "\r\n" if raw.endswith("\r") else "\n"
    start = Position(window.offset, used)
    return Header(columns, start, raw.removesuffix("\r"), delimiter, line_end, notes)


def _chunk(
    lines: Sequence[str], block: CsvBlock, header: Header, how: tuple[int, bool, Position]
) -> Chunk:
    column, keep, end = how
    before = end.line - block.consumed
    rejects = [Reject(r.line + before, r.reason, r.raw) for r in block.rejects]
    records, raws = block.records, _raws(lines, block)
    width = len(header.columns)
    suspicious = any("\0" in raw for raw in raws)
    if suspicious or set(map(len, records)) - {width}:
        bad = _bad_rows(records, header.columns)
        rejects += [Reject(before + block.starts[i] + 1, why, raws[i]) for i, why in bad.items()]
        rejects.sort(key=lambda reject: reject.line)
        good = [i for i in range(len(records)) if i not in bad]
        records, raws = [records[i] or [""] for i in good], [raws[i] for i in good]
    texts = list(map(itemgetter(column), records))
    return Chunk(texts, end, raws, records if keep else None, rejects)


def _raws(lines: Sequence[str], block: CsvBlock) -> list[str]:
    """Return each record as it stands in the file, without its line end."""
    if len(block.records) == len(lines):
        raws = list(lines)
    else:
        pairs = zip(block.starts, block.ends, strict=True)
        raws = [
            lines[start] if end == start + 1 else "\n".join(lines[start:end])
            for start, end in pairs
        ]
    return [raw[:-1] if raw[-1:] == "\r" else raw for raw in raws]


def _bad_rows(records: Sequence[list[str]], columns: Sequence[str]) -> dict[int, str]:
    """Return why rows cannot be used, by index; a blank line is a row of a one-column table."""
    width = len(columns)
    bad: dict[int, str] = {}
    for i, record in enumerate(records):
        if len(record) != width and not (width == 1 and not record):
            bad[i] = width_problem(len(record), width)
        elif any("\0" in value for value in record):
            column = next(c for c, v in zip(columns, record, strict=True) if "\0" in v)
            bad[i] = f"NUL character in column {column!r}"
    return bad
