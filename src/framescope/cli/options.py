"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ModelOption = Annotated[
    Path | None, typer.Option("--model", help="Model folder; default: the shipped one.")
]
ThresholdOption = Annotated[
    float | None, typer.Option("--threshold", help="One probability for all frames.")
]
ObjectiveOption = Annotated[
    str | None,
    typer.Option("--objective", help="f1, precision>=0.8, recall>=0.9 or cost=MISS:FALSE."),
]
MarginOption = Annotated[
    float,
    typer.Option(
        "--min-margin", min=0.0, max=1.0, help="Abstain when the best frame is closer than this."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TextColumnOption = Annotated[
    str, typer.Option("--text-column", help="Column that holds the texts.")
]
FramesColumnOption = Annotated[
    str, typer.Option("--frames-column", help="Column that holds frame ids joined by '|'.")
]
GroupOption = Annotated[
    list[str] | None,
    typer.Option("--group-column", help="Rows equal here stay on one side of every split."),
]
CodebookOption = Annotated[
    Path | None, typer.Option("--codebook", help="Your own codebook file (TOML).")
]
