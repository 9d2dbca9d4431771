"""Bytes to text without guessing: UTF-8, a byte order mark, or Windows-1252 with a note.

Whatever is neither is refused, and the message names the first byte that cannot be read. The same
detector serves a whole file (:func:`decode`) and a stream of blocks (:class:`EncodingDetector`,
:func:`as_utf8`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from framescope.errors import InputError

EncodingName = Literal["utf-8", "utf-16-le", "utf-16-be", "windows-1252"]

_BOMS: tuple[tuple[bytes, EncodingName], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an Excel/Word file; save the sheet as CSV first"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file; save the sheet as CSV first"),
    (b"%PDF", "a PDF; extract its text first"),
    (b"PAR1", "a Parquet file; name it .parquet"),
    (b"\x1f\x8b", "gzip data; name it .gz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data; name it .zst"),
    (b"BZh", "bzip2 data; name it .bz2"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x7fELF", "a program"),
)
# The five bytes that Windows-1252 leaves undefined, and control characters no text file holds.
_NOT_WINDOWS_1252 = re.compile(rb"[\x00-\x08\x0e-\x1f\x81\x8d\x8f\x90\x9d]")
_LETTERS = re.compile(rb"[A-Za-z]")
_HIGH_LETTERS = re.compile(rb"[\xc0-\xff]")
_ESCAPED = re.compile("[\udc80-\udcff]")  # one for each byte that is not UTF-8
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
# Western European text has few accented letters; a higher share means another 8-bit encoding.
_LARGEST_HIGH_SHARE = 0.3
# A file with this many NUL bytes for each byte of its start is not a text with a damaged cell.
_LARGEST_NUL_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file are to be read: encoding, length of its mark, a note for the user."""

    name: EncodingName
    bom: int = 0
    note: str | None = None


PLAIN_UTF8 = Encoding("utf-8")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and how it was encoded, with a note when that was not plain UTF-8."""

    text: str
    encoding: Encoding

    @property
    def note(self) -> str | None:
        """What the user should be told about the encoding, or None."""
        return self.encoding.note


def decode(data: bytes, name: str = "the input") -> Decoded:
    """Return the text of a file's bytes.

    Raises :class:`InputError` naming the byte offset when the bytes are binary, damaged or in an
    encoding that cannot be told.

    >>> decode("naïve".encode()).text
    'naïve'
    >>> decode("naïve".encode("cp1252"), "a.txt").note
    'a.txt: read as Windows-1252 (byte 2 is not UTF-8)'
    """
    detector = EncodingDetector(name)
    detector.feed(data)
    encoding = detector.finish()
    return Decoded(data[encoding.bom :].decode(encoding.name), encoding)


def as_utf8(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[bytes]:
    """Re-encode blocks of bytes of a known encoding as UTF-8, without their byte order mark."""
    skip = encoding.bom
    decoder = codecs.getincrementaldecoder(encoding.name)()
    for block in blocks:
        body, skip = block[skip:], max(0, skip - len(block))
        yield body if encoding.name == "utf-8" else decoder.decode(body).encode()
    decoder.decode(b"", final=True)


class EncodingDetector:
    """Reads every block of a file once and then says how the file is encoded.

    ``feed`` the blocks in order, then ``finish``. Both raise :class:`InputError` as soon as the
    bytes cannot be any encoding that is read.
    """

    def __init__(self, name: str = "the input") -> None:
        self.name = name
        self._offset = 0
        self._encoding: Encoding | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._bad_offset: int | None = None
        self._valid = self._invalid = self._letters = self._high = 0

    def feed(self, block: bytes) -> None:
        """Look at the next block of bytes; the first holds four bytes or more, or all there is."""
        if self._encoding is None and block:
            self._begin(block)
        if self._bad_offset is None:
            self._feed_strict(block)
        else:
            self._weigh(block, self._offset)
        self._offset += len(block)

    def finish(self) -> Encoding:
        """Return the encoding of everything that was fed."""
        if self._decoder is not None and self._bad_offset is None:
            try:
                self._decoder.decode(b"", final=True)
            except UnicodeDecodeError as error:
                self._first_bad(self._offset - len(error.object) + error.start, b"")
                self._invalid += 1
        if self._bad_offset is None:
            return self._encoding or PLAIN_UTF8
        if self._valid * 10 > self._invalid or self._high > _LARGEST_HIGH_SHARE * self._letters:
            self._refuse(self._bad_offset)
        note = f"{self.name}: read as Windows-1252 (byte {self._bad_offset} is not UTF-8)"
        return Encoding("windows-1252", 0, note)

    def so_far(self) -> Encoding:
        """Return the encoding as far as it can be told from the start of a stream."""
        if self._bad_offset is not None:
            return self.finish()
        return self._encoding or PLAIN_UTF8

    def _begin(self, head: bytes) -> None:
        self._encoding = _by_mark(head, self.name)
        self._decoder = codecs.getincrementaldecoder(self._encoding.name)()
        if self._encoding.name == "utf-8":
            _refuse_binary(head[: 1 << 16], self.name)

    def _feed_strict(self, block: bytes) -> None:
        assert self._decoder is not None or not block
        if self._decoder is None:
            return
        held = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(block)
        except UnicodeDecodeError as error:
            self._first_bad(self._offset - held + error.start, block)
            return
        self._valid += 0 if text.isascii() else len(_BEYOND_ASCII.findall(text[: 1 << 16]))

    def _first_bad(self, offset: int, block: bytes) -> None:
        """Leave the strict path at its first bad byte: only Windows-1252 can still be true."""
        self._bad_offset = offset
        if self._encoding is None or self._encoding.name != "utf-8" or self._encoding.bom:
            name = self._encoding.name.upper() if self._encoding else "UTF-8"
            raise InputError(
                f"{self.name}: byte {offset} is not valid {name}, which the mark at its start "
                "promises; the file is damaged. Export it again as UTF-8."
            )
        if self._valid > 1:
            self._refuse(offset)
        self._weigh(block, self._offset)

    def _weigh(self, block: bytes, offset: int) -> None:
        undefined = _NOT_WINDOWS_1252.search(block)
        if undefined:
            self._refuse(self._bad_offset or offset + undefined.start())
        text = block.decode("utf-8", "surrogateescape")
        self._invalid += len(_ESCAPED.findall(text))
        self._valid += len(_BEYOND_ASCII.findall(text))
        high = len(_HIGH_LETTERS.findall(block))
        self._high += high
        self._letters += high + len(_LETTERS.findall(block))

    def _refuse(self, offset: int) -> None:
        raise InputError(
            f"{self.name}: byte {offset} is not valid UTF-8, and the file does not read as "
            "Windows-1252 either. Convert it to UTF-8 "
            "(iconv -f ENCODING -t UTF-8 FILE > NEW) and try again."
        )


def _by_mark(head: bytes, name: str) -> Encoding:
    if head.startswith(_UTF32_BOMS):
        raise InputError(f"{name}: byte 0 starts UTF-32, which is not read; save it as UTF-8.")
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            note = f"{name}: read as {encoding.upper()} with a byte order mark"
            return Encoding(encoding, len(mark), note)
    return PLAIN_UTF8


def _refuse_binary(head: bytes, name: str) -> None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise InputError(f"{name}: byte 0 starts {kind}; this is not a text file.")
    if head.count(0) > max(1, _LARGEST_NUL_SHARE * len(head)):
        raise InputError(
            f"{name}: byte {head.index(0)} is NUL and so are many others; this is a binary file, "
            "or UTF-16 without a byte order mark. Save it as UTF-8."
        )
