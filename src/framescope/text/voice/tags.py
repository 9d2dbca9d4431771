"""Quotations with a tag behind them ("...", Novak said) or an introduction before them."""

from __future__ import annotations

from typing import Final

from framescope.text.voice.attributed import Attribution, Span
from framescope.text.voice.cues import CUES
from framescope.text.voice.lexicon import HOMOGRAPHS
from framescope.text.voice.phrases import first_phrase, phrase_to_the_right, skip_left, subject_of
from framescope.text.voice.units import QUOTE, Unit
from framescope.text.wordclasses import (
    FINITE,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBORDINATORS,
    TIMES,
    is_adverb,
)

AFTER_NAME: Final = PREPOSITIONS | TIMES | SUBORDINATORS | {".", ",", ";", QUOTE}
_NOT_RESUMED: Final = QUESTION_WORDS | {
    "and", "but", "as", "while", "with", "a", "the", "an", "which"
}  # fmt: skip
_LONGEST_NAME: Final = 40


def quotation_tags(unit: Unit, found: list[Attribution]) -> set[int]:
    """Append the attributions of quotations by the tag right behind them; return the cues used."""
    words = unit.words
    used: set[int] = set()
    for index, word in enumerate(words):
        if word != QUOTE or index + 2 >= len(words):
            continue
        tag = _tag_after(unit, index)
        if tag is not None:
            verb, (first, after) = tag
            used.add(verb)
            found.append(_tagged(unit, index, verb, (first, after)))
    return used


def _tag_after(unit: Unit, quote: int) -> tuple[int, Span] | None:
    """Return the verb and the subject words of the tag behind a quotation, if there is one."""
    words = unit.words
    start = quote + 1
    if words[start] in (",", "\u2014", "\u2013"):
        start += 1
    verb = start
    while verb < len(words) and is_adverb(words[verb]):
        verb += 1
    if verb + 1 < len(words) and _can_tag(words, verb):
        after = phrase_to_the_right(words, verb + 1)
        ends = after >= len(words) or words[after] in AFTER_NAME
        if after > verb + 1 and ends and not has_verb(words, verb + 1, after):
            return verb, (verb + 1, after)
        return None
    return _subject_then_verb(unit, start)


def _can_tag(words: list[str], index: int) -> bool:
    """Tell whether the word is a finite verb of speech."""
    cue = CUES.get(words[index])
    return (
        cue is not None
        and cue.form != "ing"
        and ("s" in cue.complements or "t" in cue.complements)
        and (words[index] not in HOMOGRAPHS or cue.form == "past")
    )


def _subject_then_verb(unit: Unit, start: int) -> tuple[int, Span] | None:
    """Return the tag in '"...," Novak, the minister (SNS), told reporters', if it is one."""
    words = unit.words
    if words[start] in SUBORDINATORS or words[start] in ("and", "or", "but", ".", "to", "of", "in"):
        return None
    for index in range(start + 1, min(len(words), start + _LONGEST_NAME)):
        if words[index] == QUOTE:
            return None
        if _can_tag(words, index):
            break
        if words[index] in FINITE and words[index] not in ("has", "have", "had", "would", "did"):
            return None
    else:
        return None
    after = skip_left(words, index) + 1
    while after > start + 1 and words[after - 1] == ",":
        after -= 1
    first = start
    while first < after - 1 and words[first] in (",", ")"):
        first += 1
    return (index, (first, after)) if after > first else None


def has_verb(words: list[str], first: int, after: int) -> bool:
    """Tell whether a finite verb stands among the words from ``first`` to before ``after``."""
    return any(word in FINITE or word[-2:] == "ed" for word in words[first:after])


def _tagged(unit: Unit, quote: int, verb: int, name: Span) -> Attribution:
    """Return the attribution of what stands before a tag, and of what resumes after it."""
    first = 0 if not _has_cue(unit.words, quote) else quote
    contents = [unit.span(first, quote + 1)]
    inverted = name[0] > verb
    rest = resumed(unit, max(verb + 1, name[1]), quoted_only=inverted)
    return preposed_by(unit, [*contents, *rest], verb, name)


def _has_cue(words: list[str], before: int) -> bool:
    return any(word in CUES or word in (":", ";", QUOTE, "according") for word in words[:before])


def resumed(unit: Unit, start: int, *, quoted_only: bool) -> list[Span]:
    """Return what goes on behind a tag: '..., she said, "..."' or "..., she said, was ...".

    Behind "said Novak, ..." only a quotation does; anything else tells more of Novak.
    """
    words = unit.words
    index = start
    while index < len(words) and words[index] not in (",", QUOTE, ":"):
        index += 1
    if index + 1 < len(words) and words[index] != QUOTE:
        index += 1
    elif index >= len(words) or words[index] != QUOTE:
        return []
    word = words[index]
    if word == QUOTE:
        return [unit.span(index, index + 1)]
    if quoted_only or index - start > 7 or index >= unit.last:
        return []
    clause = word not in _NOT_RESUMED and word not in CUES and word[-3:] != "ing"
    return [unit.span(index, unit.last)] if clause else []


def preposed_by(unit: Unit, contents: list[Span], verb: int, name: Span) -> Attribution:
    """Return the attribution of contents that stand before their verb."""
    cue = CUES[unit.words[verb]]
    place = unit.span(verb, verb + 1)
    return Attribution(tuple(contents), place, cue.cue_class, unit.span(*name), preposed=True)


def introductions(unit: Unit, found: list[Attribution]) -> list[Attribution]:
    """Return what a colon introduces, where no cue has claimed it: 'She scolded him: "..."'.

    A colon that ends the sentence introduces what comes next in the text: an empty content.
    """
    words = unit.words
    introduced: list[Attribution] = []
    taken = {place for attribution in found for place, _ in attribution.contents}
    for colon, word in enumerate(words):
        ends = colon == len(words) - 1
        quoted = (
            not ends
            and words[colon + 1] == QUOTE
            and unit.span(colon + 1, colon + 2)[0] not in taken
        )
        if word == ":" and colon and (ends or quoted):
            contents = () if ends else (unit.span(colon + 1, colon + 2),)
            introduced.append(_introduced(unit, colon, contents))
    return introduced


def _introduced(unit: Unit, colon: int, contents: tuple[Span, ...]) -> Attribution:
    """Return the attribution by the last verb of speech before a colon, or by the colon itself."""
    verb = next((i for i in range(colon - 1, -1, -1) if unit.words[i] in CUES), None)
    if verb is None:
        name = first_phrase(unit, colon)
        speaker = unit.span(*name) if name is not None else None
        return Attribution(contents, unit.span(colon, colon + 1), "neutral", speaker)
    cue = CUES[unit.words[verb]]
    name = subject_of(unit, verb) or first_phrase(unit, verb)
    if verb == 0 and colon > 1:
        name = 1, colon
    speaker = unit.span(*name) if name is not None else None
    return Attribution(contents, unit.span(verb, verb + 1), cue.cue_class, speaker)
