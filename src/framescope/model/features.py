"""Features: TF-IDF over words, characters within words, concepts, and the shape of the text.

Blocks, each L2-normalised by itself, from what a :class:`TokenReader` reads: word n-grams,
character n-grams inside word boundaries (scikit-learn's ``char_wb``), concept n-grams and the shape
(:mod:`framescope.text.shape`). With word vectors, words that no text holds are counted too.
Term frequencies are sublinear (``1 + ln tf``), idf is smoothed, as in scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from framescope.model.feature_settings import BLOCKS, FeatureSettings
from framescope.model.vectors import WordVectors
from framescope.text.reading import TokenReader
from framescope.text.shape import shape_of


@dataclass(frozen=True)
class Counts:
    """N-gram counts of some texts: per block a CSR matrix (n, V) and its V n-grams.

    `tied` maps a block to the vectors (V, d) of its n-grams, all zero for n-grams without one.
    """

    matrices: dict[str, sparse.csr_matrix]
    grams: dict[str, NDArray[np.str_]]
    tied: dict[str, sparse.csr_matrix] = field(default_factory=dict)

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
    """Return what each block counts: masked words, concepts, or the shape."""
    token_lists = [reader.tokens(text) for text in texts]
    words = [" ".join(token.form for token in tokens) for tokens in token_lists]
    concepts = [
        " ".join(token.form for token in reader.concept_tokens(tokens)) for tokens in token_lists
    ]
    shapes = [" ".join(shape_of(tokens)) for tokens in token_lists]
    return {"word": words, "char": words, "concept": concepts, "shape": shapes}


def active_blocks(settings: FeatureSettings, reader: TokenReader) -> list[str]:
    """Return the names of the blocks that are counted."""
    return [b for b in BLOCKS if settings.sizes(b)[1] and (b != "concept" or reader.has_concepts)]


def count_ngrams(
    texts: Sequence[str],
    reader: TokenReader,
    settings: FeatureSettings,
    vectors: WordVectors | None = None,
) -> Counts:
    """Count the n-grams of all blocks in some texts, and the words that have a vector."""
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
    counts = Counts(matrices, grams)
    has_words = "word" in matrices and settings.word[0] == 1
    return _with_vectors(counts, vectors) if vectors and has_words else counts


def _with_vectors(counts: Counts, vectors: WordVectors) -> Counts:
    """Return the counts with a column for every word that has a vector, and the vectors."""
    matrix, grams = counts.matrices["word"], counts.grams["word"]
    counted = set(grams)
    unseen = np.array([word for word in vectors.words if word not in counted], dtype=object)
    wider = sparse.csr_matrix(
        (matrix.data, matrix.indices, matrix.indptr), (counts.rows, len(grams) + len(unseen))
    )
    every = np.concatenate([grams, unseen])
    return Counts(
        counts.matrices | {"word": wider},
        counts.grams | {"word": every},
        {"word": vectors.of(every.tolist())},
    )


def tfidf_transformer(idf: NDArray[np.floating] | None = None) -> TfidfTransformer:
    """Return scikit-learn's weighting, with a given idf or still to be fitted."""
    transformer = TfidfTransformer(sublinear_tf=True)
    if idf is not None:
        transformer.idf_ = idf
    return transformer
