"""A table as a sequence of chunks, each of which can be found again from its position alone.

Where a chunk ends depends on nothing but where it begins, so a run that is resumed at a position
sees the same chunks as one that was never interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from framescope.errors import InputError, nearest
from framescope.tables.csv_records import Reject

CHUNK_BYTES = 1 << 20
"""Bytes of text that a chunk is cut from; a longer record makes a longer chunk."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place between two rows: bytes of UTF-8 text (Parquet: rows) and lines before it."""

    offset: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that were read together, in order: the ``texts``, and the position behind them.

    ``raws`` are the rows as they stand in the file, without line ends (none for Parquet).
    ``records`` are each row's values, when they were asked for: lists (CSV), dicts (JSONL) or one
    Arrow record batch (Parquet). ``rejects`` are the input that is no row, in order.
    """

    texts: list[str]
    end: Position
    raws: list[str] = field(default_factory=list)
    records: Any = None
    rejects: list[Reject] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        """Rows of the chunk, rejected ones included."""
        return len(self.texts) + len(self.rejects)


@dataclass(frozen=True, slots=True)
class Header:
    """What the start of a table says: its columns, and for CSV how it is written.

    ``raw`` is the header as it stands in the file, ``schema`` the Arrow schema of a Parquet file.
    """

    columns: tuple[str, ...]
    start: Position
    raw: str = ""
    delimiter: str = ","
    line_end: str = "\n"
    notes: tuple[str, ...] = ()
    schema: Any = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader is to deliver: the column of texts, and whether to keep each row's values.

    ``reserved`` names may not occur in a JSON object. ``columns`` are given when the objects become
    rows of a table; then they may have no other fields, and must fit into UTF-8.
    """

    text_column: str
    records: bool = False
    reserved: frozenset[str] = frozenset()
    columns: frozenset[str] | None = None


class ChunkReader(Protocol):
    """Reads a table in chunks."""

    header: Header

    def chunks(self, wanted: Wanted, start: Position) -> Iterator[Chunk]:
        """Yield the chunks from a position on."""
        ...

    def close(self) -> None:
        """Close the input."""
        ...

    def stream_identity(self) -> tuple[int, str] | None:
        """Return size and SHA-256 of a stream that was read, None for a file."""
        ...


def text_index(header: Header, column: str, name: str) -> int:
    """Return the index of the text column; raise :class:`InputError` when there is none."""
    if column not in header.columns:
        raise InputError(
            f"{name}: no column {column!r} (choose one with --text-column); "
            f"{nearest(column, header.columns)}"
        )
    return header.columns.index(column)
