"""``framescope audit``: whether a model treats all actors alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from framescope.cli.options import JsonOption, ModelOption, TextColumnOption


def audit(
    data: Annotated[list[Path], typer.Argument(help="Tables with a text column, or folders.")],
    model: ModelOption = None,
    swaps: Annotated[
        Path | None, typer.Option("--swaps", help="Your own pairs of actors (TOML).")
    ] = None,
    text_column: TextColumnOption = "text",
    most: Annotated[int, typer.Option(min=0, help="Changed statements shown.")] = 5,
    json: JsonOption = False,
) -> None:
    """Score statements again with their actors swapped; report what changes.

    For example:

        framescope audit data/corpus
    """
    from dataclasses import asdict

    from framescope.audit import audit as compare
    from framescope.audit import read_swaps
    from framescope.corpus.statements import table_files
    from framescope.predictor import load_model
    from framescope.shipped import shipped_path
    from framescope.tables import read_table

    tables = read_swaps(swaps or shipped_path("data/swaps.toml"))
    texts = [
        text
        for path in table_files(data)
        for text in read_table(path).column(text_column)
        if isinstance(text, str)
    ]
    result = compare(load_model(model), texts, tables)
    if json:
        from json import dumps

        typer.echo(dumps(asdict(result), ensure_ascii=False, indent=1))
        return
    typer.echo(f"{result.statements} statements, {result.swapped} swapped copies")
    for name, (copies, changed) in result.by_table.items():
        typer.echo(f"  {name:<24} {copies:>7} copies  {changed:.2%} changed")
    typer.echo(f"  {'all':<24} {result.swapped:>7} copies  {result.changed:.2%} changed")
    worst = sorted(result.shift.items(), key=lambda item: -item[1])[:5]
    typer.echo("largest mean shift of probability: " + ", ".join(f"{f} {s:.4f}" for f, s in worst))
    for change in result.changes[:most]:
        was, now = "|".join(change.frames) or "none", "|".join(change.swapped_frames) or "none"
        typer.echo(f"  {change.text}\n  {change.swapped}\n    {was} -> {now}")
