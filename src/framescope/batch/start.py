"""Where a run begins: at the start, at a checkpoint, or not at all."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from framescope.batch.files import part_of
from framescope.batch.ledger import Ledger, read_ledger
from framescope.batch.settings import BatchJob
from framescope.errors import OutputError
from framescope.records import ModelIdentity
from framescope.tables.formats import TableFormat
from framescope.tables.survey import Survey

_PACKAGES = ("framescope", "numpy", "pyarrow", "zstandard")


def describe_run(
    job: BatchJob, sources: list[Survey], target: TableFormat, model: ModelIdentity
) -> dict[str, Any]:
    """Return what the ledger says about a run: inputs, model, settings, versions."""
    look = job.appearance
    return {
        "inputs": [describe_input(source) for source in sources],
        "model": {"name": model.name, "version": model.version, "sha256": model.sha256},
        "settings": {
            "text_column": look.text_column,
            "columns": list(look.columns),
            "prefix": look.prefix,
            "min_probability": look.min_probability,
            "excel_safe": look.excel_safe,
            "delimiter": job.delimiter,
            "output_format": target.name,
            "output_compression": target.compression,
        },
        "versions": {"python": platform.python_version(), **_package_versions()},
    }


def describe_input(source: Survey) -> dict[str, Any]:
    """Return what the ledger says about an input."""
    return {
        "path": source.path,
        "format": source.format.name,
        "compression": source.format.compression,
        "encoding": source.encoding.name,
        "size": source.size,
        "sha256": source.sha256,
    }


def starting_ledger(job: BatchJob, about: dict[str, Any], path: Path | None) -> Ledger:
    """Return the ledger to go on from, fresh or read; its state may be ``finished``.

    Raises :class:`OutputError` when the output may not be touched, or when `--resume` finds a run
    that was started with something else.
    """
    fresh = Ledger(about)
    if job.to_stdout:
        return fresh
    output = Path(job.output)
    if output.is_dir():
        raise OutputError(f"{output}: this is a directory; name a file.")
    if job.force:
        return fresh
    earlier = read_ledger(path) if job.resume and path else None
    if earlier is not None:
        return _resumed(earlier, about, output)
    _refuse_to_overwrite(output, job.resume)
    return fresh


def _resumed(earlier: Ledger, about: dict[str, Any], output: Path) -> Ledger:
    changed = earlier.changed(about)
    if changed:
        raise OutputError(
            f"{output}: cannot resume, because the run was started with something else: "
            f"{'; '.join(changed[:8])} changed. Resume with what it was, or start again (--force)."
        )
    if earlier.state == "finished":
        expected = earlier.files["output"]["bytes"]
        if not output.is_file() or output.stat().st_size != expected:
            raise OutputError(
                f"{output}: its ledger says it is finished with {expected:,} bytes, but the file "
                "is gone or another. Start again with --force."
            )
    return earlier


def _refuse_to_overwrite(output: Path, resume: bool) -> None:
    if output.exists():
        why = "and there is no ledger to resume from " if resume else ""
        raise OutputError(
            f"{output}: exists already {why}and is not overwritten. Choose another name, or "
            "replace it with --force."
        )
    if part_of(output).exists() and not resume:
        raise OutputError(
            f"{output}: an unfinished run was left here. Go on with --resume, or start again with "
            "--force."
        )


def _package_versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
