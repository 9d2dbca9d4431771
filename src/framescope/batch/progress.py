"""What the user sees of a run while it lasts: a bar on a terminal, lines in a log, or nothing."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Protocol

_SECONDS_BETWEEN_LINES = 10.0


class Progress(Protocol):
    """Is told how far a run is."""

    def begin(self, total: int | None, done: int) -> None:
        """Begin: the length of all inputs, if it is known, and what an earlier run has done."""
        ...

    def advance(self, done: int, rows: int) -> None:
        """Say how much of the length is done, and how many rows were read in this run."""
        ...

    def note(self, text: str) -> None:
        """Tell the user something."""
        ...

    def __enter__(self) -> Progress: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Silence:
    """Shows nothing but notes; the base of what shows more."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def begin(self, total: int | None, done: int) -> None:
        """Begin."""
        self.started = time.monotonic()

    def advance(self, done: int, rows: int) -> None:
        """Show nothing."""

    def note(self, text: str) -> None:
        """Tell the user something on standard error."""
        print(text, file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""


class LogLines(Silence):
    """Writes a plain line to standard error now and then."""

    def __init__(self, seconds: float = _SECONDS_BETWEEN_LINES) -> None:
        super().__init__()
        self._seconds = seconds
        self._last = self.started
        self._total: int | None = None
        self._before = 0

    def begin(self, total: int | None, done: int) -> None:
        """Begin."""
        super().begin(total, done)
        self._total, self._before, self._last = total, done, self.started

    def advance(self, done: int, rows: int) -> None:
        """Write a line when the last one is some seconds old."""
        now = time.monotonic()
        if now - self._last < self._seconds:
            return
        self._last = now
        elapsed = now - self.started
        line = f"{rows:,} rows, {rows / elapsed:,.0f} rows/s"
        if self._total and done > self._before:
            left = elapsed * (self._total - done) / (done - self._before)
            line += f", {done / self._total:.0%}, {left:,.0f} s left"
        self.note(line)


class TerminalBar(Silence):
    """Draws a bar with rows a second and the time left."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("scoring"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rows]:>12,} rows  {task.fields[speed]:>9,.0f} rows/s"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task: Any = None

    def begin(self, total: int | None, done: int) -> None:
        """Begin."""
        super().begin(total, done)
        self._task = self._bar.add_task("", total=total, completed=done, rows=0, speed=0.0)
        self._bar.start()

    def advance(self, done: int, rows: int) -> None:
        """Move the bar."""
        speed = rows / max(time.monotonic() - self.started, 1e-9)
        self._bar.update(self._task, completed=done, rows=rows, speed=speed)

    def note(self, text: str) -> None:
        """Tell the user something above the bar."""
        self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bar as it is."""
        self._bar.stop()


def progress_for(quiet: bool) -> Progress:
    """Return a bar on a terminal, lines in a log, nothing when `quiet`."""
    if quiet:
        return Silence()
    return TerminalBar() if sys.stderr.isatty() else LogLines()
