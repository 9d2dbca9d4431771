"""Rows out of CSV, TSV, JSONL and Parquet; importing it loads neither pandas nor pyarrow."""

from __future__ import annotations

from framescope.tables.formats import FormatName, TableFormat, table_format
from framescope.tables.labelled import Table, read_table

__all__ = ["FormatName", "Table", "TableFormat", "read_table", "table_format"]
