"""``framescope train``: a model folder from labelled statements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framescope.cli.options import (
    CodebookOption,
    FramesColumnOption,
    GroupOption,
    TextColumnOption,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from framescope.training import Trained


def train(
    data: Annotated[list[Path], typer.Argument(help="Labelled tables, or folders of them.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Model folder to write.")],
    name: Annotated[
        str | None, typer.Option(help="Name of the model; default: the folder's.")
    ] = None,
    model_version: Annotated[str, typer.Option(help="Version of the model.")] = "1",
    text_column: TextColumnOption = "text",
    frames_column: FramesColumnOption = "frames",
    group_column: GroupOption = None,
    codebook: CodebookOption = None,
    mask: Annotated[
        bool, typer.Option("--mask/--no-mask", help="Replace actors by placeholders.")
    ] = True,
    actors: Annotated[
        list[Path] | None, typer.Option("--actors", help="More actors (same form as ours).")
    ] = None,
    concepts: Annotated[
        bool, typer.Option("--concepts/--no-concepts", help="Use the concept lexicon.")
    ] = True,
    lexicon: Annotated[Path | None, typer.Option(help="Your own concept lexicon.")] = None,
    vectors: Annotated[
        bool,
        typer.Option(
            "--vectors/--no-vectors", help="Use word vectors, where the texts are English."
        ),
    ] = True,
    objective: Annotated[str, typer.Option(help="What thresholds are chosen for.")] = "f1",
    max_features: Annotated[
        int | None, typer.Option(min=0, help="Most n-grams kept; 0 keeps all; default: by size.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing model.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Train a model on labelled statements and write its folder and card.

    For example:

        framescope train my_labels.csv -o my_model --text-column body --frames-column codes
    """
    from framescope.codebook import load_codebook
    from framescope.corpus.statements import LabelledColumns
    from framescope.errors import OutputError
    from framescope.report.model_card import model_card
    from framescope.shipped import shipped_path
    from framescope.training import TrainingSettings
    from framescope.training import train as fit

    if output.exists() and not force:
        raise OutputError(f"{output} exists already; use --force to replace it, or another name.")
    ours = sorted(shipped_path("data/gazetteer").glob("*.txt")) if mask else []
    words = (lexicon or shipped_path("data/lexicon.txt")) if concepts else None
    settings = TrainingSettings(
        name=name or output.name,
        version=model_version,
        gazetteers=(*ours, *(actors or ())),
        lexicon=words,
        classifier={
            "objective": objective,
            "max_features": max_features,
            "random_state": seed,
            "vectors": "auto" if vectors else None,
        },
    )
    groups = tuple(group_column) if group_column else LabelledColumns().groups
    columns = LabelledColumns(text_column, frames_column, groups, bool(group_column))
    book = load_codebook(codebook) if codebook else None
    with _progress(quiet) as say:
        trained = fit(data, settings, columns, book, say)
    for note in trained.statements.notes:
        typer.echo(f"note: {note}", err=True)
    trained.classifier.save(output, force=force, card=model_card(trained), **trained.manifest())
    _report(trained, output)


def _progress(quiet: bool):  # type: ignore[no-untyped-def]
    from contextlib import contextmanager

    from rich.console import Console

    @contextmanager
    def running() -> Iterator[Callable[[str], None]]:
        console = Console(stderr=True)
        if quiet or not console.is_terminal:
            yield lambda _: None
            return
        with console.status("reading") as status:
            yield status.update

    return running()


def _report(trained: Trained, output: Path) -> None:
    held = trained.held_out
    typer.echo(
        f"{output}: {len(trained.statements)} statements, {len(held.frames)} frames, "
        f"{trained.classifier.n_features_} n-grams; on held-out folds macro-F1 "
        f"{held.macro_f1.value:.3f}, micro-F1 {held.micro_f1.value:.3f}, framed-or-not "
        f"{held.framed_balanced_accuracy.value:.3f}"
    )
