"""The inputs of a run: names and patterns to surveyed files that fit together."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from framescope.batch.ledger import Checkpoint, Ledger
from framescope.batch.plan import Plan
from framescope.batch.settings import BatchJob
from framescope.batch.workers import Tagged
from framescope.errors import InputError
from framescope.tables.chunks import ChunkReader, Header, Position, text_index
from framescope.tables.formats import TableFormat, table_format
from framescope.tables.open import open_table
from framescope.tables.survey import STANDARD_STREAM, Survey, survey


def input_paths(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files that names and patterns stand for, patterns in alphabetical order.

    Raises :class:`InputError` for a pattern that matches nothing and a file that is named twice.
    """
    paths: list[str] = []
    for name in names:
        is_pattern = glob.has_magic(name) and not Path(name).exists()
        # Path.glob takes no absolute pattern, which is what users type
        found = sorted(glob.glob(name, recursive=True)) if is_pattern else [name]  # noqa: PTH207
        if not found:
            raise InputError(f"{name}: no file matches this pattern.")
        paths += found
    repeated = {path for path in paths if paths.count(path) > 1}
    if repeated:
        raise InputError(f"{min(repeated)}: named twice; its rows would be scored twice.")
    return tuple(paths)


def input_format(path: str, job: BatchJob) -> TableFormat:
    """Return the format of an input; a stream without a given format is CSV."""
    if path == STANDARD_STREAM:
        return table_format(path, job.format or "csv")
    return table_format(path, job.format)


def survey_inputs(job: BatchJob) -> list[Survey]:
    """Survey every input; raise :class:`InputError` when they differ in format or one is broken."""
    paths = input_paths(job.inputs)
    kinds = [input_format(path, job) for path in paths]
    for path, kind in zip(paths, kinds, strict=True):
        if kind.name != kinds[0].name:
            raise InputError(
                f"{path} is {kind.name}, but {paths[0]} is {kinds[0].name}: score them in two runs."
            )
    return [survey(path, kind) for path, kind in zip(paths, kinds, strict=True)]


class Inputs:
    """The surveyed inputs of a run as one sequence of chunks."""

    def __init__(self, job: BatchJob) -> None:
        self._job = job
        self.sources = survey_inputs(job)
        _check_use(job, self.sources)
        self._streams: dict[int, tuple[int, str]] = {}
        self._readers = {0: open_table(self.sources[0], job.delimiter)}
        self.header = self._readers[0].header
        try:
            text_index(self.header, job.appearance.text_column, self.sources[0].name)
            self._check_others()
        except InputError:
            self.close()
            raise

    def close(self) -> None:
        """Close whatever is open."""
        for reader in self._readers.values():
            reader.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know about how the inputs are read."""
        encodings = (source.encoding.note for source in self.sources)
        return tuple(dict.fromkeys(note for note in (*encodings, *self.header.notes) if note))

    @property
    def total(self) -> int | None:
        """Length of all inputs, None when one is a stream."""
        lengths = [source.length for source in self.sources]
        return None if None in lengths else sum(length or 0 for length in lengths)

    def done(self, point: Checkpoint) -> int:
        """Return how much of the length lies before a checkpoint."""
        before = sum(source.length or 0 for source in self.sources[: point.input])
        return before + point.offset

    def chunks_from(self, point: Checkpoint, plan: Plan) -> Iterator[Tagged[int]]:
        """Yield every chunk after a checkpoint, with the number of its input."""
        for number in range(point.input, len(self.sources)):
            reader = self._readers.get(number) or self._open(number)
            self._readers[number] = reader
            start = reader.header.start
            if number == point.input and point.chunks > 0:
                start = Position(point.offset, point.line)
            for chunk in reader.chunks(plan.wanted, start):
                yield Tagged(number, chunk, plan)
            reader.close()
            identity = reader.stream_identity()
            if identity:
                self._streams[number] = identity

    def identified(self, ledger: Ledger) -> Ledger:
        """Return the ledger with size and SHA-256 of the streams that were read."""
        entries = [dict(entry) for entry in ledger.about["inputs"]]
        for number, (size, sha256) in self._streams.items():
            entries[number] |= {"size": size, "sha256": sha256}
        return replace(ledger, about={**ledger.about, "inputs": entries})

    def _check_others(self) -> None:
        """Look at every header before the first row is scored; a stream stays open for its rows."""
        for number in range(1, len(self.sources)):
            reader = self._open(number)
            if self.sources[number].is_stream:
                self._readers[number] = reader
            else:
                reader.close()

    def _open(self, number: int) -> ChunkReader:
        """Open an input; raise :class:`InputError` when its columns are not those of the first."""
        source, first = self.sources[number], self.header
        reader = open_table(source, self._job.delimiter)
        header = reader.header
        if source.format.name == "jsonl" or _shape(header) == _shape(first):
            return reader
        reader.close()
        raise InputError(
            f"{source.name}: its columns ({', '.join(header.columns)}) or their delimiter or types "
            f"are not those of {self.sources[0].name} ({', '.join(first.columns)}); score it in a "
            "run of its own."
        )


def _shape(header: Header) -> tuple[object, ...]:
    schema = header.schema and header.schema.remove_metadata()
    return header.columns, header.delimiter, schema


def _check_use(job: BatchJob, sources: Sequence[Survey]) -> None:
    if job.resume and (job.to_stdout or any(source.is_stream for source in sources)):
        raise InputError(
            "--resume needs inputs and an output that are files; standard input and output can be "
            "used only once."
        )
    output = Path(job.output)
    if job.to_stdout or not output.exists():
        return
    if any(output.samefile(source.path) for source in sources if not source.is_stream):
        raise InputError(f"{output}: is both input and output; choose another output.")


def output_format(job: BatchJob, source: TableFormat) -> TableFormat:
    """Return the format of the output: by its suffix, on standard output the input's."""
    if job.to_stdout:
        if source.name == "parquet":
            raise InputError("Parquet cannot be written to standard output; name a file (-o).")
        return TableFormat(source.name)
    return table_format(job.output, None if _has_suffix(job.output) else job.format or source.name)


def _has_suffix(path: str) -> bool:
    try:
        table_format(path)
    except InputError:
        return "." in Path(path).name.lstrip(".")
    return True
