"""``framescope classify``: the frames of a statement or an article, with their voices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from framescope.cli.options import (
    JsonOption,
    MarginOption,
    ModelOption,
    ObjectiveOption,
    ThresholdOption,
)

if TYPE_CHECKING:
    from framescope.records import Reading


def classify(
    text: Annotated[str, typer.Argument(help="A statement, a file, or '-' for standard input.")],
    json: JsonOption = False,
    by_speaker: Annotated[
        bool, typer.Option("--by-speaker", help="Group the frames by who voices them.")
    ] = False,
    framed: Annotated[
        bool, typer.Option("--framed", help="Leave out statements without a frame.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Add what speaks for each frame.")
    ] = False,
    model: ModelOption = None,
    threshold: ThresholdOption = None,
    objective: ObjectiveOption = None,
    min_margin: MarginOption = 0.0,
) -> None:
    """Say which frames the statements of a text carry, and in whose mouth.

    For example:

        framescope classify "They escalate on purpose to launch a war."

        framescope classify article.txt --by-speaker

        cat article.txt | framescope classify - --json | jq '.statements[].frames'
    """
    from framescope.cli.texts import text_from
    from framescope.predictor import load_model

    source = text_from(text)
    predictor = load_model(model, threshold=threshold, objective=objective, min_margin=min_margin)
    _show(predictor.read(source, evidence=evidence), json, by_speaker, framed)


def _show(reading: Reading, json: bool, by_speaker: bool, framed: bool) -> None:
    if json:
        from framescope.cli.as_json import reading_as_json

        typer.echo(reading_as_json(reading))
    else:
        from framescope.cli.listing import print_by_speaker, print_reading

        print_by_speaker(reading) if by_speaker else print_reading(reading, framed)
