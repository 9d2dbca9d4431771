"""Attributions in one sentence: which words belong to whom, and which word says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from framescope.records import CueClass
from framescope.text.complements import complement_end, complement_start
from framescope.text.cues import CUES, HOMOGRAPHS, NOUN_CLASSES, NOUNS, NOUNS_WITH_INFINITIVE
from framescope.text.cues import NOUNS_WITH_OF, Cue, class_with_particle
from framescope.text.phrases import (
    first_phrase,
    phrase_to_the_left,
    phrase_to_the_right,
    skip_left,
    subject_of,
)
from framescope.text.units import QUOTE, Unit
from framescope.text.wordclasses import (
    BE,
    CLAUSE_OPENERS,
    DASHES,
    DETERMINERS,
    FINITE,
    MODALS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBORDINATORS,
    TIMES,
    is_adverb,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Stretches of a text that one speaker is responsible for, and the cue that says so.

    All offsets are characters into the text. ``preposed`` is true when the cue comes after them.
    """

    contents: tuple[Span, ...]
    cue: Span
    cue_class: CueClass
    speaker: Span | None
    preposed: bool = False


_OBJECT_OPENERS: Final = CLAUSE_OPENERS | OBJECT_PRONOUNS | DETERMINERS | {QUOTE, "that"} | {
    "how", "why", "what", "whether"
}  # fmt: skip
_AFTER_NAME: Final = PREPOSITIONS | TIMES | SUBORDINATORS | {".", ",", ";", QUOTE}
_NOT_RESUMED: Final = QUESTION_WORDS | {
    "and", "but", "as", "while", "with", "a", "the", "an", "which"
}  # fmt: skip
_LONGEST_NAME: Final = 40


def attributions_in(unit: Unit) -> list[Attribution]:
    """Return the attributions of a sentence, in the order of their cues.

    >>> from framescope.text.units import read_unit
    >>> text = "novak said that the talks had failed."
    >>> [text[slice(*found.contents[0])] for found in attributions_in(read_unit(text, 0, 37))]
    ['that the talks had failed']
    """
    found: list[Attribution] = []
    tagged = _quotation_tags(unit, found)
    words = unit.words
    for index, word in enumerate(words):
        if index in tagged:
            continue
        cue = CUES.get(word)
        attribution = _from_verb(unit, index, cue, found) if cue is not None else None
        if attribution is None and word in NOUNS:
            attribution = _from_noun(unit, index)
        if attribution is None and word == "according":
            attribution = _from_according_to(unit, index)
        if attribution is not None:
            found.append(attribution)
    return found


# --- quotation, then "Novak said" or "said Novak" ---------------------------------------------


def _quotation_tags(unit: Unit, found: list[Attribution]) -> set[int]:
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
        ends = after >= len(words) or words[after] in _AFTER_NAME
        if after > verb + 1 and ends and not _has_verb(words, verb + 1, after):
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
    """Handle '"...," Novak, the minister (SNS), told reporters.'"""
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


def _has_verb(words: list[str], first: int, after: int) -> bool:
    return any(word in FINITE for word in words[first:after])


def _tagged(unit: Unit, quote: int, verb: int, name: Span) -> Attribution:
    """Return the attribution of what stands before a tag, and of what resumes after it."""
    first = 0 if not _has_cue(unit.words, quote) else quote
    contents = [unit.span(first, quote + 1)]
    resumed = _resumed(unit, max(verb + 1, name[1]))
    if resumed is not None:
        contents.append(resumed)
    return _made(unit, contents, verb, name, preposed=True)


def _has_cue(words: list[str], before: int) -> bool:
    return any(word in CUES or word in (":", ";", QUOTE, "according") for word in words[:before])


def _resumed(unit: Unit, start: int) -> Span | None:
    """Return what goes on behind a tag: '..., she said, "..."' or "..., she said, was ..."."""
    words = unit.words
    index = start
    while index < len(words) and words[index] not in (",", QUOTE, ":"):
        index += 1
    if index + 1 < len(words) and words[index] != QUOTE:
        index += 1
    elif index >= len(words) or words[index] != QUOTE:
        return None
    if words[index] == QUOTE:
        return unit.span(index, index + 1)
    word = words[index]
    clause = index - start <= 7 and word not in _NOT_RESUMED and word not in CUES
    return unit.span(index, unit.last) if clause and word[-3:] != "ing" and index < unit.last else None


def _made(
    unit: Unit, contents: list[Span], verb: int, name: Span | None, *, preposed: bool
) -> Attribution:
    """Return the attribution with character offsets."""
    cue = CUES[unit.words[verb]]
    speaker = unit.span(*name) if name is not None else None
    return Attribution(
        tuple(contents), unit.span(verb, verb + 1), cue.cue_class, speaker, preposed
    )


# --- verbs ------------------------------------------------------------------------------------


