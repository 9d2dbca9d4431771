"""The values that travel between rooms: frozen, named, without behaviour beyond looking at themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Assertion = Literal["asserted", "denied", "questioned", "hypothetical"]
VoiceKind = Literal["quoted", "paraphrased"]
CueClass = Literal["neutral", "claim", "denial", "demand", "warning", "accusation"]
AbstentionReason = Literal["empty", "too_short", "unknown_words", "wrong_script", "low_margin"]


@dataclass(frozen=True, slots=True)
class VoiceSpan:
    """A stretch of text that somebody other than the author is responsible for.

    All offsets are characters into the whole text; ``text[start:end]`` is what was said.
    """

    kind: VoiceKind
    start: int
    end: int
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_resolved: str | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    cue_class: CueClass | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FrameScore:
    """A frame that a statement carries: its calibrated probability and the threshold it reached."""

    id: str
    probability: float
    threshold: float


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """A stretch of the text and what it adds to a frame's log-odds.

    Offsets are characters into the whole text. The spans of a frame and the model's ``bias`` add up
    to the frame's uncalibrated log-odds.
    """

    start: int
    end: int
    text: str
    weight: float
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class StatementReading:
    """One statement of a text with everything the program says about it."""

    start: int
    end: int
    text: str
    frames: tuple[FrameScore, ...]
    scores: dict[str, float]
    coverage: float
    abstained: AbstentionReason | None = None
    voice: tuple[VoiceSpan, ...] = ()
    assertion: Assertion = "asserted"
    evidence: dict[str, tuple[EvidenceSpan, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model spoke: its name, its version and the hash of its files."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole text, read: its statements in order, by one model. ``author`` is a byline or account."""

    model: ModelIdentity
    statements: tuple[StatementReading, ...]
    author: str | None = None
