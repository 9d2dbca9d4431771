"""From raw text to the two token streams the model counts: masked words, and concepts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from framescope.text.concepts import Lexicon
from framescope.text.masking import Gazetteer
from framescope.text.normalise import Token, tokenise
from framescope.text.shape import shape_of


@dataclass(frozen=True)
class TokenReader:
    """Reads texts into masked words and concepts. Empty gazetteer and lexicon leave texts as folded.

    >>> TokenReader().words("Words, WORDS!")
    'words , words !'
    """

    gazetteer: Gazetteer | None = None
    lexicon: Lexicon | None = None

    @cached_property
    def has_concepts(self) -> bool:
        """Whether there is a lexicon with anything in it."""
        return bool(self.lexicon)

    def tokens(self, text: str) -> list[Token]:
        """Return the folded tokens of a text, actors masked."""
        tokens = tokenise(text)
        return self.gazetteer.mask(tokens) if self.gazetteer else tokens

    def words(self, text: str) -> str:
        """Return the forms of the tokens, joined by single spaces."""
        return " ".join(token.form for token in self.tokens(text))

    def concept_tokens(self, tokens: list[Token]) -> list[Token]:
        """Return the concepts among some tokens."""
        return self.lexicon.concepts(tokens) if self.lexicon else []

    def concepts(self, text: str) -> str:
        """Return the names of the concepts, joined by single spaces."""
        return " ".join(token.form for token in self.concept_tokens(self.tokens(text)))

    def shape(self, text: str) -> str:
        """Return the shape tokens, joined by single spaces."""
        return " ".join(shape_of(self.tokens(text)))
