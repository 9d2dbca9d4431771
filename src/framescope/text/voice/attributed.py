"""What an attribution is: whose words, and which word says so."""

from __future__ import annotations

from dataclasses import dataclass

from framescope.records import CueClass

#: Start and end, in characters of the text.
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
