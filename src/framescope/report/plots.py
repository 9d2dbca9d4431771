"""Plots, with matplotlib (extra ``plot``)."""

from __future__ import annotations

from pathlib import Path

from framescope.errors import FramescopeError, OutputError
from framescope.evaluation import Evaluation


def reliability_plot(result: Evaluation, path: Path) -> None:
    """Draw observed share against mean probability of all decisions; the file type is the suffix's.

    Raises :class:`FramescopeError` without matplotlib, :class:`OutputError` when it cannot be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise FramescopeError(
            "plots need matplotlib; install it with: pip install 'framescope[plot]'"
        ) from error
    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.subplots()
    bins = [(p, share, n) for p, share, n in result.reliability if n]
    axes.plot([0, 1], [0, 1], color="0.7", linestyle="--", label="perfect calibration")
    axes.plot([b[0] for b in bins], [b[1] for b in bins], marker="o", label="model")
    for p, share, n in bins:
        axes.annotate(
            f"{int(n)}", (p, share), textcoords="offset points", xytext=(4, -10), fontsize=7
        )
    axes.set(xlabel="mean probability", ylabel="observed share", xlim=(0, 1), ylim=(0, 1))
    axes.set_title(f"Reliability (expected calibration error {result.calibration_error:.3f})")
    axes.legend()
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write the plot to {path}: {error}.") from error
