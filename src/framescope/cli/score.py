"""``framescope score``: parse the command line, run the engine, say how it went."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from framescope.batch.settings import BatchJob, Scorer
    from framescope.batch.stream import Outcome

_INTERRUPTED = 130


def score(
    inputs: Annotated[
        list[str], typer.Argument(help="Tables to score, or patterns; '-' is standard input.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", help="File to write; '-' is standard output.")
    ],
    text_column: Annotated[str, typer.Option(help="Column that holds the texts.")] = "text",
    model: Annotated[
        Path | None, typer.Option(help="Model folder; default: the shipped one.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that score.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a stopped run.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing output.")] = False,
    columns: Annotated[
        str, typer.Option(help="Any of frames,top,probabilities,evidence,voice.")
    ] = "frames,top,probabilities",
    prefix: Annotated[str, typer.Option(help="Put before the name of each new column.")] = "",
    min_probability: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="List no frame below this probability.")
    ] = 0.0,
    excel_safe: Annotated[
        bool, typer.Option("--excel-safe", help="Put ' before cells that start with = + - @.")
    ] = False,
    format: Annotated[  # noqa: A002 - the word users know
        str | None, typer.Option(help="csv, tsv, jsonl or parquet, where no suffix tells.")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="Delimiter of a CSV input.")] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="Ledger file; default: OUTPUT.ledger.json.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="local, or spark (needs the extra 'spark').")
    ] = "local",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Score every row of a table: keep its columns, append frames and probabilities.

    For example:

        framescope score posts.csv -o scored.csv

        framescope score 'export/*.parquet' -o scored.parquet --workers 8

        zcat posts.csv.gz | framescope score - -o - --text-column body > scored.csv
    """
    from framescope.batch.settings import Appearance, BatchJob, column_groups

    if resume and force:
        raise typer.BadParameter(
            "--resume goes on with a run and --force starts again: choose one."
        )
    if delimiter is not None and len(delimiter) != 1:
        raise typer.BadParameter("--delimiter is one character.")
    groups = column_groups([name.strip() for name in columns.split(",") if name.strip()])
    look = Appearance(text_column, groups, prefix, min_probability, excel_safe)
    job = BatchJob(
        inputs=tuple(inputs),
        output=output,
        appearance=look,
        format=format,
        delimiter=delimiter,
        model=None if model is None else str(model),
        workers=workers,
        resume=resume,
        force=force,
        ledger=ledger,
    )
    if engine == "spark":
        _run_on_spark(job, quiet)
    elif engine == "local":
        _run(job, quiet)
    else:
        raise typer.BadParameter(f"--engine is local or spark, not {engine!r}.")


def load_scorer(model: str | None) -> Scorer:
    """Load the model of a folder, or the shipped one."""
    from framescope.predictor import load_model

    return load_model(model)


def _run(job: BatchJob, quiet: bool) -> None:
    from framescope.batch.progress import progress_for
    from framescope.batch.stream import score_tables

    signal.signal(signal.SIGTERM, _interrupt)
    try:
        outcome = score_tables(job, load_scorer, progress_for(quiet))
    except KeyboardInterrupt:
        again = "nothing is kept" if job.to_stdout else "go on with the same command and --resume"
        _say(f"Stopped; {again}.")
        raise typer.Exit(_INTERRUPTED) from None
    _say_how_it_went(job, outcome, quiet)


def _run_on_spark(job: BatchJob, quiet: bool) -> None:
    from framescope.batch.spark_files import score_files

    _say_how_it_went(job, score_files(job, load_scorer), quiet)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say_how_it_went(job: BatchJob, outcome: Outcome, quiet: bool) -> None:
    counts, paths = outcome.counts, outcome.paths
    if outcome.already_finished:
        _say(f"{job.output}: this run is finished already; nothing to do.")
        return
    if counts.quarantined:
        where = f"; see {paths.quarantine}" if paths.quarantine else " (listed above)"
        _say(f"{counts.quarantined:,} row(s) could not be read and were quarantined{where}")
    if quiet:
        return
    abstained = sum(counts.abstained.values())
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in counts.abstained.items())
    declined = f"{abstained:,} abstained" + (f" ({reasons})" if reasons else "")
    _say(
        f"{job.output}: {counts.read:,} rows read = {counts.scored:,} scored + {declined} "
        f"+ {counts.quarantined:,} quarantined, {outcome.seconds:,.1f} s"
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr)
