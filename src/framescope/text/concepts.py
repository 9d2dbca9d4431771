"""Concepts: words that say the same thing in different ways, from a lexicon written by the project.

A concept groups words (``lie``), word beginnings (``fabricat*``) and short phrases
(``behind the scenes``). The concepts of a statement, in order, are a second, shorter sentence whose
n-grams are features: they carry what was learnt from one wording to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from framescope.errors import InputError
from framescope.text.normalise import Token, tokenise

MAX_PHRASE = 6
MIN_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the lexicon: folded words, the concept's name, and whether the last is a beginning."""

    words: tuple[str, ...]
    concept: str
    prefix: bool


class Lexicon:
    """Finds the concepts in a list of (masked) tokens.

    A phrase beats a word, a whole word beats a beginning, a longer beginning beats a shorter one.

    >>> lexicon = Lexicon(parse_terms("deceit: lie, fabricat*, cover up"))
    >>> [t.form for t in lexicon.concepts(tokenise("A fabricated lie to cover up"))]
    ['deceit', 'deceit', 'deceit']
    """

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        unique = {(term.words, term.prefix): term for term in reversed(list(terms))}
        self.terms = tuple(sorted(unique.values(), key=lambda t: (t.words, t.prefix)))
        self._phrases: dict[str, list[Term]] = {}
        self._words: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        for term in sorted(self.terms, key=lambda t: -len(t.words)):
            self._add(term)
        self.concept_of = lru_cache(maxsize=50_000)(self._concept_of)

    def _add(self, term: Term) -> None:
        if len(term.words) > 1:
            self._phrases.setdefault(term.words[0], []).append(term)
        else:
            (self._prefixes if term.prefix else self._words)[term.words[0]] = term.concept

    def __len__(self) -> int:
        return len(self.terms)

    def __getstate__(self) -> tuple[Term, ...]:
        return self.terms

    def __setstate__(self, terms: tuple[Term, ...]) -> None:
        self.__init__(terms)  # type: ignore[misc]

    def phrases_in_matching_order(self) -> list[Term]:
        """Return the phrases, those with the same first word together, the longest first."""
        return [term for terms in self._phrases.values() for term in terms]

    def concepts(self, tokens: list[Token]) -> list[Token]:
        """Return one token per concept found, its form the concept's name; placeholders stay."""
        return list(self._walk(tokens))

    def _walk(self, tokens: list[Token]) -> Iterator[Token]:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            phrase = self._phrase_at(tokens, position)
            size = len(phrase.words) if phrase else 1
            concept = phrase.concept if phrase else self.concept_of(token.form)
            if concept:
                yield Token(concept, token.start, tokens[position + size - 1].end, 0)
            position += size

    def _phrase_at(self, tokens: list[Token], position: int) -> Term | None:
        for term in self._phrases.get(tokens[position].form, ()):
            end = position + len(term.words)
            if end <= len(tokens) and all(
                tokens[position + i].form == word for i, word in enumerate(term.words)
            ):
                return term
        return None

    def _concept_of(self, form: str) -> str:
        """Return the concept of a single word, or an empty string; placeholders are concepts."""
        if form in ("X", "Y"):
            return form
        if form in self._words:
            return self._words[form]
        for size in range(len(form), MIN_PREFIX - 1, -1):
            if concept := self._prefixes.get(form[:size]):
                return concept
        return ""


def parse_terms(line: str) -> list[Term]:
    """Read one line of a lexicon, ``concept: word, begin*, short phrase``; comments have no terms."""
    if not line.strip() or line.lstrip().startswith("#"):
        return []
    concept, colon, words = line.partition(":")
    name = concept.strip()
    if not colon or not name.replace("_", "").isalnum() or not name.islower():
        raise ValueError(f"{line.strip()[:60]!r} is not 'concept: word, begin*, short phrase'")
    return [term for word in words.split(",") for term in _term(word.strip(), name)]


def _term(written: str, concept: str) -> list[Term]:
    prefix = written.endswith("*")
    forms = tuple(token.form for token in tokenise(written.rstrip("*")))
    if not forms:
        return []
    if len(forms) > MAX_PHRASE or (prefix and (len(forms) > 1 or len(forms[0]) < MIN_PREFIX)):
        raise ValueError(
            f"{written!r}: at most {MAX_PHRASE} words, and '*' only after {MIN_PREFIX} letters of one word"
        )
    return [Term(forms, concept, prefix)]


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon file; raises :class:`InputError` with the line that cannot be read."""
    terms: list[Term] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the lexicon {path}: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            terms += parse_terms(line)
        except ValueError as error:
            raise InputError(f"{path}, line {number}: {error}.") from error
    return Lexicon(terms)
