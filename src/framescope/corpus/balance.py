"""Even-handedness of a corpus: how often each actor voices a frame, and how often it is its target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framescope.text.masking import Gazetteer
from framescope.text.normalise import Token, tokenise
from framescope.text.voice import find_voices

RATIO = 3.0
"""How many times its share over all frames an actor's share in one frame may be."""
ENOUGH = 8.0
"""The expected number of statements from which a share says something."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One frame and one actor: statements in which it is the target, and in which it is the voice."""

    frame: str
    actor: str
    target: int
    voice: int
    expected: float

    @property
    def lopsided(self) -> bool:
        """Whether the actor is a target far more, or far less, often than its overall share."""
        if self.expected < ENOUGH:
            return False
        return self.target > RATIO * self.expected or self.target < self.expected / RATIO


def actors_in(tokens: list[Token], names: dict[str, Gazetteer]) -> set[str]:
    """Return the actors named among some tokens."""
    return {
        actor
        for actor, gazetteer in names.items()
        if any(gazetteer.find(tokens, i) for i in range(len(tokens)))
    }


def outer_speakers(text: str) -> list[str]:
    """Return who speaks in a text; not whom a speaker says to have said something."""
    speakers: list[str] = []
    reach = 0
    for span in find_voices(text):
        if span.start >= reach and span.speaker:
            speakers.append(span.speaker)
        reach = max(reach, span.end)
    return speakers


def balance(
    texts: Sequence[str],
    labels: Sequence[Sequence[str]],
    names: dict[str, Gazetteer],
    most: int = 30,
) -> list[Cell]:
    """Return a cell for every frame and each of the most frequent actors.

    `names` maps an actor to the gazetteer of its names. The actor named as a speaker is the voice;
    every other actor named in a framed statement counts as a target.
    """
    target: Counter[tuple[str, str]] = Counter()
    voice: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for text, frames in zip(texts, labels, strict=True):
        named = actors_in(tokenise(text), names)
        total.update(named)
        if not frames or not named:
            continue
        voices = actors_in(tokenise(" ; ".join(outer_speakers(text))), names)
        for frame in frames:
            target.update((frame, actor) for actor in named - voices)
            voice.update((frame, actor) for actor in voices)
    top = [actor for actor, _ in total.most_common(most)]
    return list(_cells(sorted({f for row in labels for f in row}), top, target, voice))


def _cells(
    frames: Sequence[str],
    actors: Sequence[str],
    target: Counter[tuple[str, str]],
    voice: Counter[tuple[str, str]],
) -> Iterable[Cell]:
    whole = sum(target[f, a] for f in frames for a in actors)
    by_actor = {a: sum(target[f, a] for f in frames) for a in actors}
    for frame in frames:
        in_frame = sum(target[frame, a] for a in actors)
        for actor in actors:
            expected = in_frame * by_actor[actor] / max(whole, 1)
            yield Cell(frame, actor, target[frame, actor], voice[frame, actor], round(expected, 1))
