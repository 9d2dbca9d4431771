"""When the model declines: no words, too few, another script, or words it has never seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framescope.model.scores import ABSTENTION_REASONS
from framescope.records import AbstentionReason
from framescope.text.normalise import Token, fold_codepoint
from framescope.text.reading import TokenReader
from framescope.text.scripts import main_scripts, script_of

MOST_COVERAGE_NEEDED = 0.5
"""A model never asks for a larger share of known words than this."""
ENOUGH_TEXTS, RARE_WORD = 2_000, 3
"""From so many texts on, a word counts as known when it is in at least so many of them."""
SCRIPT_SHARE = 0.5
"""The share of letters that must be of a script the model was trained on."""


@dataclass(frozen=True)
class KnownLanguage:
    """What a model has read: its words, its scripts, and how few known words it answers to.

    A text with fewer than `min_words` words is too short; one with a smaller share of known words
    than `min_coverage` has unknown words.
    """

    words: frozenset[str]
    scripts: tuple[str, ...]
    min_words: int
    min_coverage: float


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Counts that abstention is decided on: words, known words, letters, letters of known scripts."""

    words: int
    known: int
    letters: int
    familiar: int


def is_word(form: str) -> bool:
    """Return whether a token is a word of two letters or more: no mark, number, link or actor."""
    return len(form) > 1 and form[0] != "0" and fold_codepoint(ord(form[0]))[0] in ("w", "W")


def learn_language(texts: Sequence[str], reader: TokenReader) -> KnownLanguage:
    """Return what some training texts teach about words and scripts.

    The coverage asked for is what nearly all texts reach with the words of the other half of the
    corpus, and at most :data:`MOST_COVERAGE_NEEDED`, so that a small corpus does not refuse most texts.
    """
    rows = [[t.form for t in reader.tokens(text) if is_word(t.form)] for text in texts]
    counts = Counter(form for row in rows for form in set(row))
    least = RARE_WORD if len(texts) >= ENOUGH_TEXTS else 1
    halves = [_words_of(rows[start::2], counts, least) for start in (0, 1)]
    shares = [
        sum(form in halves[1 - n % 2] for form in row) / len(row)
        for n, row in enumerate(rows)
        if row
    ]
    needed = 0.6 * float(np.quantile(shares, 0.01)) if shares else 0.0
    lengths = [len(row) for row in rows if row]
    return KnownLanguage(
        words=halves[0] | halves[1],
        scripts=main_scripts(texts),
        min_words=int(min(2, np.quantile(lengths, 0.01))) if lengths else 1,
        min_coverage=round(min(MOST_COVERAGE_NEEDED, needed), 3),
    )


def _words_of(rows: list[list[str]], counts: Counter[str], least: int) -> frozenset[str]:
    return frozenset(form for row in rows for form in row if counts[form] >= least)


def facts_of(raw: Iterable[Token], masked: Iterable[Token], language: KnownLanguage) -> TextFacts:
    """Count words (actors masked) and letters (as written) of a text."""
    forms = [token.form for token in masked if is_word(token.form)]
    letters = [
        char for token in raw if is_word(token.form) for char in token.form if char not in "0'"
    ]
    return TextFacts(
        words=len(forms),
        known=sum(form in language.words for form in forms),
        letters=len(letters),
        familiar=sum(script_of(ord(char)) in language.scripts for char in letters),
    )


def abstention_codes(facts: NDArray[np.int64], language: KnownLanguage) -> NDArray[np.int8]:
    """Return, for facts (n, 4) of texts, the code of the reason to abstain, or 0; (n,).

    The columns are the fields of :class:`TextFacts`; codes are those of :class:`BatchScores`.

    >>> abstention_codes(np.zeros((1, 4), int), KnownLanguage(frozenset(), ("latin",), 2, 0.3))
    array([1], dtype=int8)
    """
    words, known, letters, familiar = facts.T
    found: dict[AbstentionReason, NDArray[np.bool_]] = {
        "empty": (words == 0) & (letters == 0),
        "wrong_script": familiar < SCRIPT_SHARE * letters,
        "too_short": words < max(language.min_words, 1),
        "unknown_words": known < language.min_coverage * words,
    }
    codes = [reason_code(reason) for reason in found]
    return np.select(list(found.values()), codes, default=0).astype(np.int8)


def reason_code(reason: AbstentionReason) -> int:
    """Return the code of a reason in :class:`BatchScores`."""
    return ABSTENTION_REASONS.index(reason) + 1
