"""The ledger: the JSON record of a run, next to its output, from which it can be resumed.

A checkpoint names a place in the input and the bytes of the output and the quarantine that belong
to the rows before it. It is written after those bytes are safe on the disk, so a run that is
killed at any moment can cut its files back to the checkpoint and go on. See
docs/decisions/batch-ledger.md.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from framescope.batch.counts import Counts, counts_from_json
from framescope.batch.files import write_atomically
from framescope.errors import OutputError

LEDGER_FORMAT = 1
"""Raise it when a ledger of an older number could not be resumed from."""

State = Literal["running", "finishing", "finished"]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a run has come: which input, how far into it, and what belongs to it."""

    input: int = 0
    offset: int = 0
    line: int = 0
    chunks: int = 0
    output_bytes: int = 0
    output_sha256: str = ""
    quarantine_bytes: int = 0
    quarantine_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A run on record.

    ``about`` holds what must not change between a run and its resumption: inputs (size and
    SHA-256), model, settings and versions. ``files`` names the output and the quarantine.
    """

    about: dict[str, Any]
    state: State = "running"
    counts: Counts = field(default_factory=Counts)
    checkpoint: Checkpoint = field(default_factory=Checkpoint)
    files: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def changed(self, about: dict[str, Any]) -> list[str]:
        """Return what differs from another run's description, one phrase each."""
        return _differences(_comparable(self.about), _comparable(about))

    def with_state(self, state: State, **files: Any) -> Ledger:
        """Return the ledger in another state, with more known about its files."""
        return replace(self, state=state, files={**self.files, **files})

    def write(self, path: Path) -> None:
        """Write the ledger as a whole."""
        content = {
            "ledger": LEDGER_FORMAT,
            "state": self.state,
            **self.about,
            "rows": self.counts.as_json(),
            **self.files,
            "notes": list(self.notes),
            "checkpoint": asdict(self.checkpoint),
        }
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        write_atomically(path, text.encode("utf-8", "backslashreplace"))


def read_ledger(path: Path) -> Ledger | None:
    """Return the ledger of an earlier run, or None; raise :class:`OutputError` if it is broken."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _from_json(content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(
            f"{path}: this ledger cannot be read ({error}). Start again with --force."
        ) from error


def _from_json(content: dict[str, Any]) -> Ledger:
    if content["ledger"] != LEDGER_FORMAT:
        raise ValueError(f"its format is {content['ledger']!r}, this version knows {LEDGER_FORMAT}")
    return Ledger(
        {name: content[name] for name in ("inputs", "model", "settings", "versions")},
        content["state"],
        counts_from_json(content["rows"]),
        Checkpoint(**content["checkpoint"]),
        {name: content[name] for name in ("output", "quarantine") if name in content},
        tuple(content["notes"]),
    )


def _comparable(about: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a description that decide the output; a file may have moved."""
    parts = json.loads(json.dumps(about))
    inputs = parts.pop("inputs")
    flat: dict[str, Any] = {
        f"input {i + 1}": (entry["sha256"], entry["format"]) for i, entry in enumerate(inputs)
    }
    flat["the model"] = parts["model"]["sha256"]
    flat["the number of inputs"] = len(inputs)
    for group in ("settings", "versions"):
        flat |= {f"{group}: {name}": value for name, value in parts[group].items()}
    return flat


def _differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    changed = []
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if old != new:
            spoken = name.startswith(("settings", "versions"))
            changed.append(f"{name} was {old!r}, now {new!r}" if spoken else name)
    return changed
