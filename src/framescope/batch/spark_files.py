"""``framescope score --engine spark``: files in, a folder of Parquet files out, a ledger beside it.

CSV and JSONL are first turned into Parquet by the strict reader, because Spark's own splits rows
at quoted newlines without a word. Spark repeats tasks that fail by itself; a run that failed as a
whole is started again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framescope.batch.convert import to_parquet
from framescope.batch.counts import Counts
from framescope.batch.files import PartFile, part_of, put_in_place
from framescope.batch.inputs import survey_inputs
from framescope.batch.ledger import Ledger
from framescope.batch.settings import BatchJob, RunPaths, ScorerFactory
from framescope.batch.spark import score_with
from framescope.batch.start import describe_run
from framescope.batch.stream import Outcome
from framescope.errors import FramescopeError, InputError, OutputError
from framescope.tables.formats import TableFormat, table_format
from framescope.tables.survey import Survey

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def score_files(job: BatchJob, load: ScorerFactory, spark: SparkSession | None = None) -> Outcome:
    """Score files with Spark into a folder of Parquet files.

    Without a session, Spark's usual configuration decides where it runs. Raises
    :class:`InputError` and :class:`OutputError` as the local engine does.
    """
    began = time.monotonic()
    paths = RunPaths.of(job)
    output = _checked_output(job)
    sources = survey_inputs(job)
    assert paths.ledger is not None
    assert paths.quarantine is not None
    about = describe_run(job, sources, TableFormat("parquet"), load(job.model).identity)
    with (
        tempfile.TemporaryDirectory(prefix=".framescope-", dir=output.parent) as folder,
        closing(PartFile(paths.quarantine)) as quarantine,
    ):
        quarantine.keep(0, "")
        files, rejected = _as_parquet(job, sources, Path(folder), quarantine)
        counts = _score(files, job, load, (spark or _session(), quarantine, rejected))
        quarantined = quarantine.size
    counts.check()
    _put_in_place(output, paths.quarantine, quarantined)
    ledger = Ledger(about, "finished", counts, notes=("engine: spark",))
    ledger.with_state("finished", output={"path": str(output)}).write(paths.ledger)
    return Outcome(counts, paths, time.monotonic() - began)


def _as_parquet(
    job: BatchJob, sources: list[Survey], folder: Path, quarantine: PartFile
) -> tuple[list[str], int]:
    """Return Parquet files of the inputs, converted where need be, and the number of rejects."""
    if not sources[0].format.is_text:
        return [source.path for source in sources], 0
    files = [folder / f"{i}.parquet" for i in range(len(sources))]
    column = job.appearance.text_column
    rejected = 0
    for source, file in zip(sources, files, strict=True):
        rejected += to_parquet(source, file, column, job.delimiter, quarantine)
    return [str(file) for file in files], rejected


def _checked_output(job: BatchJob) -> Path:
    output = Path(job.output)
    if job.to_stdout or table_format(job.output, job.format).name != "parquet":
        raise InputError("Spark writes a folder of Parquet files: name it, as in -o scored.parquet")
    if job.resume:
        raise InputError("--resume is for the local engine; Spark repeats its tasks by itself.")
    if output.exists() and not job.force:
        raise OutputError(f"{output}: exists already; choose another name, or --force.")
    if not output.parent.is_dir():
        raise OutputError(f"{output}: its folder does not exist. Create it first.")
    return output


def _session() -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise FramescopeError(
            "--engine spark needs PySpark: pip install 'framescope[spark]' (and Java 17)."
        ) from error
    return SparkSession.builder.appName("framescope score").getOrCreate()


def _score(
    files: list[str],
    job: BatchJob,
    load: ScorerFactory,
    how: tuple[SparkSession, PartFile, int],
) -> Counts:
    """Write the scored rows; return the counts, all taken from what was read and written."""
    spark, quarantine, rejected = how
    df = spark.read.parquet(*files)
    column = job.appearance.text_column
    scored = score_with(df, job.appearance, (load, job.model))
    part = part_of(Path(job.output))
    shutil.rmtree(part, ignore_errors=True)
    scored.filter(scored[column].isNotNull()).write.parquet(str(part))
    missing = _quarantine_null_texts(df, column, quarantine)
    written = spark.read.parquet(str(part))
    abstained = _count_by(written, job.appearance.prefix + "abstained")
    return Counts(
        read=df.count() + rejected,
        scored=abstained.pop("", 0),
        quarantined=rejected + missing,
        abstained=abstained,
        frames=_frame_counts(written, job),
    )


def _quarantine_null_texts(df: DataFrame, column: str, quarantine: PartFile) -> int:
    count = 0
    for row in df.filter(df[column].isNull()).toLocalIterator():
        raw = json.dumps(row.asDict(recursive=True), default=str, ensure_ascii=False)
        reason = f"no text: {column!r} is null"
        entry = {"input": "spark", "line": None, "reason": reason, "raw": raw}
        quarantine.write((json.dumps(entry, ensure_ascii=False) + "\n").encode())
        count += 1
    return count


def _count_by(df: DataFrame, column: str) -> dict[str, int]:
    return {row[0] or "": row[1] for row in df.groupBy(column).count().collect()}


def _frame_counts(df: DataFrame, job: BatchJob) -> dict[str, int]:
    if "frames" not in job.appearance.columns:
        return {}
    totals: dict[str, Any] = {}
    for joined, count in _count_by(df, job.appearance.prefix + "frames").items():
        for frame in filter(None, joined.split("|")):
            totals[frame] = totals.get(frame, 0) + count
    return totals


def _put_in_place(output: Path, quarantine: Path, quarantined: int) -> None:
    if quarantined:
        put_in_place(part_of(quarantine), quarantine)
    else:
        part_of(quarantine).unlink()
        quarantine.unlink(missing_ok=True)
    if output.is_dir():
        shutil.rmtree(output)
    put_in_place(part_of(output), output)