def _from_verb(unit: Unit, index: int, cue: Cue, found: list[Attribution]) -> Attribution | None:
    """Return the attribution by a verb: its object or clause, or the clause before "X said"."""
    words = unit.words
    before = index - 1
    while before >= 0 and is_adverb(words[before]):
        before -= 1
    previous = words[before] if before >= 0 else ""
    if not _is_verb(unit, index, cue, previous):
        return None
    passive = cue.form == "past" and previous in BE
    if cue.form != "ing" and "s" in cue.complements and (previous == "," or previous in DASHES):
        inverted = _inverted(unit, index)
        if inverted is not None:
            return inverted
    start = complement_start(unit, index, cue, passive=passive)
    if start is not None:
        return _governed(unit, index, start, found)
    if "s" in cue.complements and cue.form != "ing" and not passive:
        return _preposed(unit, index)
    return None


def _is_verb(unit: Unit, index: int, cue: Cue, previous: str) -> bool:
    """Tell a verb from the noun or adjective that is spelt the same."""
    finite = cue.form in ("base", "third")
    if previous in DETERMINERS or (finite and previous[-2:] in ("'s", "s'")):
        return False
    if finite and previous in PREPOSITIONS and previous != "to":
        return False
    return unit.words[index] not in HOMOGRAPHS or _used_as_verb(unit, index, cue, previous)


def _used_as_verb(unit: Unit, index: int, cue: Cue, previous: str) -> bool:
    """Tell whether a word that is a noun as often as a verb is a verb here, by its neighbours."""
    if previous in MODALS:
        return True
    if previous == "" or previous in PREPOSITIONS:
        return False
    following = unit.words[index + 1] if index + 1 < len(unit.words) else "."
    if following == "to":
        return "i" in cue.complements
    return following == ":" or following in _OBJECT_OPENERS


def _governed(
    unit: Unit, index: int, start: int, found: list[Attribution]
) -> Attribution | None:
    """Return the attribution of what follows a verb."""
    cue = CUES[unit.words[index]]
    end = complement_end(unit, start, cue)
    if end <= start:
        return None
    name = subject_of(unit, index)
    speaker = unit.span(*name) if name is not None else _shared_speaker(unit, index, cue, found)
    particle = start - 1 if unit.words[start - 1] in cue.particles else index
    cue_class = class_with_particle(cue, unit.words[particle])
    reach = particle + 1 if particle - index <= 2 else index + 1
    content = unit.span(start, end)
    return Attribution((content,), unit.span(index, reach), cue_class, speaker)


def _shared_speaker(
    unit: Unit, index: int, cue: Cue, found: list[Attribution]
) -> Span | None:
    """Return the subject that a participle or a second verb shares with an earlier verb."""
    earlier = [a.speaker for a in found if a.speaker is not None]
    if earlier:
        return earlier[0] if cue.form == "ing" else earlier[-1]
    name = first_phrase(unit, index)
    return unit.span(*name) if name is not None else None


def _inverted(unit: Unit, index: int) -> Attribution | None:
    """Handle "The talks had failed, said Novak."."""
    words = unit.words
    start = index + 1
    if start >= len(words) or words[start] in SUBORDINATORS or words[start] in (QUOTE, ":"):
        return None
    after = phrase_to_the_right(words, start)
    ends = after >= len(words) or words[after] in _AFTER_NAME
    if not start < after <= start + 12 or not ends or _has_verb(words, start, after):
        return None
    if index < 2:
        return None
    contents = [unit.span(0, index - 1)]
    resumed = _resumed(unit, after)
    if resumed is not None:
        contents.append(resumed)
    return _made(unit, contents, index, (start, after), preposed=True)


def _preposed(unit: Unit, index: int) -> Attribution | None:
    """Handle "The talks had failed, Novak said on Monday."."""
    words = unit.words
    name = subject_of(unit, index)
    if name is None:
        return None
    before = name[0] - 1
    if before > 0 and words[before] in ("as", "and"):
        before -= 1
    if before < 1 or not (words[before] in ",-" or words[before] in DASHES):
        return None
    contents = [unit.span(0, before)]
    resumed = _resumed(unit, index + 1)
    if resumed is not None:
        contents.append(resumed)
    return _made(unit, contents, index, name, preposed=True)


# --- nouns and "according to" -----------------------------------------------------------------


def _from_noun(unit: Unit, index: int) -> Attribution | None:
    """Handle "his claim that ...", "allegations of ...", "the decision to ..."."""
    words = unit.words
    start = index + 1
    if start + 1 >= len(words):
        return None
    noun, following = words[index], words[start]
    if following in ("of", "about") and noun in NOUNS_WITH_OF:
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
        (unit.span(start, end),), unit.span(index, index + 1), NOUN_CLASSES.get(noun, "neutral"), speaker
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


def _from_according_to(unit: Unit, index: int) -> Attribution | None:
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
