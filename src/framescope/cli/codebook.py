"""``framescope codebook``: print the frames and their boundaries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framescope.cli.options import JsonOption

if TYPE_CHECKING:
    from rich.console import Console

    from framescope.codebook import Frame


def codebook(
    path: Annotated[Path | None, typer.Argument(help="A codebook file; default: ours.")] = None,
    frame: Annotated[str | None, typer.Option("--frame", help="Only this frame.")] = None,
    json: JsonOption = False,
) -> None:
    """Print a codebook readably, or as JSON; a file of your own is checked on the way.

    For example:

        framescope codebook --frame denial
    """
    from framescope.codebook import load_codebook

    book = load_codebook(path)
    frames = (book.frame(frame),) if frame else book.frames
    if json:
        from dataclasses import asdict, replace
        from json import dumps

        typer.echo(dumps(asdict(replace(book, frames=frames)), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"[bold]{book.name}[/] codebook, version {book.version}: {len(frames)} frames")
    for entry in frames:
        _print(console, entry, book.families)


def _print(console: Console, frame: Frame, families: dict[str, str]) -> None:
    from rich.markup import escape

    about = f": {families[frame.family]}" if frame.family in families else ""
    console.print(f"\n[bold]{escape(frame.id)}[/]  [dim]{escape(frame.family + about)}[/]")
    console.print(f"  {escape(frame.definition)}")
    for title, lines in (("yes", frame.include), ("no", frame.exclude), ("or", frame.boundaries)):
        for line in lines:
            console.print(f"  [dim]{title}:[/] {escape(line)}")
    if frame.example:
        console.print(f"  [italic]“{escape(frame.example)}”[/]")
