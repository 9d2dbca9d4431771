"""Attributions without a verb: "his claim that ...", "according to Novak"."""

from __future__ import annotations

from framescope.text.voice.attributed import Attribution, Span
from framescope.text.voice.lexicon import NOUN_CLASSES, NOUNS_WITH_INFINITIVE, NOUNS_WITH_OF
from framescope.text.voice.phrases import phrase_to_the_left
from framescope.text.voice.units import QUOTE, Unit


def from_noun(unit: Unit, index: int) -> Attribution | None:
    """Handle "his claim that ...", "allegations of ...", "the decision to ..."."""
    words = unit.words
    start = index + 1
    if start + 1 >= len(words):
        return None
    noun, following = words[index], words[start]
    if following in ("of", "about", "on", "over", "against") and noun in NOUNS_WITH_OF:
        start += 1
    elif following != "that" and not (following == "to" and noun in NOUNS_WITH_INFINITIVE):
        return None
    end = start
    while end < unit.last and words[end] not in (",", ";", "\u2015", "\u2014"):
        end += 1
    if end <= start:
        return None
    speaker = _owner(unit, index - 1)
    return Attribution(
        (unit.span(start, end),),
        unit.span(index, index + 1),
        NOUN_CLASSES.get(noun, "neutral"),
        speaker,
    )


def _owner(unit: Unit, index: int) -> Span | None:
    """Return whose claim it is: "Novak's" or "his"."""
    if index < 0:
        return None
    word = unit.words[index]
    if word in ("his", "her", "their", "its"):
        return unit.span(index, index + 1)
    if word[-2:] != "'s":
        return None
    start, end = unit.span(phrase_to_the_left(unit.words, index), index + 1)
    return start, end - 2


def from_according_to(unit: Unit, index: int) -> Attribution | None:
    """Handle "According to Novak, ..." and "..., according to Novak"."""
    words = unit.words
    start = index + 2
    if start >= len(words) or words[start - 1] != "to":
        return None
    end = start
    while end < len(words) and not _ends_source(words, end):
        end += 1
    if end == start:
        return None
    contents = _told_by_source(unit, index, end)
    if contents is None:
        return None
    cue = unit.span(index, start)
    return Attribution((contents,), cue, "neutral", unit.span(start, end), index > 2)


def _ends_source(words: list[str], index: int) -> bool:
    if words[index] == ".":
        return index + 1 >= len(words) or len(words[index - 1]) > 5
    return words[index] in (",", QUOTE, ";", "\u2015", "\u2014")


def _told_by_source(unit: Unit, index: int, end: int) -> Span | None:
    """Return what a source tells: the rest of the sentence, or all before the source."""
    words = unit.words
    if index <= 2 and end < unit.last:
        start = end + 1 if words[end] == "," else end
        return unit.span(start, unit.last) if start < unit.last else None
    while index > 0 and words[index - 1] == ",":
        index -= 1
    return unit.span(0, index) if index > 0 else None
