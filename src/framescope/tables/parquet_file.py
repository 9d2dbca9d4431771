"""Open a Parquet file, or say why it cannot be."""

from __future__ import annotations

from typing import Any

from framescope.errors import InputError
from framescope.tables.source import checked_file


def open_parquet(path: str) -> Any:
    """Open a Parquet file; raise :class:`InputError` when it is none."""
    import pyarrow.parquet
    from pyarrow import ArrowException

    try:
        return pyarrow.parquet.ParquetFile(checked_file(path))
    except (ArrowException, OSError) as error:
        raise InputError(f"{path}: this is not a readable Parquet file ({error}).") from error
