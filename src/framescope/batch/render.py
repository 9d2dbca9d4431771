"""One chunk in, the bytes of its output and its counts out; the whole work of a worker."""

from __future__ import annotations

import bz2
import gzip
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from framescope.batch.arrow_rows import arrow_header, arrow_rows
from framescope.batch.columns import ScoreColumns, score_columns
from framescope.batch.counts import Counts
from framescope.batch.evidence import evidence_of, voice_of
from framescope.batch.plan import Plan
from framescope.batch.settings import Scorer
from framescope.batch.text_rows import csv_header, csv_rows, json_rows
from framescope.model.scores import BatchScores
from framescope.predictor import FEW
from framescope.tables.chunks import Chunk, Header
from framescope.tables.formats import Compression


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes a chunk adds to the output, and its counts."""

    data: bytes
    counts: Counts


def render_header(plan: Plan, header: Header) -> bytes:
    """Return the first bytes of the output."""
    if plan.target.name == "parquet":
        return arrow_header(plan)
    text = "" if plan.target.name == "jsonl" else csv_header(plan, header.raw)
    return compressed(text.encode(), plan.target.compression)


def render_chunk(plan: Plan, scorer: Scorer, chunk: Chunk) -> Rendered:
    """Score a chunk and write its rows as they go into the output."""
    if not chunk.texts:
        return Rendered(b"", Counts(read=chunk.rows_read, quarantined=len(chunk.rejects)))
    scores = score_alike(scorer, chunk.texts)
    columns = score_columns(scores, plan.frames, plan.appearance.min_probability)
    extras = extra_columns(plan, scorer, chunk)
    prefixed = 0
    if plan.target.name == "parquet":
        data = arrow_rows(plan, chunk, columns, extras)
    elif plan.target.name == "jsonl":
        data = json_rows(plan, chunk, columns, extras).encode()
    else:
        text, prefixed = csv_rows(plan, chunk, columns, extras)
        data = text.encode()
    counts = _counts(plan, chunk, columns, prefixed)
    return Rendered(compressed(data, plan.target.compression), counts)


def score_alike(scorer: Scorer, texts: Sequence[str]) -> BatchScores:
    """Score texts so that no figure depends on how many others are scored at the same time.

    The predictor scores a few texts in plain Python and many in its kernel, which may differ in
    the last digit that is written. Where a chunk ends must not show, so a short one is filled up.
    """
    missing = FEW + 1 - len(texts)
    if missing <= 0:
        return scorer.score(texts)
    scores = scorer.score([*texts, *[""] * missing])
    n = len(texts)
    return BatchScores(
        scores.probabilities[:n], scores.decided[:n], scores.abstained[:n], scores.coverage[:n]
    )


def compressed(data: bytes, how: Compression | None) -> bytes:
    """Compress bytes as one member that can be followed by others; the same bytes every time."""
    if how is None or not data:
        return data
    if how == "gz":
        return gzip.compress(data, compresslevel=5, mtime=0)
    if how == "bz2":
        return bz2.compress(data)
    import zstandard

    return zstandard.ZstdCompressor(level=3).compress(data)


def extra_columns(plan: Plan, scorer: Scorer, chunk: Chunk) -> list[list[Any]]:
    """Return the values of the columns ``evidence`` and ``voice``, if they were chosen."""
    chosen = plan.appearance.columns
    if "evidence" not in chosen and "voice" not in chosen:
        return []
    readings = [scorer.read(text, evidence="evidence" in chosen) for text in chunk.texts]
    extras: list[list[Any]] = []
    if "evidence" in chosen:
        extras.append([evidence_of(reading) for reading in readings])
    if "voice" in chosen:
        extras.append([voice_of(reading) for reading in readings])
    return extras


def _counts(plan: Plan, chunk: Chunk, columns: ScoreColumns, prefixed: int) -> Counts:
    abstained = Counter(reason for reason in columns.abstained if reason)
    by_frame = zip(plan.frames, columns.decided.sum(axis=0).tolist(), strict=True)
    return Counts(
        read=chunk.rows_read,
        scored=len(chunk.texts) - sum(abstained.values()),
        quarantined=len(chunk.rejects),
        abstained=abstained,
        frames={frame: count for frame, count in by_frame if count},
        cells_prefixed=prefixed,
    )
