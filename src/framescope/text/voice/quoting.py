"""Give every quotation its speaker: from its own sentence, its neighbours, a dash or a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from framescope.text.voice.attributed import Attribution
from framescope.text.voice.cues import CUES
from framescope.text.voice.lexicon import SPEECH_VERBS
from framescope.text.voice.names import is_pronoun
from framescope.text.voice.quotations import Quotation

_DASHED_NAME: Final = re.compile(
    r"(?:[^\S\n]|\.){0,3}[\u2015\u2014\u2013-]{1,2}[^\S\n]{0,3}([^\W\d_a-z][^\n,(\u2014]{2,60})$",
    re.MULTILINE,
)
_NEAR: Final = 3


@dataclass(slots=True)
class Speech:
    """A quotation on its way to a speaker: the passage it stands in and what it is attributed by.

    ``borrowed`` is true when the speaker comes from a neighbour, so that the cue is not its own.
    """

    quotation: Quotation
    passage: int
    attribution: Attribution | None = None
    speaker: tuple[int, int] | None = None
    borrowed: bool = False


def attribute(speech: Speech, attributions: Sequence[Attribution], text: str) -> None:
    """Set the attribution of a quotation from the attributions of its own sentence.

    The nearest cue wins; but when its subject is only a pronoun, or its verb is none of speech,
    inside what another speaker says ("Novak says it shows that ..."), the outer speaker does.
    """
    covering = [found for found in attributions if _covers(found, speech.quotation)]
    if not covering:
        return
    nearest = min(covering, key=lambda found: _distance(found, speech.quotation))
    if _is_weak(nearest, text):
        outer = [found for found in covering if found.speaker and _holds(found, nearest)]
        nearest = outer[0] if outer else nearest
    speech.attribution = nearest
    speech.speaker = nearest.speaker


def _is_weak(found: Attribution, text: str) -> bool:
    """Tell whether an attribution is a poor guess at who spoke the words of a quotation."""
    if found.speaker is None or is_pronoun(text[slice(*found.speaker)]):
        return True
    cue = CUES.get(text[slice(*found.cue)].split(" ", 1)[0].lower())
    return cue is not None and cue.cue_class == "neutral" and cue.lemma not in SPEECH_VERBS


def _covers(found: Attribution, quotation: Quotation) -> bool:
    """Tell whether an attribution governs more than half of a quotation, from outside it."""
    half = (quotation.end - quotation.start) / 2
    return any(
        min(end, quotation.end) - max(start, quotation.start) > half
        for start, end in found.contents
    )


def _distance(found: Attribution, quotation: Quotation) -> int:
    return min(abs(found.cue[1] - quotation.start), abs(found.cue[0] - quotation.end))


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Tell whether the cue of one attribution stands inside what an earlier cue governs."""
    return (
        not outer.preposed
        and outer.cue[0] < inner.cue[0]
        and any(start <= inner.cue[0] < end for start, end in outer.contents)
    )


def attribute_by_dash(speech: Speech, text: str) -> None:
    """Set the speaker of '"..." — Jana Novak' at the end of a line."""
    found = _DASHED_NAME.match(text, speech.quotation.end)
    if found is not None:
        start = found.start(1)
        speech.speaker = start, start + len(found.group(1).rstrip(" .\u00a0"))


def carry_speakers(speeches: Sequence[Speech], attributions: Sequence[Attribution]) -> None:
    """Let quotations without a speaker take it from their neighbours, in reading order.

    In order: what a colon just before introduces; the quotation before in the same passage; the
    attributed one behind it in the same passage; the one in the passage before when nobody else
    spoke in between; the last speaker of the text.
    """
    named = [found for found in attributions if found.speaker is not None]
    place = 0
    for index, speech in enumerate(speeches):
        while place < len(named) and named[place].cue[0] < speech.quotation.start:
            place += 1
        if speech.speaker is None:
            last = named[place - 1] if place else None
            _borrow(speeches, index, last)


def _borrow(speeches: Sequence[Speech], index: int, last: Attribution | None) -> None:
    """Set the speaker of one quotation from its neighbours."""
    speech = speeches[index]
    before = speeches[index - 1] if index else None
    behind = speeches[index + 1] if index + 1 < len(speeches) else None
    if last is not None and not last.contents and _just_before(last, speech):
        speech.attribution, speech.speaker = last, last.speaker
        return
    speech.borrowed = True
    if before is not None and before.passage == speech.passage and before.speaker is not None:
        speech.speaker = before.speaker
    elif behind is not None and behind.passage == speech.passage and behind.speaker is not None:
        speech.speaker = behind.speaker
    elif before is not None and _carries_on(before, speech, last):
        speech.speaker = before.speaker
    elif last is not None:
        speech.speaker = last.speaker


def _just_before(found: Attribution, speech: Speech) -> bool:
    return speech.quotation.start - found.cue[1] < 60


def _carries_on(before: Speech, speech: Speech, last: Attribution | None) -> bool:
    """Tell whether nobody else took the floor between two quotations in neighbouring passages."""
    if before.passage < speech.passage - 1 or before.speaker is None:
        return False
    return last is None or last.cue[0] < before.quotation.end + _NEAR or last.preposed
