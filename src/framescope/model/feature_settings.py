"""Which n-grams a model counts, and the n-grams of one text, in plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BLOCKS = ("word", "char", "concept", "shape")
"""Word, character and concept n-grams; the shape of the text."""


@dataclass(frozen=True, slots=True)
class FeatureSettings:
    """Which n-grams are counted: (shortest, longest) for each block; (0, 0) leaves a block out."""

    word: tuple[int, int] = (1, 2)
    char: tuple[int, int] = (2, 5)
    concept: tuple[int, int] = (1, 2)
    shape: tuple[int, int] = (0, 0)
    min_df: int = 1

    def sizes(self, block: str) -> tuple[int, int]:
        """Return the n-gram range of a block."""
        ranges: dict[str, tuple[int, int]] = {b: getattr(self, b) for b in BLOCKS}
        return ranges[block]


def word_ngrams(forms: Sequence[str], sizes: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """Yield each word n-gram with the numbers of its first and last token."""
    for size in range(sizes[0], sizes[1] + 1):
        for first in range(len(forms) - size + 1):
            yield " ".join(forms[first : first + size]), first, first + size - 1


def char_ngrams(form: str, sizes: tuple[int, int]) -> Iterator[str]:
    """Yield the character n-grams of a word in blanks, as scikit-learn's ``char_wb`` does.

    >>> list(char_ngrams("ab", (2, 3)))
    [' a', 'ab', 'b ', ' ab', 'ab ']
    """
    padded = f" {form} "
    for size in range(sizes[0], sizes[1] + 1):
        last = max(len(padded) - size, 0)
        for offset in range(last + 1):
            yield padded[offset : offset + size]
        if last == 0:
            break
