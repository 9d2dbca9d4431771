"""Say whose words a text is made of: quoted, paraphrased, or the author's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from framescope.records import VoiceSpan
from framescope.text.sentences import cut_passages, find_passages
from framescope.text.voice.attributed import Attribution
from framescope.text.voice.attribution import attributions_in
from framescope.text.voice.cues import CUES
from framescope.text.voice.quotations import Quotation, find_quotations
from framescope.text.voice.quoting import Speech, attribute, attribute_by_dash, carry_speakers
from framescope.text.voice.saying import (
    Said,
    blocks,
    paraphrased,
    quoted,
    resolved,
    short_quotations,
    signed,
)
from framescope.text.voice.speakers import Resolver
from framescope.text.voice.units import QUOTE, fold_quotations, lowered, read_unit
from framescope.text.wordclasses import word_set

_LONGEST_UNIT: Final = 1000
_SHORTEST_OUTER: Final = 40


def find_voices(text: str) -> tuple[VoiceSpan, ...]:
    """Return the stretches of a text that somebody other than its author says, sorted by start.

    All offsets are characters into ``text``. Spans may nest: a quotation inside reported speech,
    reported speech inside a quotation. What no span covers is the author's. Works for English
    (quotation marks of any language); never raises; takes time linear in the length of the text.

    >>> text = "Maria Novak left. She claimed that the talks “were a farce from the start”."
    >>> for span in find_voices(text):
    ...     print(span.kind, span.speaker, span.speaker_resolved, span.cue, span.cue_class)
    paraphrased She Maria Novak claimed claim
    quoted She Maria Novak claimed claim
    """
    passages = find_passages(text)
    quotations = find_quotations(text, passages)
    folded, spoken = fold_quotations(text, quotations)
    whole = _joined(passages, spoken)
    speeches = _speeches(spoken, passages)
    attributions = _read_units(text, folded, whole, speeches)
    carry_speakers(speeches, attributions)
    said = [*signed(text, whole), *quoted(speeches), *paraphrased(attributions, speeches)]
    said += blocks(attributions, whole, speeches)
    said += short_quotations(quotations, speeches, attributions)
    resolver = Resolver(text)
    found = resolved(resolver, said) + resolved(resolver, _inside(text, speeches))
    return tuple(sorted(found, key=lambda span: (span.start, -span.end)))


def _joined(passages: list[tuple[int, int]], spoken: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Return the passages, those that one quotation runs over joined into one."""
    joined: list[tuple[int, int]] = []
    waiting = iter(spoken)
    quotation = next(waiting, None)
    reach = 0
    for start, end in passages:
        while quotation is not None and quotation.start < end:
            reach = quotation.end
            quotation = next(waiting, None)
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, reach)
        else:
            joined.append((start, max(end, reach)))
    return joined


def _speeches(spoken: Sequence[Quotation], passages: Sequence[tuple[int, int]]) -> list[Speech]:
    """Return the quotations of speech with the number of the passage each begins in."""
    starts = [start for start, _ in passages]
    return [Speech(quotation, bisect_right(starts, quotation.start) - 1) for quotation in spoken]


def _read_units(
    text: str, folded: str, passages: list[tuple[int, int]], speeches: Sequence[Speech]
) -> list[Attribution]:
    """Return the attributions of all sentences, and give quotations the ones of their own."""
    small = lowered(folded)
    attributions: list[Attribution] = []
    waiting = 0
    for start, end in _units(folded, passages):
        found = attributions_in(read_unit(small, start, end))
        attributions += found
        while waiting < len(speeches) and speeches[waiting].quotation.start < end:
            attribute(speeches[waiting], found, text)
            if speeches[waiting].speaker is None:
                attribute_by_dash(speeches[waiting], text)
            waiting += 1
    return attributions


def _units(folded: str, passages: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the sentences, the endless ones cut: what a cue governs is searched to their end."""
    units: list[tuple[int, int]] = []
    for start, end in cut_passages(folded, passages):
        blank = folded.count(QUOTE, start, end) if end - start > _LONGEST_UNIT else 0
        if end - start - blank <= _LONGEST_UNIT:
            units.append((start, end))
        else:
            units += _chopped(folded, start, end)
    return units


def _chopped(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return an endless sentence in pieces, cut at spaces."""
    pieces: list[tuple[int, int]] = []
    cut = folded.find(" ", start + _LONGEST_UNIT, end)
    while cut >= 0:
        pieces.append((start, cut))
        start = cut + 1
        cut = folded.find(" ", start + _LONGEST_UNIT, end)
    return [*pieces, (start, end)]


def _inside(text: str, speeches: Sequence[Speech]) -> list[Said]:
    """Return what quoted speakers report of others: "The agency: 'Novak denied that ...'"."""
    small = lowered(text)
    found: list[Attribution] = []
    for speech in speeches:
        start, end = speech.quotation.start + 1, speech.quotation.end - 1
        if end - start >= _SHORTEST_OUTER and _may_report(small, start, end):
            for unit in _units(text, [(start, end)]):
                found += attributions_in(read_unit(small, *unit))
    return paraphrased([each for each in found if _names_somebody(text, each)], ())


def _may_report(small: str, start: int, end: int) -> bool:
    """Tell whether a quotation holds a verb that could report a third person's words."""
    return not _REPORTING.isdisjoint(small[start:end].split())


def _names_somebody(text: str, attribution: Attribution) -> bool:
    """Tell whether an attribution inside a quotation names its speaker, and not the quoted one."""
    if attribution.speaker is None:
        return False
    word = text[slice(*attribution.speaker)].split(None, 1)[0]
    return word in ("the", "The") or (word[0].isupper() and word.lower() not in _SELF)


_REPORTING: Final = frozenset(
    form
    for form, cue in CUES.items()
    if cue.form in ("third", "past")
    and (cue.cue_class != "neutral" or cue.lemma in ("say", "tell", "announce", "report", "praise"))
)
_SELF: Final = word_set("i we you he she they it i'm who this that what there and but")
