"""Evidence: which stretches of a text add what to a frame's log-odds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from framescope.model.plain import Share
from framescope.records import EvidenceSpan, VoiceSpan


def evidence_of(
    shares: Iterable[Share],
    frame: int,
    slope: float,
    text: str,
    start: int,
    voices: Sequence[VoiceSpan],
) -> tuple[EvidenceSpan, ...]:
    """Return the words and word pairs of a statement with their exact share, the largest first.

    An n-gram's share is divided equally among the places where it stands; character n-grams count
    for their word. `frame` is a column; `start` is where the statement begins in `text`. A span
    inside a voice names its speaker.
    """
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for share in shares:
        each = slope * float(share.scores[frame]) / len(share.places)
        for place in share.places:
            weights[place] += each
    spans = [
        EvidenceSpan(
            start + first,
            start + last,
            text[start + first : start + last],
            weight,
            _speaker(start + first, start + last, voices),
        )
        for (first, last), weight in weights.items()
    ]
    return tuple(sorted(spans, key=lambda span: (-abs(span.weight), span.start, span.end)))


def _speaker(start: int, end: int, voices: Sequence[VoiceSpan]) -> str | None:
    inside = [v for v in voices if v.start <= start and end <= v.end]
    if not inside:
        return None
    innermost = min(inside, key=lambda v: v.end - v.start)
    return innermost.speaker_resolved or innermost.speaker
