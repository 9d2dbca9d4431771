"""Noun phrases next to a verb: who speaks, found without a parser."""

from __future__ import annotations

from typing import Final

from framescope.text.voice.cues import CUES
from framescope.text.voice.units import QUOTE, Unit
from framescope.text.wordclasses import (
    ADVERBS,
    AUXILIARIES,
    DASHES,
    FINITE,
    JOINERS,
    LEADING_SMALL_WORDS,
    PHRASE_BREAKS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    is_adverb,
)

_LONGEST_PHRASE: Final = 22
_LONGEST_APPOSITION: Final = 28
_ENDS_RIGHT: Final = (
    frozenset(',;:-\u201c"')
    | DASHES
    | SUBORDINATORS
    | TIMES
    | frozenset([QUOTE, "during", "on", "at", "through", "via", "told"])
)
_PASSED_OVER: Final = AUXILIARIES | ADVERBS | frozenset(["going", "went", "on"])


def skip_left(words: list[str], index: int) -> int:
    """Return the index of the last word before ``index`` that is no auxiliary and no adverb."""
    index -= 1
    while index >= 0 and (words[index] in _PASSED_OVER or is_adverb(words[index])):
        index -= 1
    return index


def phrase_to_the_left(words: list[str], last: int) -> int:
    """Return where the noun phrase that ends with the word ``last`` begins."""
    first = last
    while first >= 0 and last - first < _LONGEST_PHRASE and not _breaks(words, first, last):
        first -= 1
    first += 1
    while first < last and (words[first] in LEADING_SMALL_WORDS or is_adverb(words[first])):
        first += 1
    return first


def _breaks(words: list[str], index: int, last: int) -> bool:
    """Tell whether a noun phrase cannot reach over this word."""
    word = words[index]
    if word in PHRASE_BREAKS or word in SUBORDINATORS or word in FINITE or word == QUOTE:
        return True
    if index == last:
        return False
    if word in ("and", "or"):
        return index > 0 and words[index - 1] == ","
    if word == ".":
        return index > 0 and len(words[index - 1]) > 5
    cue = CUES.get(word)
    return word in PRONOUNS or (cue is not None and cue.form != "base")


def phrase_to_the_right(words: list[str], first: int) -> int:
    """Return the index after the noun phrase that begins with the word ``first``."""
    depth = 0
    index = first
    while index < len(words):
        word = words[index]
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
        elif depth == 0 and _ends_right(words, index):
            break
        index += 1
    return index


def _ends_right(words: list[str], index: int) -> bool:
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else ""
    if word == ".":
        return not following[:1].isalnum()
    if word == "in":
        return following in ("a", "an", "the", "his", "her")
    return word in _ENDS_RIGHT


def subject_of(unit: Unit, index: int) -> tuple[int, int] | None:
    """Return the first word of the subject of the verb at ``index`` and the index after its last.

    ``None`` when the subject stands elsewhere: the verb is a participle or comes after "and".
    """
    words = unit.words
    last = skip_left(words, index)
    if last < 0 or words[last] == QUOTE or words[last] in JOINERS:
        return None
    if words[last] == ")":
        last = _before_bracket(words, last)
    if last < 0:
        return None
    if words[last] == "," or words[last] in DASHES:
        return _before_apposition(words, last, index)
    if words[last] in RELATIVES:
        return _antecedent(words, last)
    first = last if words[last] in PRONOUNS else phrase_to_the_left(words, last)
    return (first, last + 1) if first <= last else None


def _before_bracket(words: list[str], last: int) -> int:
    """Return the index of the word before the bracket that closes at ``last``."""
    while last > 0 and words[last] != "(":
        last -= 1
    return last - 1


def _before_apposition(words: list[str], comma: int, index: int) -> tuple[int, int] | None:
    """Return "Novak, the minister" for the verb after the second comma."""
    cue = CUES.get(words[index])
    if cue is not None and cue.form == "ing":
        return None
    opening = comma - 1
    while opening >= 0 and comma - opening < _LONGEST_APPOSITION and words[opening] != QUOTE:
        if words[opening] == "," or words[opening] in DASHES:
            break
        opening -= 1
    else:
        return None
    if opening < 1:
        return None
    return phrase_to_the_left(words, opening - 1), comma


def _antecedent(words: list[str], relative: int) -> tuple[int, int]:
    """Return the noun phrase before "who", or the pronoun itself."""
    last = relative - 1
    if last >= 0 and words[last] == ",":
        last -= 1
    first = phrase_to_the_left(words, last) if last >= 0 else relative
    return (first, last + 1) if first <= last else (relative, relative + 1)


def first_phrase(unit: Unit, before: int) -> tuple[int, int] | None:
    """Return the noun phrase that opens the sentence, up to its first verb."""
    words = unit.words
    end = 0
    while end < before and not _stops_first(words, end):
        end += 1
    start = 0
    while start < end and words[start] in LEADING_SMALL_WORDS:
        start += 1
    return (start, end) if start < end <= 14 else None


def _stops_first(words: list[str], index: int) -> bool:
    word = words[index]
    if word in FINITE or word == "," or word in CUES or word[-2:] == "ed":
        return True
    return index > 0 and word in SUBORDINATORS
