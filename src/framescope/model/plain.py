"""The plain scorer: a few texts at a time in pure Python, with the share of every n-gram.

It needs neither scikit-learn nor Numba, so the command line starts fast; it is also where evidence
comes from. Batches go to the compiled scorer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framescope.model.abstention import TextFacts, facts_of
from framescope.model.feature_settings import char_ngrams, word_ngrams
from framescope.model.trained import TrainedModel
from framescope.text.normalise import Token, tokenise
from framescope.text.shape import shape_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """An n-gram's share of every frame's score (K,), and where in the text the n-gram stands."""

    block: str
    gram: str
    places: tuple[tuple[int, int], ...]
    scores: Floats


class PlainScorer:
    """Scores texts one by one."""

    def __init__(self, trained: TrainedModel) -> None:
        self.trained = trained
        self._index = {
            block: {gram: i for i, gram in enumerate(grams)}
            for block, grams in trained.linear.grams.items()
        }

    def decision(self, texts: Sequence[str]) -> Floats:
        """Return uncalibrated scores (n, K), in log-odds."""
        rows = [self.score(tokenise(text)) for text in texts]
        return np.array(rows).reshape(len(rows), len(self.trained.frames))

    def score(self, tokens: list[Token]) -> Floats:
        """Return the scores (K,) of one tokenised text."""
        total = self.trained.linear.intercept.astype(np.float64).copy()
        for share in self.shares(tokens):
            total += share.scores
        return total

    def facts(self, tokens: list[Token]) -> TextFacts:
        """Return the counts that abstention is decided on."""
        return facts_of(tokens, self._masked(tokens), self.trained.language)

    def _masked(self, tokens: list[Token]) -> list[Token]:
        gazetteer = self.trained.reader.gazetteer
        return gazetteer.mask(tokens) if gazetteer else tokens

    def shares(self, tokens: list[Token]) -> Iterator[Share]:
        """Yield what every known n-gram of a text adds to the scores."""
        masked = self._masked(tokens)
        for block, index in self._index.items():
            places: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for gram, start, end in self._grams(block, masked):
                if gram in index:
                    places[gram].append((start, end))
            yield from self._weighted(block, index, places)

    def _weighted(
        self, block: str, index: dict[str, int], places: dict[str, list[tuple[int, int]]]
    ) -> Iterator[Share]:
        linear = self.trained.linear
        weights = {
            gram: (1.0 + math.log(len(found))) * float(linear.idf[block][index[gram]])
            for gram, found in places.items()
        }
        norm = math.sqrt(sum(weight * weight for weight in weights.values()))
        for gram, found in places.items():
            row = linear.coef[block][index[gram]].astype(np.float64)
            yield Share(block, gram, tuple(found), row * (weights[gram] / norm))

    def _grams(self, block: str, tokens: list[Token]) -> Iterator[tuple[str, int, int]]:
        sizes = self.trained.features.sizes(block)
        if block == "char":
            for token in tokens:
                for gram in char_ngrams(token.form, sizes):
                    yield gram, token.start, token.end
            return
        if block == "shape":
            for form in shape_of(tokens):
                yield form, tokens[0].start, tokens[-1].end
            return
        if block == "concept":
            tokens = self.trained.reader.concept_tokens(tokens)
        for gram, first, last in word_ngrams([token.form for token in tokens], sizes):
            yield gram, tokens[first].start, tokens[last].end
