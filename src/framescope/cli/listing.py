"""Readings on a terminal: statements with their frames, voices and evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from framescope.records import FrameScore, Reading, StatementReading, VoiceSpan

_COLOURS = ("red", "magenta", "yellow", "blue", "cyan", "green")


def print_reading(reading: Reading, framed_only: bool = False) -> None:
    """Print every statement of a reading, or those with a frame."""
    console = Console(highlight=False)
    if reading.author:
        console.print(f"[dim]author: {escape(reading.author)}[/]")
    shown = [s for s in reading.statements if s.frames or not framed_only]
    for statement in shown:
        _print_statement(console, statement)
    console.print(_summary(reading), style="dim")


def _print_statement(console: Console, statement: StatementReading) -> None:
    style = "" if statement.frames else "dim"
    console.print(Text(" ".join(statement.text.split()), style=style))
    if statement.abstained:
        console.print(f"    [yellow]no answer: {statement.abstained.replace('_', ' ')}[/]")
    for frame in statement.frames:
        console.print(f"    {_frame(frame)}  [dim]{escape(_voices(statement, frame.id))}[/]")
        for span in statement.evidence.get(frame.id, ())[:5]:
            console.print(
                f"        [dim]{span.weight:+.2f}  {escape(' '.join(span.text.split()))}[/]"
            )


def _frame(frame: FrameScore) -> str:
    colour = _COLOURS[sum(map(ord, frame.id)) % len(_COLOURS)]
    return f"[bold {colour}]{escape(frame.id):<26}[/] {frame.probability:.2f}"


def _voices(statement: StatementReading, frame: str) -> str:
    names = list(dict.fromkeys(map(_described, _outer(statement, frame))))
    voice = "; ".join(names) if names else "author"
    return voice if statement.assertion == "asserted" else f"{voice} · {statement.assertion}"


def _outer(statement: StatementReading, frame: str) -> list[VoiceSpan]:
    """Return the voices a frame is in: those that hold its strongest evidence, if that is known."""
    spans = [v for v in statement.voice if not _inside_another(v, statement.voice)]
    strongest = next(iter(statement.evidence.get(frame, ())), None)
    if strongest is None:
        return spans
    return [v for v in spans if v.start <= strongest.start < v.end]


def _inside_another(voice: VoiceSpan, voices: tuple[VoiceSpan, ...]) -> bool:
    return any(
        o is not voice
        and o.start <= voice.start
        and voice.end <= o.end
        and o.speaker == voice.speaker
        for o in voices
    )


def _described(voice: VoiceSpan) -> str:
    speaker = voice.speaker_resolved or voice.speaker or "somebody"
    return f"{speaker}, {voice.kind}" + (f" ({voice.cue})" if voice.cue else "")


def print_by_speaker(reading: Reading) -> None:
    """Print what each speaker frames, and what the author does."""
    console = Console(highlight=False)
    groups: dict[str, list[tuple[StatementReading, FrameScore]]] = defaultdict(list)
    for speaker, statement, frame in _spoken(reading):
        groups[speaker].append((statement, frame))
    for speaker, found in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        console.print(f"[bold]{escape(speaker)}[/]")
        for statement, frame in found:
            console.print(f"    {_frame(frame)}  [dim]{escape(_shortened(statement.text))}[/]")
    console.print(_summary(reading), style="dim")


def _spoken(reading: Reading) -> Iterator[tuple[str, StatementReading, FrameScore]]:
    for statement in reading.statements:
        for frame in statement.frames:
            voices = _outer(statement, frame.id)
            names = {v.speaker_resolved or v.speaker or "somebody unnamed" for v in voices}
            for name in sorted(names) or [
                f"author{f' ({reading.author})' if reading.author else ''}"
            ]:
                yield name, statement, frame


def _shortened(text: str, width: int = 70) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _summary(reading: Reading) -> str:
    statements = reading.statements
    framed = sum(bool(s.frames) for s in statements)
    declined = sum(s.abstained is not None for s in statements)
    end = f", {declined} without an answer" if declined else ""
    return f"{len(statements)} statements, {framed} with a frame{end}; model {reading.model.name}"
