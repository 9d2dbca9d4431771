"""Look at a whole input once before it is used: its size, hash, encoding and length.

The encoding of a file can only be told from all of it, and a run that is resumed must know that
its input has not changed; one pass at the speed of the disk answers both.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from framescope.tables.formats import TableFormat
from framescope.tables.parquet_file import open_parquet
from framescope.tables.source import BLOCK_BYTES, checked_file, decompressed, read_blocks
from framescope.text.encoding import PLAIN_UTF8, Encoding, EncodingDetector

STANDARD_STREAM = "-"


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of an input before its rows are read.

    ``length`` is in bytes of decompressed text, for Parquet in rows; it and ``size`` and ``sha256``
    are None for a stream, which can be read only once.
    """

    path: str
    format: TableFormat
    encoding: Encoding = PLAIN_UTF8
    size: int | None = None
    sha256: str | None = None
    length: int | None = None

    @property
    def is_stream(self) -> bool:
        """Whether the input can be read only once: standard input or a pipe."""
        return self.sha256 is None

    @property
    def name(self) -> str:
        """The name of the input in messages."""
        return "standard input" if self.path == STANDARD_STREAM else self.path


class HashingReader(io.RawIOBase):
    """A file that counts and hashes the bytes that are read from it."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.digest = hashlib.sha256()
        self.size = 0

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        block = self._raw.read(size)
        self.digest.update(block)
        self.size += len(block)
        return block

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes."""
        block = self.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        """Close the file underneath."""
        self._raw.close()
        super().close()


def survey(path: str, kind: TableFormat) -> Survey:
    """Read an input once and return what is known of it; a stream is left unread.

    Raises :class:`InputError` for a missing file, a directory, damaged compression and bytes in an
    encoding that cannot be told.
    """
    if path == STANDARD_STREAM or not checked_file(path).is_file():
        return Survey(path, kind)
    with Path(path).open("rb") as raw:
        reader = HashingReader(raw)
        if kind.is_text:
            encoding, length = _survey_text(reader, path, kind)
        else:
            encoding, length = PLAIN_UTF8, _parquet_rows(path)
            _read_to_end(reader)
    return Survey(path, kind, encoding, reader.size, reader.digest.hexdigest(), length)


def _survey_text(reader: HashingReader, path: str, kind: TableFormat) -> tuple[Encoding, int]:
    detector, length = EncodingDetector(path), 0
    text = decompressed(cast(IO[bytes], reader), kind.compression)
    for block in read_blocks(text, path):
        detector.feed(block)
        length += len(block)
    _read_to_end(reader)  # while `text` lives: a decompressor that goes closes what it read from
    return detector.finish(), length


def _read_to_end(reader: HashingReader) -> None:
    while reader.read(BLOCK_BYTES):
        pass


def _parquet_rows(path: str) -> int:
    with open_parquet(path) as file:
        return int(file.metadata.num_rows)
