"""Rows as Arrow record batches, and their assembly into one Parquet file.

A Parquet file ends with an index of itself, so it cannot be continued after a kill. While a run
lasts its rows are kept as Arrow streams, one a chunk, which can; at the end they become Parquet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from framescope.batch.cells import as_json, as_rows
from framescope.batch.columns import ScoreColumns
from framescope.batch.plan import Plan
from framescope.tables.chunks import Chunk

_ROWS_OF_A_GROUP = 1 << 16


def arrow_header(plan: Plan) -> bytes:
    """Return an Arrow stream that holds the schema and no rows."""
    return _stream(_schema(plan), [])


def arrow_rows(plan: Plan, chunk: Chunk, columns: ScoreColumns, extras: list[list[Any]]) -> bytes:
    """Return the rows of a chunk as one Arrow stream."""
    return _stream(_schema(plan), [arrow_batch(plan, chunk, columns, extras)])


def arrow_batch(plan: Plan, chunk: Chunk, columns: ScoreColumns, extras: list[list[Any]]) -> Any:
    """Return the rows of a chunk as one Arrow record batch."""
    import pyarrow as pa

    arrays = [*_input_arrays(plan, chunk), *score_arrays(plan, columns)]
    arrays += [pa.array([as_json(value) for value in extra], pa.string()) for extra in extras]
    return pa.record_batch(arrays, schema=_schema(plan))


def score_arrays(plan: Plan, columns: ScoreColumns) -> list[Any]:
    """Return the appended columns (without evidence and voice) as Arrow arrays.

    Probabilities are rounded to four decimals, as in the text formats; where the model abstained
    they are null.
    """
    import pyarrow as pa

    chosen = plan.appearance.columns
    silent = np.array([bool(reason) for reason in columns.abstained], dtype=np.bool_)
    values = columns.tenthousandths / 10_000
    arrays: list[Any] = []
    if "frames" in chosen:
        arrays.append(pa.array(columns.frames, pa.string()))
    if "top" in chosen:
        names = [plan.frames[i] for i in columns.top.tolist()]
        arrays.append(pa.array(names, pa.string(), mask=silent))
        tops = values[np.arange(len(names)), columns.top]
        arrays.append(pa.array(tops, pa.float64(), mask=silent))
    arrays.append(pa.array([reason or None for reason in columns.abstained], pa.string()))
    if "probabilities" in chosen:
        for i in range(len(plan.frames)):
            arrays.append(pa.array(values[:, i], pa.float64(), mask=silent))
    return arrays


def assemble_parquet(parts: Path, target: Path) -> None:
    """Turn a file of Arrow streams into one Parquet file, in constant memory."""
    import pyarrow as pa
    import pyarrow.parquet

    with pa.OSFile(str(parts)) as source:
        schema = pa.ipc.open_stream(source).schema
        source.seek(0)
        with pyarrow.parquet.ParquetWriter(target, schema, compression="zstd") as writer:
            held: list[Any] = []
            for batch in _batches(source):
                held.append(batch)
                if sum(part.num_rows for part in held) >= _ROWS_OF_A_GROUP:
                    writer.write_table(pa.Table.from_batches(held, schema))
                    held = []
            if held:
                writer.write_table(pa.Table.from_batches(held, schema))


def _batches(source: Any) -> Iterator[Any]:
    import pyarrow as pa

    size = source.size()
    while source.tell() < size:
        yield from pa.ipc.open_stream(source)


def _input_arrays(plan: Plan, chunk: Chunk) -> list[Any]:
    if plan.schema is not None:
        return list(chunk.records.columns)
    return string_arrays(chunk.records, plan.columns)


def string_arrays(records: Any, columns: Sequence[str]) -> list[Any]:
    """Return the records of a text format as one Arrow array of strings a column."""
    import pyarrow as pa

    rows = as_rows(records, columns)
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return [pa.array(values, pa.string()) for values in by_column]


def _schema(plan: Plan) -> Any:
    import pyarrow as pa

    fields = list(plan.schema) if plan.schema is not None else []
    fields = fields or [pa.field(name, pa.string()) for name in plan.columns]
    for name in plan.appended:
        fields.append(pa.field(name, pa.float64() if plan.is_number(name) else pa.string()))
    metadata = plan.schema.metadata if plan.schema is not None else None
    return pa.schema(fields, metadata)


def _stream(schema: Any, batches: list[Any]) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data
