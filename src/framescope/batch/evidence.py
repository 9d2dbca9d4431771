"""Voice and evidence of a row as JSON values, for ``--columns evidence,voice``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from framescope.records import Reading


def evidence_of(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """Return, for each frame the reading has evidence of, its spans and their weights."""
    found: dict[str, list[dict[str, Any]]] = {}
    for statement in reading.statements:
        for frame, spans in statement.evidence.items():
            for span in spans:
                entry = {"start": span.start, "end": span.end, "text": span.text}
                found.setdefault(frame, []).append({**entry, "weight": round(span.weight, 4)})
    return found


def voice_of(reading: Reading) -> list[dict[str, Any]]:
    """Return the attributed spans of a reading, each once, without their empty fields."""
    spans = dict.fromkeys(span for statement in reading.statements for span in statement.voice)
    return [
        {name: value for name, value in asdict(span).items() if value is not None} for span in spans
    ]
