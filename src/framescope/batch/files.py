"""Files that grow by whole chunks, survive a kill, and get their final name only when whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from framescope.batch.settings import RunStopped
from framescope.errors import OutputError

_STDOUT = 1


class Sink(Protocol):
    """Takes the bytes of a run, chunk by chunk."""

    @property
    def size(self) -> int:
        """Bytes written so far."""
        ...

    def keep(self, size: int, sha256: str) -> None:
        """Keep the first bytes of an earlier run, if they are unchanged; forget the rest."""
        ...

    def write(self, data: bytes) -> None:
        """Write all bytes, or raise :class:`RunStopped` saying why not."""
        ...

    def digest(self) -> str:
        """Return the SHA-256 of the bytes written so far."""
        ...

    def sync(self) -> None:
        """Make sure that the bytes written so far outlive a loss of power."""
        ...

    def close(self) -> None:
        """Close the file; what was written stays."""
        ...


def part_of(path: Path) -> Path:
    """Return the temporary name, in the same folder, of a file that is not whole yet."""
    return path.with_name(path.name + ".part")


class PartFile:
    """The part of a file that is written so far; no other run can open it meanwhile."""

    def __init__(self, final: Path) -> None:
        self.path = part_of(final)
        self._hash = hashlib.sha256()
        self.size = 0
        with saying_why(self.path):
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
            _lock(self._file, self.path)

    def keep(self, size: int, sha256: str) -> None:
        """Keep the first bytes of an earlier run, if they are unchanged; forget the rest.

        Raises :class:`OutputError` when they are not what the ledger says.
        """
        with saying_why(self.path):
            while self.size < size and (
                block := os.read(self._file, min(1 << 20, size - self.size))
            ):
                self._hash.update(block)
                self.size += len(block)
            if self.size < size or (size and self.digest() != sha256):
                raise OutputError(
                    f"{self.path}: does not begin with the {size:,} bytes that the ledger knows "
                    "of; it was changed since. Start again with --force."
                )
            os.ftruncate(self._file, size)

    def write(self, data: bytes) -> None:
        """Write all bytes, or raise :class:`RunStopped` saying why not."""
        with saying_why(self.path):
            _write_all(self._file, data)
        self._hash.update(data)
        self.size += len(data)

    def digest(self) -> str:
        """Return the SHA-256 of the bytes written so far."""
        return self._hash.hexdigest()

    def sync(self) -> None:
        """Make sure that the bytes written so far outlive a loss of power."""
        with saying_why(self.path):
            os.fsync(self._file)

    def close(self) -> None:
        """Close the file; what was written stays."""
        os.close(self._file)


class StandardOutput:
    """Standard output as a sink, unbuffered, so that a closed pipe is noticed where it happens."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def keep(self, size: int, sha256: str) -> None:
        """Begin; there is nothing to keep."""

    def write(self, data: bytes) -> None:
        """Write all bytes, or raise :class:`RunStopped` saying why not."""
        with saying_why("standard output"):
            _write_all(_STDOUT, data)
        self._hash.update(data)
        self.size += len(data)

    def digest(self) -> str:
        """Return the SHA-256 of the bytes written so far."""
        return self._hash.hexdigest()

    def sync(self) -> None:
        """Do nothing: what was written is gone."""

    def close(self) -> None:
        """Leave standard output open; it is not ours."""


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a small file as a whole: the old or the new content is there, never a mixture."""
    temporary = path.with_name(path.name + ".new")
    with saying_why(path):
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            put_in_place(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def put_in_place(part: Path, final: Path) -> None:
    """Give a whole file its final name, and make the name outlive a loss of power."""
    with saying_why(final):
        part.replace(final)
        _sync_folder(final.parent)


def sync_file(path: Path) -> None:
    """Make sure that a file's content outlives a loss of power."""
    with saying_why(path), path.open("rb") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def saying_why(path: Path | str) -> Iterator[None]:
    """Turn the errors of the operating system into messages that say what to do."""
    try:
        yield
    except BrokenPipeError as error:
        raise RunStopped(f"{path} was closed by the program that reads it.") from error
    except OSError as error:
        raise RunStopped(f"{path}: {_explained(error)}") from error


def _explained(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full. Make room, then run the same command with --resume."
    if error.errno == errno.EFBIG:
        return "the file may not grow any further (ulimit -f). Raise the limit and use --resume."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"cannot be written ({error.strerror}). Choose another output."
    if error.errno == errno.ENOENT:
        return "its folder does not exist. Create it first."
    return f"cannot be written ({error.strerror or error})."


def _write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def _lock(file: int, path: Path) -> None:
    """Keep a second run away from the same output; the lock ends with the process."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; the ledger still notices a changed file
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(f"{path}: another run is writing it; wait for it or stop it.") from error


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
