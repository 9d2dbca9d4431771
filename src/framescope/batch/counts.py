"""The arithmetic of a run: every row that was read is in exactly one count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from framescope.batch.settings import RunStopped


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows read, scored, quarantined, abstained on (by reason) and by frame; cells prefixed."""

    read: int = 0
    scored: int = 0
    quarantined: int = 0
    abstained: Mapping[str, int] = field(default_factory=dict)
    frames: Mapping[str, int] = field(default_factory=dict)
    cells_prefixed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.scored + other.scored,
            self.quarantined + other.quarantined,
            Counter(self.abstained) + Counter(other.abstained),
            Counter(self.frames) + Counter(other.frames),
            self.cells_prefixed + other.cells_prefixed,
        )

    def check(self) -> None:
        """Raise :class:`RunStopped` unless every row that was read is accounted for."""
        known = self.scored + self.quarantined + sum(self.abstained.values())
        if known != self.read:
            raise RunStopped(
                f"{self.read:,} rows were read but {known:,} are accounted for; this is a defect "
                "of framescope. The output was not put in place. Please report it."
            )

    def as_json(self) -> dict[str, Any]:
        """Return the counts as they stand in the ledger."""
        return {
            "read": self.read,
            "scored": self.scored,
            "quarantined": self.quarantined,
            "abstained": dict(sorted(self.abstained.items())),
            "frames": dict(sorted(self.frames.items())),
            "cells_prefixed": self.cells_prefixed,
        }


def counts_from_json(value: Mapping[str, Any]) -> Counts:
    """Return the counts that a ledger holds.

    >>> counts_from_json(Counts(2, 1, 1).as_json()) == Counts(2, 1, 1)
    True
    """
    return Counts(**value)
