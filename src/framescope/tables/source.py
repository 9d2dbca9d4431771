"""Open a file of bytes, compressed or not, with errors that say what is wrong with it."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from framescope.errors import InputError
from framescope.tables.formats import Compression

BLOCK_BYTES = 1 << 20
_DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error)


def checked_file(path: str | Path) -> Path:
    """Return the path of a readable regular file; raise :class:`InputError` for anything else."""
    file = Path(path)
    if file.is_dir():
        raise InputError(
            f"{file}: this is a directory; name its files, or a pattern like '{file}/*.csv'."
        )
    if not file.exists():
        raise InputError(f"{file}: no such file.")
    return file


def open_bytes(path: Path, compression: Compression | None) -> IO[bytes]:
    """Open the decompressed bytes of a file."""
    try:
        if compression == "gz":
            return cast(IO[bytes], gzip.open(path, "rb"))
        if compression == "bz2":
            return cast(IO[bytes], bz2.open(path, "rb"))
        return decompressed(path.open("rb"), compression)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from error


def decompressed(raw: IO[bytes], compression: Compression | None) -> IO[bytes]:
    """Wrap an open binary file so that it reads as decompressed bytes; closing is the caller's."""
    if compression == "gz":
        return cast(IO[bytes], gzip.GzipFile(fileobj=raw, mode="rb"))
    if compression == "bz2":
        return cast(IO[bytes], bz2.BZ2File(raw, mode="rb"))
    if compression == "zst":
        return io.BufferedReader(_ZstandardFile(raw), BLOCK_BYTES)
    return raw


def read_blocks(file: IO[bytes], name: str, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Yield the bytes of an open file in blocks; damaged compression raises :class:`InputError`."""
    while block := read_exactly(file, size, name):
        yield block


def read_exactly(file: IO[bytes], size: int, name: str) -> bytes:
    """Return the next `size` bytes, fewer only at the end of the file."""
    parts: list[bytes] = []
    try:
        while size > 0 and (part := file.read(size)):
            parts.append(part)
            size -= len(part)
    except _DAMAGE as error:
        raise InputError(f"{name}: the compressed data is damaged or cut off ({error}).") from error
    except OSError as error:
        if error.errno is None:  # what bz2 says of bad data
            raise InputError(f"{name}: the compressed data is damaged or cut off.") from error
        raise InputError(f"{name}: cannot be read ({error.strerror}).") from error
    return parts[0] if len(parts) == 1 else b"".join(parts)


class _ZstandardFile(io.RawIOBase):
    """Decompressed Zstandard frames; unlike the library's own reader it notices a cut-off frame."""

    def __init__(self, raw: IO[bytes]) -> None:
        import zstandard

        self._raw = raw
        self._library: Any = zstandard
        self._frame: Any = None
        self._rest = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._raw.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if not self._decompress_more():
                return 0
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _decompress_more(self) -> bool:
        data = self._rest or self._raw.read(BLOCK_BYTES // 8)
        if not data:
            if self._frame is not None:
                raise EOFError("a Zstandard frame ends too early")
            return False
        if self._frame is None:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._ready = self._frame.decompress(data)
        except self._library.ZstdError as error:
            raise zlib.error(str(error)) from error
        self._rest = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None
        return True
