"""The end of a run: its files get their names, in an order that any kill leaves resumable."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from framescope.batch.arrow_rows import assemble_parquet
from framescope.batch.files import part_of, put_in_place, saying_why, sync_file
from framescope.batch.ledger import Checkpoint, Ledger
from framescope.batch.settings import RunPaths
from framescope.errors import OutputError

_BLOCK = 1 << 20


def put_results_in_place(ledger: Ledger, paths: RunPaths) -> None:
    """Give quarantine and output their final names and write the finished ledger.

    Every step may already have been done by a run that was killed here.
    """
    if paths.ledger is not None:
        ledger = ledger.with_state("finishing")
        ledger.write(paths.ledger)
    point = ledger.checkpoint
    quarantine = None
    if paths.quarantine is not None:
        quarantine = _place_quarantine(paths.quarantine, ledger.checkpoint)
    described: dict[str, Any] = {"bytes": point.output_bytes, "sha256": point.output_sha256}
    if paths.output is not None:
        if ledger.about["settings"]["output_format"] == "parquet":
            described = _place_parquet(paths.output)
        else:
            _place(paths.output, point.output_bytes)
    if paths.ledger is not None:
        output = {"path": str(paths.output or "-"), **described}
        ledger = ledger.with_state("finished", output=output, quarantine=quarantine)
        ledger.write(paths.ledger)
    forget_parts(paths)


def forget_parts(paths: RunPaths) -> None:
    """Remove what a finished run has no more use for."""
    if paths.output is not None:
        part_of(paths.output).unlink(missing_ok=True)


def _place_quarantine(path: Path, point: Checkpoint) -> dict[str, Any] | None:
    """Put the quarantine in place; without a rejected row there is none, nor one of before."""
    if point.quarantine_bytes == 0:
        part_of(path).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        return None
    _place(path, point.quarantine_bytes)
    sizes = {"bytes": point.quarantine_bytes, "sha256": point.quarantine_sha256}
    return {"path": str(path), **sizes}


def _place(final: Path, size: int) -> None:
    part = part_of(final)
    whole = part if part.exists() else final
    if not whole.is_file() or whole.stat().st_size != size:
        raise OutputError(
            f"{whole}: should hold {size:,} bytes and does not; it was changed since. Start again "
            "with --force."
        )
    if whole is part:
        put_in_place(part, final)


def _place_parquet(output: Path) -> dict[str, Any]:
    """Assemble the Parquet file from the parts, which stay until the ledger says finished."""
    assembled = part_of(output.with_name(output.name + ".assembled"))
    with saying_why(assembled):
        assemble_parquet(part_of(output), assembled)
    sync_file(assembled)
    described = {"bytes": assembled.stat().st_size, "sha256": _sha256(assembled)}
    put_in_place(assembled, output)
    return described


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
