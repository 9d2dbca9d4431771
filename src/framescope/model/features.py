"""Features: TF-IDF over words, characters within words, and concepts.

Three blocks, each L2-normalised by itself, from what a :class:`TokenReader` reads: word n-grams,
character n-grams inside word boundaries (scikit-learn's ``char_wb``) and concept n-grams.
Term frequencies are sublinear (``1 + ln tf``), idf is smoothed, as in scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from framescope.model.feature_settings import BLOCKS, FeatureSettings
from framescope.text.reading import TokenReader


@dataclass(frozen=True)
class Counts:
    """N-gram counts of some texts: per block a CSR matrix (n, V) and its V n-grams."""

    matrices: dict[str, sparse.csr_matrix]
    grams: dict[str, NDArray[np.str_]]

    @property
    def rows(self) -> int:
        """The number of texts."""
        return int(next(iter(self.matrices.values())).shape[0])


def count_vectorizer(
    block: str, settings: FeatureSettings, vocabulary: Sequence[str] | None = None
) -> CountVectorizer:
    """Return scikit-learn's counter of a block, for texts that a token reader has prepared."""
    return CountVectorizer(
        analyzer="char_wb" if block == "char" else "word",
        ngram_range=settings.sizes(block),
        token_pattern=None if block == "char" else r"\S+",
        lowercase=False,
        vocabulary=vocabulary,
        dtype=np.int32,
    )


def prepared(texts: Sequence[str], reader: TokenReader) -> dict[str, list[str]]:
    """Return what each block counts: the masked words for two, the concepts for the third."""
    token_lists = [reader.tokens(text) for text in texts]
    words = [" ".join(token.form for token in tokens) for tokens in token_lists]
    concepts = [
        " ".join(token.form for token in reader.concept_tokens(tokens)) for tokens in token_lists
    ]
    return {"word": words, "char": words, "concept": concepts}


def active_blocks(settings: FeatureSettings, reader: TokenReader) -> list[str]:
    """Return the names of the blocks that are counted."""
    return [b for b in BLOCKS if settings.sizes(b)[1] and (b != "concept" or reader.has_concepts)]


def count_ngrams(texts: Sequence[str], reader: TokenReader, settings: FeatureSettings) -> Counts:
    """Count the n-grams of all blocks in some texts."""
    sources = prepared(texts, reader)
    matrices: dict[str, sparse.csr_matrix] = {}
    grams: dict[str, NDArray[np.str_]] = {}
    for block in active_blocks(settings, reader):
        counter = count_vectorizer(block, settings)
        try:
            matrices[block] = counter.fit_transform(sources[block])
        except ValueError:  # an empty vocabulary: nothing to count in this block
            continue
        grams[block] = counter.get_feature_names_out()
    return Counts(matrices, grams)


def tfidf_transformer(idf: NDArray[np.floating] | None = None) -> TfidfTransformer:
    """Return scikit-learn's weighting, with a given idf or still to be fitted."""
    transformer = TfidfTransformer(sublinear_tf=True)
    if idf is not None:
        transformer.idf_ = idf
    return transformer
