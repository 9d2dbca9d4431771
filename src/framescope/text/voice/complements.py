"""Where the words that a cue governs begin, and where they end."""

from __future__ import annotations

from typing import Final

from framescope.text.voice.cues import CUES, Cue
from framescope.text.voice.units import QUOTE, Unit
from framescope.text.wordclasses import (
    CLAUSE_OPENERS,
    DASHES,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    QUESTION_WORDS,
    TIMES,
    is_adverb,
    word_set,
)

_ADDRESSEE_REACH: Final = 14
_ADVERBIAL_REACH: Final = 22
_NO_OBJECT: Final = (
    frozenset(",.;)-?!(") | DASHES | {"and", "or", "but", "as", "than", "so", "because"}
)
_AFTER_TIME: Final = (
    TIMES | PREPOSITIONS | frozenset([",", ".", "and", "as", "but", "night", "when", "while"])
)
_CUTS_OBJECT: Final = word_set("who which while as after when but and although though with because")
_TAG_REACH: Final = 9


def complement_start(unit: Unit, index: int, cue: Cue, *, passive: bool) -> int | None:
    """Return the index of the first word that the cue at ``index`` governs, or ``None``.

    The word may be "that" or "to", which belong to the content.
    """
    words = unit.words
    start = index + 1
    while start < len(words) and is_adverb(words[start]):
        start += 1
    if start >= len(words):
        return None
    if words[start] in cue.particles:
        return start + 1 if start + 1 < unit.last else None
    if passive:
        return _after_passive(words, start, cue)
    return _after_active(words, start, cue)


def _after_passive(words: list[str], start: int, cue: Cue) -> int | None:
    """Handle "was accused of", "is expected to", "is seen as"."""
    if words[start] in ("to", "that", "as"):
        return start
    accused = cue.cue_class == "accusation" and words[start] in ("of", "with")
    return start + 1 if accused else None


def _after_active(words: list[str], start: int, cue: Cue) -> int | None:
    """Handle everything that may follow an active verb."""
    word = words[start]
    speech = "s" in cue.complements
    if word in (QUOTE, "that"):
        return start
    if word == "to" and "i" in cue.complements:
        return start
    if word in ":,":
        return _after_mark(words, start, speech=speech)
    if word in QUESTION_WORDS and speech:
        return None if word == "when" else start
    if "t" in cue.complements:
        return _after_addressee(words, start, cue)
    return _after_adverbial_or_object(words, start, cue)


def _after_mark(words: list[str], start: int, *, speech: bool) -> int | None:
    """Handle "said: ..." and 'said, "..."'."""
    following = words[start + 1] if start + 1 < len(words) else ""
    if following == QUOTE or (words[start] == ":" and following and speech):
        return start + 1
    return None


def _after_addressee(words: list[str], start: int, cue: Cue) -> int | None:
    """Handle "told the reporters who had come that ...", "asked him to ..."."""
    for index in range(start, min(len(words), start + _ADDRESSEE_REACH)):
        found = _opens_after_addressee(words, index, index > start, cue)
        if found:
            return index + found - 1
        if words[index] == ",":
            quoted = index + 1 < len(words) and words[index + 1] == QUOTE
            return index + 1 if quoted else None
    return _bare_after_addressee(words, start, cue)


def _opens_after_addressee(words: list[str], index: int, addressed: bool, cue: Cue) -> int:
    """Return 1 when the content begins with this word, 2 with the next one, 0 for neither."""
    word = words[index]
    if word in ("that", QUOTE):
        return 1
    if word == ":":
        return 2
    if not addressed:
        return 0
    if word in QUESTION_WORDS or word in CLAUSE_OPENERS:
        return 1
    if word in ("about", "of"):
        return 2
    return int(word == "to" and "i" in cue.complements)


def _bare_after_addressee(words: list[str], start: int, cue: Cue) -> int | None:
    """Handle "told reporters the talks had failed" and "urged a boycott"."""
    if "n" in cue.complements:
        return start if words[start] not in PREPOSITIONS and words[start] not in ".," else None
    if words[start] in OBJECT_PRONOUNS and start + 1 < len(words):
        return start + 1
    for index in range(start + 1, min(len(words), start + 8)):
        if words[index] in DETERMINERS or words[index] in TIMES:
            return index
    return None


def _after_adverbial_or_object(words: list[str], start: int, cue: Cue) -> int | None:
    """Handle "said on Monday in a statement that ..." and "condemned the attack"."""
    if words[start] in PREPOSITIONS or words[start] in TIMES:
        return _after_adverbial(words, start) if "s" in cue.complements else None
    governs = "s" in cue.complements or "n" in cue.complements
    return start if governs and words[start] not in _NO_OBJECT else None


def _after_adverbial(words: list[str], start: int) -> int | None:
    """Return where the clause begins behind phrases of time and place."""
    for index in range(start, min(len(words) - 1, start + _ADVERBIAL_REACH)):
        if words[index] in ("that", QUOTE):
            return index
        if words[index] == ":":
            return index + 1
        following = words[index + 1]
        if words[index] in TIMES and following not in _AFTER_TIME and not following.isdigit():
            return index + 1
    return len(words) - 1 if words[-1] == QUOTE and len(words) - start < _ADVERBIAL_REACH else None


def complement_end(unit: Unit, start: int, cue: Cue, *, aside: bool = False) -> int:
    """Return the index after the last word that the cue governs.

    A clause runs to the end of its sentence unless another attribution, "but" or a participle of
    speech cuts it off; an object ends at the next clause already. ``aside``: the verb stands in a
    clause that the main one follows ("When Novak said ..., they left"), so a comma ends it.
    """
    words = unit.words
    clause = "s" in cue.complements or "i" in cue.complements
    for index in range(start, unit.last):
        word = words[index]
        if word in (";", "according", "\u2015") or (word in DASHES and not clause):
            return index
        if word == "," and (aside or _cut_after(unit, index + 1, clause=clause)):
            return index
    return unit.last


def _cut_after(unit: Unit, index: int, *, clause: bool) -> bool:
    """Tell whether the word after a comma begins something that is not the speaker's any more."""
    if index >= unit.last:
        return False
    words = unit.words
    word = words[index]
    if word == "but" or (word[-3:] == "ing" and word in CUES):
        return True
    return (not clause and word in _CUTS_OBJECT) or _is_tag(words, index)


def _is_tag(words: list[str], start: int) -> bool:
    """Tell whether "Novak said" and nothing else follows."""
    for index in range(start, min(len(words), start + _TAG_REACH)):
        word = words[index]
        if word in (",", QUOTE):
            return False
        cue = CUES.get(word)
        if cue is not None and index > start and "s" in cue.complements and cue.form != "ing":
            following = words[index + 1] if index + 1 < len(words) else "."
            return following in (".", ",", "\u2014") or following in TIMES
    return False
