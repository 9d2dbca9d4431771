"""Input that is no row, kept: where it stood, why it was left out, and what it was."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence

from framescope.tables.csv_records import Reject


def quarantine_lines(name: str, rejects: Sequence[Reject]) -> bytes:
    """Return rejects as JSON lines with ``input``, ``line``, ``reason`` and ``raw``."""
    lines = [
        json.dumps(
            {"input": name, "line": r.line, "reason": r.reason, "raw": r.raw}, ensure_ascii=False
        )
        for r in rejects
    ]
    text = "".join(line + "\n" for line in lines)
    return text.encode("utf-8", "backslashreplace")


class StandardError:
    """Standard error as the quarantine of a run that has no ledger."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def keep(self, size: int, sha256: str) -> None:
        """Begin; there is nothing to keep."""

    def write(self, data: bytes) -> None:
        """Write all bytes."""
        sys.stderr.write(data.decode())
        self._hash.update(data)
        self.size += len(data)

    def digest(self) -> str:
        """Return the SHA-256 of the bytes written so far."""
        return self._hash.hexdigest()

    def sync(self) -> None:
        """Pass on what was written."""
        sys.stderr.flush()

    def close(self) -> None:
        """Leave standard error open."""
