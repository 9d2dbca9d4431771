"""``framescope evaluate``: how good a model is on labelled statements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framescope.cli.options import (
    CodebookOption,
    FramesColumnOption,
    JsonOption,
    ModelOption,
    ObjectiveOption,
    TextColumnOption,
    ThresholdOption,
)

if TYPE_CHECKING:
    from framescope.evaluation import Estimate, Evaluation


def evaluate(
    data: Annotated[list[Path], typer.Argument(help="Labelled tables, or folders of them.")],
    model: ModelOption = None,
    json: JsonOption = False,
    threshold: ThresholdOption = None,
    objective: ObjectiveOption = None,
    text_column: TextColumnOption = "text",
    frames_column: FramesColumnOption = "frames",
    codebook: CodebookOption = None,
    plot: Annotated[
        Path | None, typer.Option(help="Write a reliability plot here (needs the extra 'plot').")
    ] = None,
) -> None:
    """Compare a model's frames with gold labels: F1, balanced accuracy, calibration, intervals.

    Measure on texts the model has not seen. For example:

        framescope evaluate gold.jsonl --json
    """
    from framescope.codebook import load_codebook
    from framescope.corpus.statements import LabelledColumns, read_statements
    from framescope.evaluation import evaluate as measure
    from framescope.predictor import load_model

    predictor = load_model(model, threshold=threshold, objective=objective)
    statements = read_statements(data, LabelledColumns(text_column, frames_column))
    for note in statements.notes:
        typer.echo(f"note: {note}", err=True)
    result = measure(predictor, statements, load_codebook(codebook))
    if plot:
        from framescope.report.plots import reliability_plot

        reliability_plot(result, plot)
    if json:
        from json import dumps

        typer.echo(dumps(result.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(result)


def _print(result: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None)
    for title in ("frame", "support", "called", "precision", "recall", "F1", "95 %", "AP", "ECE"):
        table.add_column(title, justify="left" if title == "frame" else "right")
    for f in result.frames:
        ap = "" if f.average_precision is None else f"{f.average_precision:.2f}"
        table.add_row(
            f.frame, str(f.support), str(f.predicted), f"{f.precision:.2f}", f"{f.recall:.2f}",
            f"{f.f1.value:.2f}", f"{f.f1.low:.2f}-{f.f1.high:.2f}", ap, f"{f.calibration_error:.3f}",
        )  # fmt: skip
    console.print(table)
    for name, figure in _headlines(result).items():
        console.print(f"{name:<28} {figure.value:.3f}  [dim]{figure.low:.3f}-{figure.high:.3f}[/]")
    console.print(
        f"{'calibration error, Brier':<28} {result.calibration_error:.3f}, {result.brier:.4f}"
    )
    declined = ", ".join(f"{n} {reason}" for reason, n in result.abstained.items()) or "none"
    console.print(f"[dim]{result.statements} statements; declined: {declined}[/]")


def _headlines(result: Evaluation) -> dict[str, Estimate]:
    return {
        "macro-F1": result.macro_f1,
        "micro-F1": result.micro_f1,
        "framed-or-not balanced acc.": result.framed_balanced_accuracy,
        "mean average precision": result.mean_average_precision,
        **{f"family {name} F1": figure for name, figure in result.families.items()},
    }
