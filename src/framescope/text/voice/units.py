"""Sentences as lists of words, with whole quotations folded into single words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from framescope.text.voice.quotations import Quotation, outermost

#: The word that stands for a whole quotation. A private-use character: no text spells it.
QUOTE: Final = "\ue000"

_TOKEN: Final = re.compile(
    "\ue000[\ue000\\s]*(?:[.!?\u2026,]{0,4}[\"'\u2019\u201d\u00bb\u201c\u00ab\u2018\u203a\u2039])?"
    "|[^\\W_]+(?:['\u2019.&-][^\\W_]+)*|[^\\w\\s]"
)
_END_OF_QUOTE: Final = re.compile(r"[.!?\u2026]{1,6}[^\w\s]{0,2}$")
_MARKS: Final = (
    "\"'`\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2018\u2019\u201a\u300c\u300d "
)
_SPEECH_WORDS: Final = 4
_CLOSERS: Final = frozenset(".!?")


@dataclass(slots=True)
class Unit:
    """A sentence as lower-case words and marks.

    ``last`` is the index after its last word, the closing full stop left out. The places of the
    words are found again when a span is asked for: most sentences are never asked.
    """

    words: list[str]
    last: int
    _text: str
    _start: int
    _end: int
    _places: list[tuple[int, int]] | None = None

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Return the character span of the words ``first`` up to, not including, ``after``."""
        if self._places is None:
            found = _TOKEN.finditer(self._text, self._start, self._end)
            self._places = list(map(re.Match.span, found))
        return self._places[first][0], self._places[after - 1][1]


def inner_text(text: str, quotation: Quotation) -> str:
    """Return the words of a quotation without its marks.

    >>> inner_text('He said "no".', Quotation(8, 12))
    'no'
    """
    return text[quotation.start : quotation.end].strip(_MARKS)


def is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation reads like speech rather than like a scare quote or a title.

    >>> is_speech('the "so-called" deal', Quotation(4, 15))
    False
    """
    inner = inner_text(text, quotation)
    return (inner[-1:] in ".!?\u2026," and inner != "") or inner.count(" ") + 1 >= _SPEECH_WORDS


def fold_quotations(text: str, quotations: Sequence[Quotation]) -> tuple[str, list[Quotation]]:
    """Return the text with every quotation of speech blanked out, and those quotations.

    The returned text has the same length. The full stop and the mark at the end of a quotation
    stay, because they may end the sentence around it.
    """
    pieces: list[str] = []
    folded: list[Quotation] = []
    done = 0
    for quotation in outermost(quotations):
        if not is_speech(text, quotation):
            continue
        folded.append(quotation)
        body = text[quotation.start : quotation.end]
        end = _END_OF_QUOTE.search(body, max(1, len(body) - 9))
        kept = end.group() if end else ""
        pieces += (text[done : quotation.start], QUOTE * (len(body) - len(kept)), kept)
        done = quotation.end
    return "".join([*pieces, text[done:]]), folded


def lowered(text: str) -> str:
    """Return the text in lower case with straight apostrophes, at the same length.

    >>> lowered("Novak’s İ")
    "novak's İ"
    """
    small = text.lower()
    if len(small) != len(text):
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return small.replace("\u2019", "'")


def read_unit(folded: str, start: int, end: int) -> Unit:
    """Return the sentence at ``folded[start:end]`` as words; ``folded`` is :func:`lowered`."""
    words: list[str] = _TOKEN.findall(folded, start, end)
    if folded.find(QUOTE, start, end) >= 0:
        words = [QUOTE if word[0] == QUOTE else word for word in words]
    last = len(words)
    while last > 1 and words[last - 1] in _CLOSERS:
        last -= 1
    return Unit(words, last, folded, start, end)
