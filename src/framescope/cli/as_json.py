"""Readings as the JSON that the contract promises."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from framescope.records import Reading, StatementReading

_MOST_EVIDENCE = 12


def reading_as_json(reading: Reading) -> str:
    """Return a reading as one JSON object."""
    content: dict[str, Any] = {
        "model": asdict(reading.model),
        "author": reading.author,
        "statements": [_statement(statement) for statement in reading.statements],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode()


def _statement(statement: StatementReading) -> dict[str, Any]:
    frames = [_rounded(asdict(frame)) for frame in statement.frames]
    content = {
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "frames": frames,
        "scores": {name: round(value, 6) for name, value in statement.scores.items()},
        "abstained": statement.abstained,
        "coverage": statement.coverage,
        "voice": [asdict(span) for span in statement.voice],
        "assertion": statement.assertion,
    }
    if statement.evidence:
        content["evidence"] = {
            frame: [_rounded(asdict(span)) for span in spans[:_MOST_EVIDENCE]]
            for frame, spans in statement.evidence.items()
        }
    return content


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {k: round(v, 6) if isinstance(v, float) else v for k, v in values.items()}
