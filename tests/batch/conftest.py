"""What the tests of the batch engine share: the shipped model, a way to run a job, small chunks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from framescope.batch.progress import Silence
from framescope.batch.settings import Appearance, BatchJob, Scorer
from framescope.batch.stream import Outcome, score_tables
from framescope.cli.score import load_scorer

COMMAND = [sys.executable, "-c", "from framescope.cli.app import main; main()", "score"]


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return load_scorer(None)


@pytest.fixture
def run_job(scorer: Scorer) -> Callable[..., Outcome]:
    """Run a job in this process; keywords of the appearance and of the job may be mixed."""

    def run(inputs: Path | str | tuple[str, ...], output: Path | str, **settings: Any) -> Outcome:
        names = set(Appearance.__dataclass_fields__)
        look = Appearance(**{k: v for k, v in settings.items() if k in names})
        rest = {k: v for k, v in settings.items() if k not in names}
        paths = inputs if isinstance(inputs, tuple) else (str(inputs),)
        job = BatchJob(paths, str(output), look, **rest)
        return score_tables(job, lambda model: scorer, Silence())

    return run


@pytest.fixture
def command() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run ``framescope score`` as a user does."""

    def run(*arguments: str | Path, **how: Any) -> subprocess.CompletedProcess[bytes]:
        line = [*COMMAND, *map(str, arguments)]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 300, **how}
        return subprocess.run(line, check=False, **options)

    return run


@pytest.fixture
def start_command() -> Callable[..., subprocess.Popen[bytes]]:
    """Start ``framescope score`` and leave it running."""

    def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
        line = [*COMMAND, *map(str, arguments)]
        return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    return start


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut inputs into many chunks and write a checkpoint after each."""
    monkeypatch.setattr("framescope.tables.csv_chunks.CHUNK_BYTES", 600)
    monkeypatch.setattr("framescope.tables.json_chunks.CHUNK_BYTES", 600)
    monkeypatch.setattr("framescope.tables.parquet_chunks.CHUNK_ROWS", 7)
    monkeypatch.setattr("framescope.batch.stream._SECONDS_BETWEEN_CHECKPOINTS", 0.0)


@pytest.fixture
def ledger_of() -> Callable[[Path], dict[str, Any]]:
    def read(output: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(Path(f"{output}.ledger.json").read_text())
        return found

    return read


@pytest.fixture
def quarantine_of() -> Callable[[Path], list[dict[str, Any]]]:
    def read(output: Path) -> list[dict[str, Any]]:
        lines = Path(f"{output}.quarantine.jsonl").read_text().split("\n")
        return [json.loads(line) for line in lines if line]

    return read


@pytest.fixture
def messy_csv(tmp_path: Path) -> Path:
    """A CSV of some chunks' length with quoted newlines, empty texts and rows that are none."""
    rows = ["id,text,date"]
    for i in range(24):
        rows.append(f'{i},"The minister said ""no"" to sanctions,\nand blamed NATO {i}",2022-03-01')
        rows.append(f"{i}b,Civilians were killed near the border,2022-03-02")
        if i % 9 == 0:
            rows += [f"{i}c,,x", f"{i}d,too,many,fields", f'{i}e,"open', ""]
    path = tmp_path / "messy.csv"
    path.write_text("\n".join(rows) + "\n", newline="")
    return path
