"""Every form of every cue verb, looked up by the word as it stands in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from framescope.records import CueClass
from framescope.text.voice.lexicon import (
    ADJECTIVES,
    DOUBLING,
    IRREGULAR,
    PARTICLE_CLASSES,
    PARTICLES,
    VERBS,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word: its lemma, what may follow it, its class, and its form.

    ``form`` is "base", "third", "past", "ing" or "adjective"; ``particles`` are prepositions after
    which the content begins.
    """

    lemma: str
    complements: str
    cue_class: CueClass
    form: str
    particles: frozenset[str]


def _forms(lemma: str) -> list[tuple[str, str]]:
    """Return the written forms of a verb with their names."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma in DOUBLING:
        stem = lemma + lemma[-1]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    past: tuple[str, ...] = IRREGULAR.get(lemma, (stem + "ed",))
    if lemma.endswith("y") and lemma[-2] not in "aeo":
        third = lemma[:-1] + "ies"
        past = IRREGULAR.get(lemma, (lemma[:-1] + "ied",))
    ing = lemma + "ing" if lemma.endswith("ee") else stem + "ing"
    return [(lemma, "base"), (third, "third"), (ing, "ing"), *((f, "past") for f in past)]


def _build() -> dict[str, Cue]:
    """Spell out the lexicon: every form of every verb."""
    complements: dict[str, str] = {}
    classes: dict[str, CueClass] = {}
    for shape, cue_class, verbs in VERBS:
        for lemma in verbs.split():
            complements[lemma] = complements.get(lemma, "") + shape
            classes.setdefault(lemma, cue_class)
    table: dict[str, Cue] = {
        word: Cue(word, "i", "neutral", "adjective", frozenset(("of", "about", "over")))
        for word in ADJECTIVES
    }
    for lemma, shape in complements.items():
        particles = frozenset(PARTICLES.get(lemma, "").split())
        for form, name in _forms(lemma):
            table[form] = Cue(lemma, shape, classes[lemma], name, particles)
    return table


CUES: Final[dict[str, Cue]] = _build()


def class_with_particle(cue: Cue, particle: str) -> CueClass:
    """Return the class of a verb with its preposition: "call" is neutral, "call for" a demand.

    >>> class_with_particle(CUES["called"], "for")
    'demand'
    """
    return PARTICLE_CLASSES.get((cue.lemma, particle), cue.cue_class)
