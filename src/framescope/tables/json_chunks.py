"""Read a JSONL input in chunks: one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from framescope.errors import InputError
from framescope.tables.chunks import (
    CHUNK_BYTES,
    Chunk,
    Header,
    Position,
    Wanted,
    text_index,
)
from framescope.tables.csv_chunks import complete_lines
from framescope.tables.csv_records import Reject
from framescope.tables.json_records import parse_json_line
from framescope.tables.labelled import split_lines
from framescope.tables.survey import Survey
from framescope.tables.utf8 import Utf8Window, closed_on_error

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonReader:
    """A JSONL input. The objects of its first chunk name the columns."""

    def __init__(self, source: Survey) -> None:
        self._source = source
        self._window = Utf8Window(source)
        with closed_on_error(self._window):
            data, _ = complete_lines(self._window, CHUNK_BYTES, 0)
            columns = _columns(split_lines(self._window.text(data)), source.name)
        note = self._window.encoding.note
        self.header = Header(columns, Position(), notes=(note,) if note else ())

    def chunks(self, wanted: Wanted, start: Position) -> Iterator[Chunk]:
        """Yield the chunks from a position on."""
        text_index(self.header, wanted.text_column, self._source.name)
        window = self._window
        if start.offset:
            window.close()
            window = self._window = Utf8Window(self._source, start.offset)
        line = start.line
        with window:
            while data := complete_lines(window, CHUNK_BYTES, line)[0]:
                lines = split_lines(window.text(data))
                window.drop(len(data))
                builder = _ChunkBuilder(wanted)
                for number, raw in enumerate(lines, start=line + 1):
                    builder.add(raw, number)
                line += len(lines)
                yield builder.chunk(Position(window.offset, line))

    def close(self) -> None:
        """Close the input."""
        self._window.close()

    def stream_identity(self) -> tuple[int, str] | None:
        """Return size and SHA-256 of a stream that was read, None for a file."""
        return self._window.stream_identity


class _ChunkBuilder:
    """Collects the rows and rejects of one chunk."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._texts: list[str] = []
        self._raws: list[str] = []
        self._records: list[dict[str, Any]] = []
        self._rejects: list[Reject] = []

    def add(self, raw: str, line: int) -> None:
        """Add a line as a row, or as a reject with the reason."""
        record = parse_json_line(raw) if raw.strip() else "blank line"
        if isinstance(record, str):
            reason: str | None = record
        else:
            reason = self._problem(record, raw)
        if reason is not None or isinstance(record, str):
            self._rejects.append(Reject(line, reason or "", raw))
            return
        self._texts.append(record[self._wanted.text_column])
        self._raws.append(raw.strip())
        if self._wanted.records:
            self._records.append(record)

    def chunk(self, end: Position) -> Chunk:
        """Return what was collected."""
        records = self._records if self._wanted.records else None
        return Chunk(self._texts, end, self._raws, records, self._rejects)

    def _problem(self, record: dict[str, Any], raw: str) -> str | None:
        return _text_problem(record, self._wanted.text_column) or self._field_problem(record, raw)

    def _field_problem(self, record: dict[str, Any], raw: str) -> str | None:
        taken = record.keys() & self._wanted.reserved
        if taken:
            return f"has a field {min(taken)!r} already, which the first rows lack; use --prefix"
        if self._wanted.columns is None:
            return None
        new = record.keys() - self._wanted.columns
        if new:
            return f"has a field {min(new)!r}, which the first rows lack; write JSONL instead"
        if "\\u" in raw and _LONE_SURROGATE.search(json.dumps(record, ensure_ascii=False)):
            return "holds half a character (a lone surrogate), which UTF-8 cannot; write JSONL"
        return None


def _text_problem(record: dict[str, Any], column: str) -> str | None:
    text = record.get(column)
    if text is None:
        return f"no text: {column!r} is {'null' if column in record else 'missing'}"
    if not isinstance(text, str):
        return f"{column!r} is not text but {type(text).__name__}"
    return None


def _columns(lines: list[str], name: str) -> tuple[str, ...]:
    """Return the names of all fields in the first lines, in order."""
    parsed = [parse_json_line(line) for line in lines if line.strip()]
    records = [record for record in parsed if not isinstance(record, str)]
    if records:
        return tuple(dict.fromkeys(field for record in records for field in record))
    reason = f"no line of its start is a JSON object ({parsed[0]})" if parsed else "it is empty"
    raise InputError(f"{name}: {reason}.")
