"""Agreement between two readers who labelled the same statements (Krippendorff's alpha)."""

from __future__ import annotations

from collections.abc import Sequence

from nltk.metrics.agreement import AnnotationTask

Labels = Sequence[Sequence[str]]


def alpha_per_frame(first: Labels, second: Labels, frames: Sequence[str]) -> dict[str, float]:
    """Return Krippendorff's alpha of each frame, present or absent, over two readers' labels.

    1 is full agreement, 0 what chance would give (Krippendorff 1980; computed by NLTK). A frame that
    neither reader ever used has alpha 1.

    >>> alpha_per_frame([["a"], []], [["a"], []], ["a"])
    {'a': 1.0}
    """
    return {frame: _alpha(first, second, frame) for frame in frames}


def _alpha(first: Labels, second: Labels, frame: str) -> float:
    marks = [(frame in a, frame in b) for a, b in zip(first, second, strict=True)]
    if len({mark for pair in marks for mark in pair}) < 2:
        return 1.0
    data = [(reader, n, pair[r]) for n, pair in enumerate(marks) for r, reader in enumerate("ab")]
    return round(float(AnnotationTask(data).alpha()), 3)


def exact_agreement(first: Labels, second: Labels) -> float:
    """Return the share of statements to which both readers gave the same set of frames."""
    same = [set(a) == set(b) for a, b in zip(first, second, strict=True)]
    return sum(same) / max(len(same), 1)
