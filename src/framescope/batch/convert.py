"""A CSV or JSONL file as Parquet, by the strict reader: all columns text, rejects set aside."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from framescope.batch.arrow_rows import string_arrays
from framescope.batch.files import Sink
from framescope.batch.quarantine import quarantine_lines
from framescope.tables.chunks import Wanted
from framescope.tables.open import open_table
from framescope.tables.survey import Survey


def to_parquet(
    source: Survey, target: Path, text_column: str, delimiter: str | None, quarantine: Sink
) -> int:
    """Write the rows of a text table as Parquet; return how many rejects went to the quarantine."""
    import pyarrow as pa
    import pyarrow.parquet

    rejected = 0
    with closing(open_table(source, delimiter)) as reader:
        columns = reader.header.columns
        schema = pa.schema([pa.field(name, pa.string()) for name in columns])
        wanted = Wanted(text_column, records=True, columns=frozenset(columns))
        with pyarrow.parquet.ParquetWriter(target, schema, compression="zstd") as writer:
            for chunk in reader.chunks(wanted, reader.header.start):
                writer.write_batch(
                    pa.record_batch(string_arrays(chunk.records, columns), schema=schema)
                )
                quarantine.write(quarantine_lines(source.name, chunk.rejects))
                rejected += len(chunk.rejects)
    return rejected
