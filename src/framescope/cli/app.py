"""The command line: one app, one place where errors are caught."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from framescope.errors import FramescopeError

app = typer.Typer(
    name="framescope",
    help="Which frames does a statement carry, who voices them, and on what evidence?",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from framescope import __version__

        typer.echo(f"framescope {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show version.")
    ] = False,
) -> None:
    """Say which frames a statement carries, who voices them, and on what evidence."""


def _register() -> None:
    from framescope.cli.audit import audit
    from framescope.cli.classify import classify
    from framescope.cli.codebook import codebook
    from framescope.cli.evaluate import evaluate
    from framescope.cli.explain import explain
    from framescope.cli.score import score
    from framescope.cli.train import train

    for command in (classify, score, explain, train, evaluate, audit, codebook):
        app.command()(command)


_register()


def main() -> None:
    """Run the command line; print errors of ours on standard error and exit with code 1."""
    try:
        app()
    except FramescopeError as error:
        _complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        _complain("stopped.")
        sys.exit(130)


def _complain(message: str) -> None:
    typer.secho("error: ", fg="red", bold=True, nl=False, err=True)
    typer.echo(message, err=True)
