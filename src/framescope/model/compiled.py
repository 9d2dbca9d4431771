"""The compiled scorer: many texts at a time, with the kernel of :mod:`framescope.model.kernel`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from framescope.model import kernel
from framescope.model.feature_settings import BLOCKS
from framescope.model.hashing import SEEDS, gram_key, gram_keys
from framescope.model.trained import TrainedModel
from framescope.text.concepts import Lexicon
from framescope.text.masking import MAX_WORDS, Gazetteer
from framescope.text.normalise import fold_codepoint
from framescope.text.scripts import script_of
from framescope.text.shape import KINDS, LENGTHS

_KINDS = {kind: number for number, kind in enumerate("Ww'-f.@#_ pu", 1)}
_WORD = SEEDS["word"]
_REMEMBERED = 1 << 16
_POOL = 1 << 22
_AT_ONCE = 1024


class CompiledScorer:
    """Scores batches of texts with one pass over their code points.

    Not safe for use by several threads at once: it keeps a memory of the words it has met.
    """

    def __init__(self, trained: TrainedModel) -> None:
        self.trained = trained
        self._tables = _tables(trained)
        self._memory: kernel.Memory | None = None

    def score(self, texts: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return uncalibrated scores (n, K) and facts (n, 4).

        The facts are the fields of :class:`framescope.model.abstention.TextFacts`.
        """
        scores = np.tile(self.trained.linear.intercept, (len(texts), 1)).astype(np.float64)
        facts = np.zeros((len(texts), 4), np.int64)
        for start in range(0, len(texts), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            self._score_part(texts[part], scores[part], facts[part])
        return scores, facts

    def _score_part(
        self, texts: Sequence[str], scores: NDArray[np.float64], facts: NDArray[np.int64]
    ) -> None:
        """Add to the scores and write the facts of a few texts, whose code points fit the cache."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        raw = "".join(texts).encode("utf-32-le", "surrogatepass")
        memory = self._room_for(int(lengths.max(initial=0)))
        kernel.score_texts(
            np.frombuffer(raw, np.uint32), offsets, self._tables, memory, scores, facts
        )

    def decision(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return uncalibrated scores (n, K), in log-odds."""
        return self.score(texts)[0]

    def _room_for(self, longest: int) -> kernel.Memory:
        """Return the memory, enlarged when the longest text of a batch would not fit into it."""
        words = max(_REMEMBERED, longest + 4)
        pool = max(_POOL, (int(self._tables.sizes[1, 1]) + 1) * (3 * longest + 64))
        if (
            self._memory is None
            or len(self._memory.concepts) < words
            or len(self._memory.pool) < pool
        ):
            self._memory = _memory(words, pool, *self._tables.rows.shape)
        return self._memory


def _memory(words: int, pool: int, grams: int, width: int) -> kernel.Memory:
    slots = _capacity(2 * words)
    return kernel.Memory(
        keys=np.zeros(slots, np.uint64),
        slots=np.full(slots, -1, np.int64),
        pool=np.zeros(pool, np.int32),
        sums=np.zeros((words, width), np.float64),
        unigrams=np.zeros(words, np.int64),
        starts=np.zeros(words + 1, np.int64),
        concepts=np.zeros(words, np.int64),
        actors=np.zeros(words, np.int64),
        phrases=np.zeros(words, np.int64),
        known=np.zeros(words, np.int64),
        is_word=np.zeros(words, np.int64),
        letters=np.zeros(words, np.int64),
        familiar=np.zeros(words, np.int64),
        used=np.zeros(1, np.int64),
        counts=np.zeros(max(grams, 1), np.int32),
        tick=np.zeros(1, np.int64),
        touched=np.zeros(max(grams, 1), np.int64),
        repeated=np.zeros(grams + 1, np.int32),
    )


def _capacity(items: int) -> int:
    return 1 << max(4, (2 * items - 1).bit_length())


Map = tuple[NDArray[np.uint64], NDArray[np.int64]]


def _map(keys: NDArray[np.uint64], values: Iterable[int]) -> Map:
    """Return an open-addressing map, at most half full."""
    size = _capacity(len(keys))
    table = np.zeros(size, np.uint64), np.full(size, -1, np.int64)
    kernel.fill(*table, keys, np.array(list(values), dtype=np.int64))
    return table


def _word_keys(words: Iterable[str]) -> NDArray[np.uint64]:
    return np.array([gram_key(_WORD, word) for word in words], dtype=np.uint64)


def _code_point_tables(scripts: tuple[str, ...]) -> dict[str, NDArray[np.generic]]:
    folds = [fold_codepoint(c) for c in range(65536)]
    familiar = [script_of(c) in scripts for c in range(65536)]
    astral = [name in scripts for name in ("latin", "han", "other")]
    return {
        "kind": np.array([_KINDS.get(kind, 0) for kind, _ in folds], np.uint8),
        "folded": np.array([ord(char) if char else 0 for _, char in folds], np.uint32),
        "familiar": np.array([*familiar, *astral], np.uint8),
    }


def _actor_tables(gazetteer: Gazetteer | None) -> dict[str, NDArray[np.generic]]:
    entries = gazetteer.in_matching_order() if gazetteer else []
    first = _word_keys(e.words[0] for e in entries)
    keys, firsts = _map(first, range(len(entries)))
    return {
        "actor_keys": keys,
        "actor_firsts": firsts,
        "actor_first": first,
        "actor_words": _padded([e.words for e in entries]),
        "actor_lengths": np.array([len(e.words) for e in entries], np.int64),
        "actor_cases": np.array([e.case for e in entries], np.int64),
        "actor_marks": np.array([ord(e.placeholder) for e in entries], np.uint32),
    }


def _padded(rows: list[tuple[str, ...]]) -> NDArray[np.uint64]:
    padded = np.zeros((len(rows), MAX_WORDS), np.uint64)
    for n, words in enumerate(rows):
        padded[n, : len(words)] = _word_keys(words)
    return padded


def _concept_tables(
    lexicon: Lexicon | None, grams: Sequence[str], first_gram: int
) -> dict[str, NDArray[np.generic]]:
    terms = lexicon.terms if lexicon else ()
    names = ["X", "Y", *sorted({t.concept for t in terms})] if terms else []
    number = {name: n for n, name in enumerate(names)}
    phrases = lexicon.phrases_in_matching_order() if lexicon else []
    singles = [t for t in terms if len(t.words) == 1 and not t.prefix]
    prefixes = [t for t in terms if t.prefix]
    first = _word_keys(t.words[0] for t in phrases)
    phrase_keys, phrase_firsts = _map(first, range(len(phrases)))
    term_keys, term_concepts = _map(
        _word_keys(t.words[0] for t in singles), [number[t.concept] for t in singles]
    )
    prefix_keys, prefix_concepts = _map(
        _word_keys(t.words[0] for t in prefixes), [number[t.concept] for t in prefixes]
    )
    return {
        "phrase_keys": phrase_keys,
        "phrase_firsts": phrase_firsts,
        "phrase_first": first,
        "phrase_words": _padded([t.words for t in phrases]),
        "phrase_lengths": np.array([len(t.words) for t in phrases], np.int64),
        "phrase_concepts": np.array([number[t.concept] for t in phrases], np.int64),
        "term_keys": term_keys,
        "term_concepts": term_concepts,
        "prefix_keys": prefix_keys,
        "prefix_concepts": prefix_concepts,
        **_concept_grams(names, grams, first_gram),
        "concept_chars": np.array([ord(c) for c in "".join(names)], np.uint32),
        "concept_starts": np.cumsum([0, *map(len, names)]).astype(np.int64),
    }


def _concept_grams(
    names: Sequence[str], grams: Sequence[str], first_gram: int
) -> dict[str, NDArray[np.generic]]:
    """Return which n-gram a concept is, and which n-gram two concepts make."""
    number = {name: n for n, name in enumerate(names)}
    single = np.full(len(names), -1, np.int64)
    pairs = np.full((len(names), len(names)), -1, np.int64)
    for gram, written in enumerate(grams, first_gram):
        parts = [number[name] for name in str(written).split(" ")]
        if len(parts) == 1:
            single[parts[0]] = gram
        elif len(parts) == 2:
            pairs[parts[0], parts[1]] = gram
    return {"concept_single": single, "concept_pairs": pairs}


def _shape_tables(grams: Sequence[str], first_gram: int) -> dict[str, NDArray[np.generic]]:
    """Return where the classes of length begin, and which n-gram every class of shape is."""
    number = {gram: n for n, gram in enumerate(grams, first_gram)}
    ids = np.full((len(KINDS), len(LENGTHS) + 1), -1, np.int64)
    for kind, names in enumerate(KINDS):
        ids[kind, : len(names)] = [number.get(name, -1) for name in names]
    return {"shape_lengths": np.array(LENGTHS, np.int64), "shape_ids": ids}


def _tables(trained: TrainedModel) -> kernel.Tables:
    linear, reader = trained.linear, trained.reader
    keys = np.concatenate([gram_keys(b, g) for b, g in linear.grams.items()])
    idf = np.concatenate([linear.idf[b] for b in linear.grams]).astype(np.float64)
    coef = np.concatenate([linear.coef[b] for b in linear.grams]).astype(np.float64)
    keys_table, ids_table = _map(keys, range(len(keys)))
    known_keys, known_values = _map(
        _word_keys(trained.language.words), [1] * len(trained.language.words)
    )
    active = [block in linear.grams for block in BLOCKS]
    sizes = [
        trained.features.sizes(b) if on else (0, 0) for b, on in zip(BLOCKS, active, strict=True)
    ]
    ends = np.cumsum([len(linear.grams.get(b, ())) for b in BLOCKS])
    return kernel.Tables(
        **_code_point_tables(trained.language.scripts),
        gram_keys=keys_table,
        gram_ids=ids_table,
        rows=np.column_stack([coef * idf[:, None], idf]).astype(np.float32),
        block_ends=ends.astype(np.int64),
        seeds=np.array([SEEDS[b] for b in BLOCKS], np.uint64),
        sizes=np.array(sizes, np.int64),
        **_actor_tables(reader.gazetteer),
        **_concept_tables(reader.lexicon, linear.grams.get("concept", ()), int(ends[1])),
        **_shape_tables(linear.grams.get("shape", ()), int(ends[2])),
        known_keys=known_keys,
        known_values=known_values,
        logs=(1.0 + np.log(np.maximum(np.arange(256), 1))).astype(np.float64),
    )
