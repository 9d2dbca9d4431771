"""Read a Parquet input in chunks of rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from framescope.errors import InputError
from framescope.tables.chunks import Chunk, Header, Position, Wanted, text_index
from framescope.tables.csv_records import Reject, checked_columns
from framescope.tables.parquet_file import open_parquet
from framescope.tables.survey import Survey

CHUNK_ROWS = 8192


class ParquetReader:
    """A Parquet input: its columns, then its rows in Arrow record batches."""

    def __init__(self, source: Survey) -> None:
        if source.is_stream:
            raise InputError(
                f"{source.name}: Parquet cannot be read from a stream; save it to a file first."
            )
        self._source = source
        self._file = open_parquet(source.path)
        schema = self._file.schema_arrow
        columns = checked_columns(schema.names, source.name)
        self.header = Header(columns, Position(), schema=schema)

    def chunks(self, wanted: Wanted, start: Position) -> Iterator[Chunk]:
        """Yield the chunks from a row on; no chunk crosses a row group."""
        index = text_index(self.header, wanted.text_column, self._source.name)
        _check_type(self.header.schema.field(index), self._source.name)
        row = 0
        with self._file:
            for group in range(self._file.num_row_groups):
                rows = self._file.metadata.row_group(group).num_rows
                if row + rows > start.offset:
                    yield from self._group(group, row, (wanted, start.offset))
                row += rows

    def close(self) -> None:
        """Close the input."""
        self._file.close()

    def stream_identity(self) -> tuple[int, str] | None:
        """Return None: Parquet is never read from a stream."""
        return None

    def _group(self, group: int, row: int, how: tuple[Wanted, int]) -> Iterator[Chunk]:
        wanted, start = how
        for batch in self._file.iter_batches(batch_size=CHUNK_ROWS, row_groups=[group]):
            if row >= start:
                yield _chunk(batch, row, wanted)
            row += batch.num_rows


def _chunk(batch: Any, row: int, wanted: Wanted) -> Chunk:
    column = batch.column(batch.schema.names.index(wanted.text_column))
    end = Position(row + batch.num_rows, row + batch.num_rows)
    rejects: list[Reject] = []
    if column.null_count:
        missing = column.is_null()
        reason = f"no text: {wanted.text_column!r} is null"
        for i in range(batch.num_rows):
            if missing[i].as_py():
                raw = json.dumps(batch.slice(i, 1).to_pylist()[0], default=str, ensure_ascii=False)
                rejects.append(Reject(row + i + 1, reason, raw))
        batch = batch.filter(column.is_valid())
        column = batch.column(batch.schema.names.index(wanted.text_column))
    return Chunk(column.to_pylist(), end, [], batch, rejects)


def _check_type(field: Any, name: str) -> None:
    import pyarrow as pa

    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    known = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)
    if not any(test(kind) for test in known) and "string_view" not in str(kind):
        raise InputError(
            f"{name}: the column {field.name!r} holds {field.type}, not text; "
            "choose another with --text-column."
        )
