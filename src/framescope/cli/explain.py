"""``framescope explain``: why a statement gets its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from framescope.cli.options import ModelOption

if TYPE_CHECKING:
    from framescope.predictor import Predictor
    from framescope.records import StatementReading


def explain(
    text: Annotated[str, typer.Argument(help="A statement, a file, or '-' for standard input.")],
    frame: Annotated[
        list[str] | None, typer.Option("--frame", help="Explain this frame; default: those found.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="Words and word pairs shown per frame.")] = 10,
    model: ModelOption = None,
) -> None:
    """Show the words that speak for and against each frame, in log-odds that add up.

    For example:

        framescope explain "The so-called government is run from abroad."
    """
    from framescope.cli.texts import text_from
    from framescope.predictor import load_model

    predictor = load_model(model)
    frames = tuple(frame or ())
    for statement in predictor.read(text_from(text), evidence=True, frames=frames).statements:
        _print(predictor, statement, most)


def _no_frame(predictor: Predictor, statement: StatementReading) -> str:
    bars = zip(predictor.frames, predictor.thresholds, strict=True)
    alone = [frame for frame, threshold in bars if statement.scores[frame] >= threshold]
    if alone:
        return f"no frame: {', '.join(alone)} stands alone; --frame {alone[0]} shows what speaks for it"
    return "no frame; name one with --frame to see what speaks against it"


def _print(predictor: Predictor, statement: StatementReading, most: int) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    console.print(f"[bold]{escape(' '.join(statement.text.split()))}[/]")
    if statement.abstained:
        console.print(f"    [yellow]no answer: {statement.abstained.replace('_', ' ')}[/]")
    elif not statement.evidence:
        console.print(f"    [dim]{_no_frame(predictor, statement)}[/]")
    for name, spans in statement.evidence.items():
        total = sum(span.weight for span in spans) + predictor.bias(name)
        probability = statement.scores[name]
        console.print(f"    [bold]{name}[/]  probability {probability:.3f}, log-odds {total:+.2f}")
        for span in spans[:most]:
            voice = f"  [dim]{escape(span.speaker)}[/]" if span.speaker else ""
            words = escape(" ".join(span.text.split()))
            console.print(f"        {span.weight:+6.2f}  {words}{voice}")
        rest = sum(span.weight for span in spans[most:])
        console.print(f"        {rest:+6.2f}  [dim]{max(len(spans) - most, 0)} others[/]")
        console.print(f"        {predictor.bias(name):+6.2f}  [dim]before any word[/]")
