"""Open an input as a reader of chunks, whatever its format."""

from __future__ import annotations

from framescope.tables.chunks import ChunkReader
from framescope.tables.csv_chunks import CsvReader
from framescope.tables.json_chunks import JsonReader
from framescope.tables.parquet_chunks import ParquetReader
from framescope.tables.survey import Survey


def open_table(source: Survey, delimiter: str | None = None) -> ChunkReader:
    """Return the reader of a surveyed input; raise :class:`InputError` when it has no header."""
    if source.format.name == "parquet":
        return ParquetReader(source)
    if source.format.name == "jsonl":
        return JsonReader(source)
    return CsvReader(source, delimiter)
