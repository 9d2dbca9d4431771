"""Word vectors: what words mean elsewhere, as a help for learning from few texts.

A word's weight for a frame is the sum of one of its own, as always, and of its vector times a few learnt
numbers, so a word that training never saw is weighed like those it resembles. Scoring needs no vectors:
the sums are stored as the weights of any other n-gram.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framescope.errors import InputError

SCALE = 0.4
"""Length of a word's vector among the features; so the vectors weigh about as much as other blocks."""

LEAST_COVERAGE = 0.75
"""The share of a corpus's words that must have a vector; below, it is in another language."""


@dataclass(frozen=True)
class WordVectors:
    """Words (V,) and their vectors (V, d) of length :data:`SCALE`."""

    words: tuple[str, ...]
    matrix: NDArray[np.float64]

    @cached_property
    def known(self) -> frozenset[str]:
        """The words, for look-up."""
        return frozenset(self.words)

    def of(self, grams: Sequence[str]) -> sparse.csr_matrix:
        """Return the vectors (len(grams), d) of n-grams, zero for those without one."""
        number = {word: n for n, word in enumerate(self.words)}
        found = [(row, number[gram]) for row, gram in enumerate(grams) if gram in number]
        rows, words = np.array(found, dtype=np.int64).reshape(-1, 2).T
        place = sparse.csr_matrix(
            (np.ones(len(rows)), (rows, words)), (len(grams), len(self.words))
        )
        return sparse.csr_matrix(place @ sparse.csr_matrix(self.matrix))

    def cover(self, texts: Iterable[str]) -> bool:
        """Return whether most words of tokenised texts have a vector."""
        words = [word for text in texts for word in text.split() if word.isalpha()]
        return sum(word in self.known for word in words) >= LEAST_COVERAGE * max(len(words), 1)


def read_vectors(folder: Path) -> WordVectors:
    """Read ``words.txt`` (one a line) and ``vectors.npy`` (V, d; 8-bit integers) of a folder.

    Raises :class:`InputError` when a file is missing or the two do not fit each other.
    """
    try:
        words = (folder / "words.txt").read_text(encoding="utf-8").split()
        stored = np.load(folder / "vectors.npy", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read the word vectors in {folder}: {error}") from error
    if stored.ndim != 2 or len(stored) != len(words):
        raise InputError(
            f"{folder} holds {len(words)} words but vectors of shape {stored.shape}; "
            "one row for each word is needed."
        )
    lengths = np.maximum(np.linalg.norm(stored.astype(np.float64), axis=1, keepdims=True), 1e-9)
    return WordVectors(tuple(words), SCALE * stored / lengths)
