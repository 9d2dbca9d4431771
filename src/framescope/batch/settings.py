"""What a batch run is asked to do, as values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args

from framescope.errors import FramescopeError, InputError, nearest
from framescope.model.scores import BatchScores
from framescope.records import ModelIdentity, Reading

ColumnGroup = Literal["frames", "top", "probabilities", "evidence", "voice"]
COLUMN_GROUPS: tuple[ColumnGroup, ...] = get_args(ColumnGroup)
DEFAULT_COLUMNS: tuple[ColumnGroup, ...] = ("frames", "top", "probabilities")


class Scorer(Protocol):
    """What scores texts: the predictor."""

    @property
    def frames(self) -> tuple[str, ...]:
        """The frames, in the order of the score columns."""
        ...

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        ...

    def score(self, texts: Sequence[str]) -> BatchScores:
        """Score many texts."""
        ...

    def read(self, text: str, *, evidence: bool = False) -> Reading:
        """Read one text with its voices, and with evidence on demand."""
        ...


ScorerFactory = Callable[[str | None], Scorer]
"""Loads the model of a path (None: the shipped one); importable by name, so workers can call it."""


class RunStopped(FramescopeError):  # noqa: N818 - the run stopped; that is its name
    """A batch run that could not go on; it can be resumed unless the message says otherwise."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """Which columns are appended and how: everything that decides the bytes of the output.

    ``min_probability`` is a second bar: a frame is listed when the model calls it and it reaches this.
    """

    text_column: str = "text"
    columns: tuple[ColumnGroup, ...] = DEFAULT_COLUMNS
    prefix: str = ""
    min_probability: float = 0.0
    excel_safe: bool = False


@dataclass(frozen=True, slots=True)
class BatchJob:
    """One batch run: inputs, output, and how to go about it.

    ``format`` names the format of whatever has no telling suffix; ``delimiter`` overrides the one
    that is found. A ``ledger`` of None stands next to the output.
    """

    inputs: tuple[str, ...]
    output: str
    appearance: Appearance = Appearance()
    format: str | None = None
    delimiter: str | None = None
    model: str | None = None
    workers: int = 1
    resume: bool = False
    force: bool = False
    ledger: Path | None = None

    @property
    def to_stdout(self) -> bool:
        """Whether the rows go to standard output."""
        return self.output == "-"


@dataclass(frozen=True, slots=True)
class RunPaths:
    """The files of a run; None for what goes to a stream, or is not kept."""

    output: Path | None
    ledger: Path | None
    quarantine: Path | None

    @staticmethod
    def of(job: BatchJob) -> RunPaths:
        """Return the files of a job: ledger and quarantine stand next to the output.

        A run to standard output has them only when a ledger is named.
        """
        output = None if job.to_stdout else Path(job.output)
        beside = output or job.ledger
        quarantine = None if beside is None else Path(f"{beside}.quarantine.jsonl")
        ledger = job.ledger or (None if output is None else Path(f"{output}.ledger.json"))
        return RunPaths(output, ledger, quarantine)


def column_groups(names: Sequence[str]) -> tuple[ColumnGroup, ...]:
    """Return checked column groups, in their canonical order.

    >>> column_groups(["top", "frames"])
    ('frames', 'top')
    """
    for name in names:
        if name not in COLUMN_GROUPS:
            raise InputError(f"--columns: unknown {name!r}; {nearest(name, COLUMN_GROUPS)}")
    return tuple(group for group in COLUMN_GROUPS if group in names)
