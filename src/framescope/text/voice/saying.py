"""Turn attributions and quotations into spans with a voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from framescope.records import CueClass, VoiceKind, VoiceSpan
from framescope.text.voice.accounts import author_of, label_of, signature_of, signed_words
from framescope.text.voice.attributed import Attribution
from framescope.text.voice.quotations import Quotation, outermost
from framescope.text.voice.quoting import Speech
from framescope.text.voice.speakers import Resolver

Span = tuple[int, int]

UNCLOSED: Final = "unclosed quotation: taken to end with its paragraph"
CARRIED: Final = "no cue of its own: the speaker is carried over from its neighbours"
_BLANKS: Final = 2  # what may follow a quotation's closing mark inside the content
_COVERS_SHORT: Final = 6


@dataclass(frozen=True, slots=True)
class Said:
    """Words with a voice, before their speaker is resolved. Spans are character offsets."""

    kind: VoiceKind
    span: Span
    speaker: Span | None
    cue: Span | None = None
    cue_class: CueClass | None = None
    note: str | None = None


def quoted(speeches: Iterable[Speech]) -> list[Said]:
    """Return the quotations of speech, each with its speaker, cue and note."""
    return [_from_speech(speech) for speech in speeches]


def _from_speech(speech: Speech) -> Said:
    quotation = speech.quotation
    note = None if quotation.closed else UNCLOSED
    if note is None and speech.borrowed and speech.speaker is not None:
        note = CARRIED
    span = quotation.start, quotation.end
    cue = speech.attribution
    if cue is None:
        return Said("quoted", span, speech.speaker, note=note)
    return Said("quoted", span, speech.speaker, cue.cue, cue.cue_class, note)


def paraphrased(attributions: Iterable[Attribution], speeches: Sequence[Speech]) -> list[Said]:
    """Return the contents of attributions, except those that are one quotation and no more."""
    ends = {each.quotation.start: each.quotation.end for each in speeches}
    return [
        Said("paraphrased", content, found.speaker, found.cue, found.cue_class)
        for found in attributions
        for content in found.contents
        if content[1] > ends.get(content[0], -1) + _BLANKS
    ]


def blocks(
    attributions: Iterable[Attribution], passages: Sequence[Span], speeches: Sequence[Speech]
) -> Iterator[Said]:
    """Yield the passages that a line like "Novak wrote:" introduces, if no quotation opens them."""
    starts = [start for start, _ in passages]
    opened = {speech.quotation.start for speech in speeches}
    for found in attributions:
        if found.contents or found.speaker is None or found.cue[1] - found.cue[0] == 1:
            continue
        following = bisect_right(starts, found.cue[1])
        if following < len(starts) and starts[following] not in opened:
            yield Said("quoted", passages[following], found.speaker, found.cue, found.cue_class)


def short_quotations(
    quotations: Sequence[Quotation], speeches: Sequence[Speech], attributions: Iterable[Attribution]
) -> Iterator[Said]:
    """Yield the quotations of a word or two that stand in what somebody says.

    Those in the author's own sentences are scare quotes or titles and have no voice.
    """
    spoken = {speech.quotation.start for speech in speeches}
    contents = sorted(
        ((content, found) for found in attributions for content in found.contents),
        key=lambda pair: pair[0],
    )
    starts = [content[0] for content, _ in contents]
    for quotation in outermost(quotations):
        if quotation.start in spoken:
            continue
        last = bisect_right(starts, quotation.start)
        for content, found in reversed(contents[max(0, last - _COVERS_SHORT) : last]):
            if quotation.end <= content[1]:
                span = quotation.start, quotation.end
                yield Said("quoted", span, found.speaker, found.cue, found.cue_class)
                break


def signed(text: str, passages: Sequence[Span]) -> Iterator[Said]:
    """Yield tweets inside a text, with their account, and passages with a label and a colon."""
    alone = author_of(text) is not None and len(passages) == 1
    for index, (start, end) in enumerate(passages):
        signature = None if alone else signature_of(text, start, end)
        label = label_of(text, start, end, headline=index == 0 and len(passages) > 1)
        if label is None and signature is None:
            continue
        words = signed_words(text, start, end)
        if label is not None and label.end() < words[1]:
            colon = text.index(":", label.end(2))
            span = label.end(), words[1]
            yield Said("quoted", span, label.span(2), (colon, colon + 1), "neutral")
        elif signature is not None and words[1] > words[0]:
            yield Said("quoted", words, signature, note="a tweet, signed by its account")


def resolved(resolver: Resolver, said: Iterable[Said]) -> list[VoiceSpan]:
    """Return the spans with names for speakers, in order of the text.

    Of two with the same kind and span the first stays: its cue is the outer one.
    """
    names: dict[Span, str] = {}
    found: list[VoiceSpan] = []
    once = {(each.span, each.kind): each for each in reversed(list(said))}
    for _, each in sorted(once.items(), key=itemgetter(0)):
        speaker = _trimmed(resolver.text, each.speaker)
        if speaker is not None and speaker not in names:
            names[speaker] = resolver.resolve(*speaker)
        name = names[speaker] if speaker is not None else None
        found.append(_voice_span(resolver.text, each, speaker, name))
    return found


def _trimmed(text: str, speaker: Span | None) -> Span | None:
    """Return the speaker without a possessive "'s"; ``None`` when nothing is left."""
    if speaker is None:
        return None
    start, end = speaker
    if text[start:end].endswith(("'s", "\u2019s")):
        end -= 2
    return (start, end) if end > start else None


def _voice_span(text: str, each: Said, speaker: Span | None, name: str | None) -> VoiceSpan:
    return VoiceSpan(
        kind=each.kind,
        start=each.span[0],
        end=each.span[1],
        speaker=text[slice(*speaker)] if speaker else None,
        speaker_start=speaker[0] if speaker else None,
        speaker_end=speaker[1] if speaker else None,
        speaker_resolved=name,
        cue=text[slice(*each.cue)] if each.cue else None,
        cue_start=each.cue[0] if each.cue else None,
        cue_end=each.cue[1] if each.cue else None,
        cue_class=each.cue_class,
        note=each.note,
    )
