"""Attributions in one sentence: which words belong to whom, and which word says so."""

from __future__ import annotations

from typing import Final

from framescope.text.voice.attributed import Attribution, Span
from framescope.text.voice.complements import complement_end, complement_start
from framescope.text.voice.cues import CUES, Cue, class_with_particle
from framescope.text.voice.lexicon import HOMOGRAPHS, NOUNS, TAG_VERBS
from framescope.text.voice.phrases import first_phrase, phrase_to_the_right, skip_left, subject_of
from framescope.text.voice.sources import from_according_to, from_noun
from framescope.text.voice.tags import (
    AFTER_NAME,
    has_verb,
    introductions,
    preposed_by,
    quotation_tags,
    resumed,
)
from framescope.text.voice.units import QUOTE, Unit
from framescope.text.wordclasses import (
    BE,
    CLAUSE_OPENERS,
    DASHES,
    DETERMINERS,
    FINITE,
    MODALS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    is_adverb,
)

_OBJECT_OPENERS: Final = CLAUSE_OPENERS | OBJECT_PRONOUNS | DETERMINERS | {QUOTE, "that"} | {
    "how", "why", "what", "whether"
}  # fmt: skip
_OPENS_ASIDE: Final = frozenset(
    ("when", "while", "if", "after", "before", "as", "although", "though", "because", "since")
)
_TRIGGERS: Final = frozenset(CUES) | NOUNS | {"according", ":"}


def attributions_in(unit: Unit) -> list[Attribution]:
    """Return the attributions of a sentence, in the order of their cues.

    >>> from framescope.text.voice.units import read_unit
    >>> text = "novak said that the talks had failed."
    >>> [text[slice(*found.contents[0])] for found in attributions_in(read_unit(text, 0, 37))]
    ['that the talks had failed']
    """
    found: list[Attribution] = []
    words = unit.words
    if _TRIGGERS.isdisjoint(words):
        return found
    tagged = quotation_tags(unit, found) if QUOTE in words else ()
    for index in [i for i, word in enumerate(words) if word in _TRIGGERS]:
        if index in tagged:
            continue
        word = words[index]
        cue = CUES.get(word)
        attribution = _from_verb(unit, index, cue, found) if cue is not None else None
        if attribution is None and word in NOUNS:
            attribution = from_noun(unit, index)
        if attribution is None and word == "according":
            attribution = from_according_to(unit, index)
        if attribution is not None:
            found.append(attribution)
    if ":" in words:
        found += introductions(unit, found)
    return found


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
    tags = cue.form != "ing" and cue.lemma in TAG_VERBS
    if tags and (previous == "," or previous in DASHES):
        inverted = _inverted(unit, index)
        if inverted is not None:
            return inverted
    start = complement_start(unit, index, cue, passive=passive)
    if start is not None:
        return _governed(unit, index, start, found)
    if cue.lemma in TAG_VERBS and cue.form != "ing" and not passive:
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
    if previous in MODALS and previous != "and":
        return True
    if previous == "" or previous in PREPOSITIONS:
        return False
    following = unit.words[index + 1] if index + 1 < len(unit.words) else "."
    if following == "to":
        return "i" in cue.complements
    return following == ":" or following in _OBJECT_OPENERS


def _governed(unit: Unit, index: int, start: int, found: list[Attribution]) -> Attribution | None:
    """Return the attribution of what follows a verb."""
    cue = CUES[unit.words[index]]
    end = complement_end(unit, start, cue, aside=_is_aside(unit.words, index))
    if end <= start:
        return None
    if (
        unit.words[start] == QUOTE
        and found
        and found[0].preposed
        and _is_tagged(unit, start, found)
    ):
        end = start + 1
    name = subject_of(unit, index)
    speaker = unit.span(*name) if name is not None else _shared_speaker(unit, index, cue, found)
    particle = start - 1 if unit.words[start - 1] in cue.particles else index
    cue_class = class_with_particle(cue, unit.words[particle])
    reach = particle + 1 if particle - index <= 2 else index + 1
    content = unit.span(start, end)
    return Attribution((content,), unit.span(index, reach), cue_class, speaker)


def _is_aside(words: list[str], index: int) -> bool:
    """Tell whether a verb stands in a clause that the main clause follows behind a comma."""
    opening = words[0] if words[0] not in ("even", "but", "and") else words[min(1, len(words) - 1)]
    if opening in _OPENS_ASIDE and "," not in words[:index]:
        return True
    return words[skip_left(words, index)] in ("who", "which") if index else False


def _is_tagged(unit: Unit, quote: int, found: list[Attribution]) -> bool:
    """Tell whether a tag behind a quotation has claimed it already."""
    end = unit.span(quote, quote + 1)[1]
    return any(content[1] == end for tag in found for content in tag.contents)


def _shared_speaker(unit: Unit, index: int, cue: Cue, found: list[Attribution]) -> Span | None:
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
    ends = after >= len(words) or words[after] in AFTER_NAME
    if not start < after <= start + 12 or not ends or has_verb(words, start, after):
        return None
    if not _is_clause(words, index - 1):
        return None
    rest = resumed(unit, after, quoted_only=True)
    return preposed_by(unit, [unit.span(0, index - 1), *rest], index, (start, after))


def _is_clause(words: list[str], end: int) -> bool:
    """Tell whether the words before ``end`` hold a verb, so that somebody can have said them."""
    return any(
        (word in FINITE or word == QUOTE or word in CUES or word[-2:] == "ed")
        and words[place - 1] not in RELATIVES
        for place, word in enumerate(words[:end])
    )


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
    rest = resumed(unit, index + 1, quoted_only=False)
    if not rest and not _is_clause(words, before):
        return None
    return preposed_by(unit, [unit.span(0, before), *rest], index, name)
