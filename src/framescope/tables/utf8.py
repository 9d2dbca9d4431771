"""The text of an input as one stream of UTF-8 bytes that can be entered at any position."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, cast

from framescope.errors import InputError
from framescope.tables.source import BLOCK_BYTES, decompressed, read_blocks, read_exactly
from framescope.tables.survey import STANDARD_STREAM, HashingReader, Survey
from framescope.text.encoding import EncodingDetector, as_utf8


class Utf8Window:
    """A window on the UTF-8 text of an input: ``fill`` it, look at it, ``drop`` its start.

    ``offset`` is the position of the window's start in the decoded stream, in bytes.
    """

    def __init__(self, source: Survey, offset: int = 0) -> None:
        self.source = source
        self.encoding = source.encoding
        self.offset = offset
        self.at_end = False
        self._window = b""
        self._raw, self._hashing = _open_raw(source)
        self._file = decompressed(self._raw, source.format.compression)
        self._blocks = self._enter(offset)

    @property
    def size(self) -> int:
        """Number of bytes in the window."""
        return len(self._window)

    @property
    def stream_identity(self) -> tuple[int, str] | None:
        """Size and SHA-256 of what was read from a stream; None for a file."""
        if self._hashing is None:
            return None
        return self._hashing.size, self._hashing.digest.hexdigest()

    def fill(self, size: int) -> bytes:
        """Return the first `size` bytes of the window; fewer only at the end of the input."""
        parts, held = [self._window], len(self._window)
        while held < size and not self.at_end:
            block = next(self._blocks, None)
            if block is None:
                self.at_end = True
            else:
                parts.append(block)
                held += len(block)
        self._window = b"".join(parts) if len(parts) > 1 else parts[0]
        return self._window[:size]

    def holds_last(self, size: int) -> bool:
        """Whether the first `size` bytes of the window are all that is left of the input."""
        return self.at_end and len(self._window) <= size

    def drop(self, size: int) -> None:
        """Move the start of the window forward."""
        self._window = self._window[size:]
        self.offset += size

    def text(self, data: bytes) -> str:
        """Decode bytes from the window's start; raise :class:`InputError` naming a bad byte."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"{self.source.name}: byte {self.offset + error.start} is not valid UTF-8. "
                "Convert the input to UTF-8 (iconv) and try again."
            ) from error

    def close(self) -> None:
        """Close the input."""
        if self.source.path != STANDARD_STREAM:
            self._file.close()
            self._raw.close()

    def __enter__(self) -> Utf8Window:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _enter(self, offset: int) -> Iterator[bytes]:
        """Start reading at a position of the decoded stream."""
        name, encoding = self.source.name, self.encoding
        if self.source.is_stream:
            return self._enter_stream()
        if encoding.name == "utf-8" and not self.source.format.compression:
            self._file.seek(encoding.bom + offset)
            return read_blocks(self._file, name)
        blocks = as_utf8(read_blocks(self._file, name), encoding)
        return _without_start(blocks, offset)

    def _enter_stream(self) -> Iterator[bytes]:
        head = read_exactly(self._file, BLOCK_BYTES, self.source.name)
        detector = EncodingDetector(self.source.name)
        detector.feed(head)
        at_end = len(head) < BLOCK_BYTES
        self.encoding = detector.finish() if at_end else detector.so_far()
        rest = read_blocks(self._file, self.source.name)
        return as_utf8(itertools.chain([head], rest), self.encoding)


@contextlib.contextmanager
def closed_on_error(window: Utf8Window) -> Iterator[None]:
    """Close a window when what is read from it turns out to be unusable."""
    try:
        yield
    except BaseException:
        window.close()
        raise


def _open_raw(source: Survey) -> tuple[IO[bytes], HashingReader | None]:
    path = source.path
    raw = sys.stdin.buffer if path == STANDARD_STREAM else Path(path).open("rb")  # noqa: SIM115
    if not source.is_stream:
        return cast(IO[bytes], raw), None
    hashing = HashingReader(cast(IO[bytes], raw))
    return cast(IO[bytes], hashing), hashing


def _without_start(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    for block in blocks:
        if size < len(block):
            yield block[size:]
        size = max(0, size - len(block))
