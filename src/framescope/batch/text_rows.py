"""Write the rows of a chunk as CSV, TSV or JSONL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from framescope.batch.cells import as_dicts, as_json, as_rows, defused, quoted
from framescope.batch.columns import FOUR_DECIMALS, ScoreColumns, template_of, written
from framescope.batch.plan import Plan
from framescope.tables.chunks import Chunk

Extras = Sequence[Sequence[Any]]
"""Values of further columns (evidence, voice), each a value a row."""


def csv_header(plan: Plan, raw: str) -> str:
    """Return the header line; `raw` is the input's."""
    names = list(plan.columns)
    if plan.keeps_raw:
        return plan.delimiter.join([raw, *_quoted(plan.appended, plan)]) + plan.line_end
    if plan.appearance.excel_safe:
        names, _ = defused(names)
    return plan.delimiter.join(_quoted([*names, *plan.appended], plan)) + plan.line_end


def csv_rows(plan: Plan, chunk: Chunk, columns: ScoreColumns, extras: Extras) -> tuple[str, int]:
    """Return the rows of a chunk as CSV, and how many cells were made safe for Excel."""
    heads, prefixed = _csv_heads(plan, chunk)
    parts = [heads, *_csv_score_columns(plan, columns)]
    parts += [[quoted(as_json(value), plan.delimiter) for value in extra] for extra in extras]
    rows = map(plan.delimiter.join, zip(*parts, strict=True))
    end = plan.line_end
    return (end.join(rows) + end if heads else ""), prefixed


def json_rows(plan: Plan, chunk: Chunk, columns: ScoreColumns, extras: Extras) -> str:
    """Return the rows of a chunk as JSON lines: each object with the new fields at its end."""
    heads = _json_heads(plan, chunk)
    parts = [heads, *_json_score_columns(plan, columns)]
    keys = [
        plan.appearance.prefix + n for n in ("evidence", "voice") if n in plan.appearance.columns
    ]
    parts += [
        [f"{json.dumps(key)}: {as_json(value)}" for value in extra]
        for key, extra in zip(keys, extras, strict=True)
    ]
    rows = map(", ".join, zip(*parts, strict=True))
    return "}\n".join(rows) + "}\n" if heads else ""


def _csv_heads(plan: Plan, chunk: Chunk) -> tuple[list[str], int]:
    """Return the input's part of each row."""
    if plan.keeps_raw:
        return chunk.raws, 0
    rows, prefixed = as_rows(chunk.records, plan.columns), 0
    if plan.appearance.excel_safe:
        safe = [defused(row) for row in rows]
        rows, prefixed = [cells for cells, _ in safe], sum(count for _, count in safe)
    return [plan.delimiter.join(_quoted(row, plan)) for row in rows], prefixed


def _csv_score_columns(plan: Plan, columns: ScoreColumns) -> list[list[str]]:
    chosen, silent = plan.appearance.columns, columns.silent
    parts: list[list[str]] = []
    if "frames" in chosen:
        cells = {text: quoted(text, plan.delimiter) for text in set(columns.frames)}
        parts.append([cells[text] for text in columns.frames])
    if "top" in chosen:
        names = _quoted(plan.frames, plan)
        parts.append(_blanked([names[i] for i in columns.top.tolist()], silent, ""))
        parts.append(_blanked(_top_probabilities(columns), silent, ""))
    parts.append(columns.abstained)
    if "probabilities" in chosen:
        between = plan.delimiter.encode()
        block = written(columns.tenthousandths, template_of(len(plan.frames), between))
        parts.append(_blanked(block, silent, plan.delimiter * (len(plan.frames) - 1)))
    return parts


def _json_heads(plan: Plan, chunk: Chunk) -> list[str]:
    if plan.keeps_raw:
        return [raw[:-1].rstrip() for raw in chunk.raws]
    return [as_json(record)[:-1] for record in as_dicts(chunk.records, plan.columns)]


def _json_score_columns(plan: Plan, columns: ScoreColumns) -> list[list[str]]:
    chosen, silent, prefix = plan.appearance.columns, columns.silent, plan.appearance.prefix
    parts: list[list[str]] = []
    if "frames" in chosen:
        parts.append(_json_field(prefix + "frames", columns.frames))
    if "top" in chosen:
        names = [plan.frames[i] for i in columns.top.tolist()]
        null = f"{json.dumps(prefix + 'top_frame')}: null"
        parts.append(_blanked(_json_field(prefix + "top_frame", names), silent, null))
        key = json.dumps(prefix + "top_probability")
        top = [f"{key}: {text}" for text in _top_probabilities(columns)]
        parts.append(_blanked(top, silent, f"{key}: null"))
    parts.append(_json_field(prefix + "abstained", columns.abstained))
    if "probabilities" in chosen:
        keys = [json.dumps(f"{prefix}p_{frame}") for frame in plan.frames]
        template = template_of(len(keys), b", ", lambda i: f"{keys[i]}: ".encode())
        nulls = ", ".join(f"{key}: null" for key in keys)
        parts.append(_blanked(written(columns.tenthousandths, template), silent, nulls))
    return parts


def _json_field(name: str, values: Sequence[str]) -> list[str]:
    """Return a field for each value; the few different values are written once."""
    key = json.dumps(name)
    null_for_empty = name.endswith("abstained")
    fields = {
        value: f"{key}: {'null' if null_for_empty and not value else json.dumps(value)}"
        for value in set(values)
    }
    return [fields[value] for value in values]


def _top_probabilities(columns: ScoreColumns) -> list[str]:
    tops = columns.tenthousandths[range(len(columns.top)), columns.top]
    return [FOUR_DECIMALS[i] for i in tops.tolist()]


def _blanked(values: list[str], silent: Sequence[int], blank: str) -> list[str]:
    """Put a blank on the rows on which the model declined to answer."""
    for row in silent:
        values[row] = blank
    return values


def _quoted(names: Sequence[str], plan: Plan) -> list[str]:
    return [quoted(name, plan.delimiter) for name in names]
