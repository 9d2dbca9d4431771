"""The streaming engine: chunks in, scored rows out, a ledger beside them.

``score_tables`` is the whole of ``framescope score``. It reads its inputs in chunks, has each
chunk scored and written by :mod:`framescope.batch.workers`, appends the bytes to a temporary file
and records checkpoints in the ledger, so that memory stays constant and a kill loses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from framescope.batch.counts import Counts
from framescope.batch.files import PartFile, Sink, StandardOutput
from framescope.batch.finish import forget_parts, put_results_in_place
from framescope.batch.inputs import Inputs, output_format
from framescope.batch.ledger import Checkpoint, Ledger
from framescope.batch.plan import Plan, make_plan
from framescope.batch.progress import Progress
from framescope.batch.quarantine import StandardError, quarantine_lines
from framescope.batch.render import render_header
from framescope.batch.settings import BatchJob, RunPaths, Scorer, ScorerFactory
from framescope.batch.start import describe_run, starting_ledger
from framescope.batch.workers import Finished, Tagged, render_here, render_in_workers
from framescope.errors import FramescopeError

_SECONDS_BETWEEN_CHECKPOINTS = 2.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: its counts and files, and whether an earlier run had finished it."""

    counts: Counts
    paths: RunPaths
    seconds: float
    already_finished: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """Where a run writes to, and what is on record of it."""

    ledger: Ledger
    path: Path | None
    sinks: tuple[Sink, Sink]
    progress: Progress


def score_tables(job: BatchJob, load: ScorerFactory, progress: Progress) -> Outcome:
    """Score every row of the inputs into the output.

    Raises a :class:`FramescopeError` when something cannot be read or written; what was done until
    then stays resumable. ``KeyboardInterrupt`` passes through, after a last checkpoint.
    """
    began = time.monotonic()
    paths = RunPaths.of(job)
    with closing(Inputs(job)) as inputs:
        scorer = load(job.model)
        kind = inputs.sources[0].format
        target = output_format(job, kind)
        plan = make_plan(inputs.header, kind.name, target, scorer.frames, job.appearance)
        about = describe_run(job, inputs.sources, target, scorer.identity)
        ledger = replace(starting_ledger(job, about, paths.ledger), notes=inputs.notes)
        if ledger.state == "finished":
            forget_parts(paths)
            return Outcome(ledger.counts, paths, 0.0, already_finished=True)
        if ledger.state == "running":
            with progress:
                record = Record(ledger, paths.ledger, _open_sinks(paths), progress)
                ledger = _Run(job, inputs, plan, record).all_rows(scorer, load)
    put_results_in_place(ledger, paths)
    return Outcome(ledger.counts, paths, time.monotonic() - began)


def _open_sinks(paths: RunPaths) -> tuple[Sink, Sink]:
    output = StandardOutput() if paths.output is None else PartFile(paths.output)
    if paths.quarantine is None:
        return output, StandardError()
    return output, PartFile(paths.quarantine)


class _Run:
    """One run from its ledger's checkpoint to the last row.

    ``ledger`` is replaced only after all bytes of a chunk are written, by one assignment, so that
    whatever interrupts the run finds it consistent.
    """

    def __init__(self, job: BatchJob, inputs: Inputs, plan: Plan, record: Record) -> None:
        self._job, self._inputs, self._plan = job, inputs, plan
        self._path, self._progress = record.path, record.progress
        self._output, self._quarantine = record.sinks
        self.ledger = record.ledger
        self._rows_before = self.ledger.counts.read
        self._last_checkpoint = time.monotonic()

    def all_rows(self, scorer: Scorer, load: ScorerFactory) -> Ledger:
        """Score all rows that are left; return the ledger of the complete run."""
        try:
            self._begin()
            work = self._inputs.chunks_from(self.ledger.checkpoint, self._plan)
            with closing(self._rendered(work, scorer, load)) as rendered:
                for finished in rendered:
                    self._take(finished)
            self.ledger.counts.check()
            self.ledger = self._inputs.identified(self.ledger)
            self._checkpoint()
        except BaseException:
            with suppress(FramescopeError):
                self._checkpoint()
            raise
        finally:
            self._output.close()
            self._quarantine.close()
        return self.ledger

    def _begin(self) -> None:
        """Cut the files back to the checkpoint; a run without one writes its header."""
        point = self.ledger.checkpoint
        if point.chunks == 0:
            point = Checkpoint()
            self.ledger = replace(self.ledger, counts=Counts(), checkpoint=point)
            self._write(self.ledger)
        self._output.keep(point.output_bytes, point.output_sha256)
        self._quarantine.keep(point.quarantine_bytes, point.quarantine_sha256)
        if point.chunks == 0:
            self._output.write(render_header(self._plan, self._inputs.header))
            self.ledger = replace(self.ledger, checkpoint=self._point(point))
        total, done = self._inputs.total, self._inputs.done(self.ledger.checkpoint)
        self._progress.begin(total, done)
        for note in self.ledger.notes:
            self._progress.note(note)

    def _rendered(
        self, work: Iterator[Tagged[int]], scorer: Scorer, load: ScorerFactory
    ) -> Generator[Finished[int]]:
        if self._job.workers <= 1:
            return render_here(work, scorer)
        return render_in_workers(work, self._job.workers, (load, self._job.model))

    def _take(self, finished: Finished[int]) -> None:
        """Write a chunk's rows and rejects, and put them on record."""
        chunk = finished.chunk
        self._output.write(finished.rendered.data)
        if chunk.rejects:
            name = self._inputs.sources[finished.tag].name
            self._quarantine.write(quarantine_lines(name, chunk.rejects))
        point = replace(
            self.ledger.checkpoint,
            input=finished.tag,
            offset=chunk.end.offset,
            line=chunk.end.line,
            chunks=self.ledger.checkpoint.chunks + 1,
        )
        counts = self.ledger.counts + finished.rendered.counts
        self.ledger = replace(self.ledger, counts=counts, checkpoint=self._point(point))
        self._progress.advance(self._inputs.done(point), counts.read - self._rows_before)
        if time.monotonic() - self._last_checkpoint > _SECONDS_BETWEEN_CHECKPOINTS:
            self._checkpoint()

    def _point(self, point: Checkpoint) -> Checkpoint:
        return replace(
            point,
            output_bytes=self._output.size,
            output_sha256=self._output.digest(),
            quarantine_bytes=self._quarantine.size,
            quarantine_sha256=self._quarantine.digest(),
        )

    def _checkpoint(self) -> None:
        """Put the run so far on the disk: first its bytes, then the ledger that counts on them."""
        ledger = self.ledger
        self._output.sync()
        self._quarantine.sync()
        self._write(ledger)
        self._last_checkpoint = time.monotonic()

    def _write(self, ledger: Ledger) -> None:
        if self._path is not None:
            ledger.write(self._path)
