"""Which table format and which compression a path stands for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, get_args

from framescope.errors import InputError, nearest

FormatName = Literal["csv", "tsv", "jsonl", "parquet"]
Compression = Literal["gz", "zst", "bz2"]

FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)
_SUFFIXES: dict[str, FormatName] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_COMPRESSIONS: dict[str, Compression] = {
    ".gz": "gz",
    ".gzip": "gz",
    ".zst": "zst",
    ".zstd": "zst",
    ".bz2": "bz2",
}
_NOT_READ = {
    ".xlsx": "an Excel workbook; save the sheet as CSV UTF-8",
    ".xls": "an Excel workbook; save the sheet as CSV UTF-8",
    ".zip": "a ZIP archive; unpack it first",
    ".json": "one JSON document; write one object a line and name it .jsonl",
    ".pkl": "a pickle, which is never read; write Parquet",
}


@dataclass(frozen=True, slots=True)
class TableFormat:
    """The format of a table file and how it is compressed, if it is."""

    name: FormatName
    compression: Compression | None = None

    @property
    def is_text(self) -> bool:
        """Whether the file is lines of text."""
        return self.name != "parquet"


def table_format(path: str, given: str | None = None) -> TableFormat:
    """Return the format that a path's suffixes name; `given` overrides the suffix of the format.

    Raises :class:`InputError` for a suffix that is not known and for compressed Parquet.

    >>> table_format("posts.csv.gz")
    TableFormat(name='csv', compression='gz')
    >>> table_format("-", "jsonl").name
    'jsonl'
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    compression = _COMPRESSIONS.get(suffixes[-1]) if suffixes else None
    if compression:
        suffixes.pop()
    name = _given_format(given) or _format_of_suffix(path, suffixes[-1] if suffixes else "")
    if name == "parquet" and compression:
        raise InputError(f"{path}: Parquet compresses itself; drop the suffix of the compression.")
    return TableFormat(name, compression)


def _given_format(given: str | None) -> FormatName | None:
    if given is None:
        return None
    for name in FORMAT_NAMES:
        if given.lower() == name:
            return name
    raise InputError(f"unknown format {given!r}: {nearest(given, FORMAT_NAMES)}")


def _format_of_suffix(path: str, suffix: str) -> FormatName:
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if suffix in _NOT_READ:
        raise InputError(f"{path}: {_NOT_READ[suffix]}.")
    found = f"the suffix {suffix!r}" if suffix else "no suffix"
    raise InputError(
        f"{path}: {found} names no table format. Known: {', '.join(sorted(_SUFFIXES))}, each also "
        "with .gz, .zst or .bz2 (not Parquet); or pass the format (--format)."
    )
