"""A run that is killed at any moment and resumed gives the bytes of one that never was."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")

SIDE_FILES = ("", ".quarantine.jsonl")


def contents(output: Path) -> dict[str, bytes]:
    return {end: Path(f"{output}{end}").read_bytes() for end in SIDE_FILES}


def counts(output: Path) -> Any:
    return json.loads(Path(f"{output}.ledger.json").read_text())["rows"]


def killed_at_call(number: int, run: Callable[[], object]) -> bool:
    """Run in a fork that SIGKILLs itself at its n-th change to the disk; say whether it was killed.

    Of a write, half the bytes reach the file first.
    """
    child = os.fork()
    if child == 0:
        try:
            _kill_at(number)
            run()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _kill_at(number: int) -> None:
    left = [number]

    def dying(original: Callable[..., Any], halve: bool = False) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                if halve:
                    original(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **named)

        return call

    os.write = dying(os.write, halve=True)
    for name in ("fsync", "ftruncate", "replace", "unlink", "open"):
        setattr(os, name, dying(getattr(os, name)))


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "csv.zst", "csv.bz2", "jsonl", "parquet"])
@pytest.mark.usefixtures("small_chunks")
def test_killed_at_any_change_to_the_disk_a_run_resumes_to_the_same_bytes(
    suffix: str, messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    whole = tmp_path / "whole" / f"out.{suffix}"
    whole.parent.mkdir()
    run_job(messy_csv, whole)
    moments, step = 1, {"csv": 1, "parquet": 2}.get(suffix, 4)
    while True:
        folder = tmp_path / f"killed-{moments}"
        folder.mkdir()
        output = folder / f"out.{suffix}"
        was_killed = killed_at_call(moments, lambda out=output: run_job(messy_csv, out))
        if not was_killed:
            break
        if output.exists():
            assert output.read_bytes() == whole.read_bytes()
        run_job(messy_csv, output, resume=True)
        assert contents(output) == contents(whole)
        assert counts(output) == counts(whole)
        left_over = {path.name for path in folder.iterdir()} - {
            f"out.{suffix}{end}" for end in (*SIDE_FILES, ".ledger.json", ".ledger.json.new")
        }
        assert not left_over
        shutil.rmtree(folder)
        moments += step
    assert moments > 20


@pytest.mark.usefixtures("small_chunks")
def test_a_run_that_is_killed_again_and_again_still_ends_with_the_same_bytes(
    messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    run_job(messy_csv, whole)
    chance = random.Random(7)
    for _ in range(200):
        if not killed_at_call(
            chance.randrange(5, 25), lambda: run_job(messy_csv, output, resume=True)
        ):
            break
    assert contents(output) == contents(whole)
    assert counts(output) == counts(whole)


@pytest.mark.parametrize("form", ["utf-16", "cp1252", "gz", "zst", "parquet", "jsonl"])
@pytest.mark.usefixtures("small_chunks")
def test_an_input_of_any_form_is_entered_again_at_the_checkpoint(
    form: str, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    source = _input_of_form(form, tmp_path)
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    run_job(source, whole)
    for moment in (30, 60, 90):
        assert killed_at_call(moment, lambda: run_job(source, output, resume=True))
        run_job(source, output, resume=True)
        assert output.read_bytes() == whole.read_bytes()
        output.unlink()
        Path(f"{output}.ledger.json").unlink()


def _input_of_form(form: str, folder: Path) -> Path:
    import gzip

    import pandas as pd
    import zstandard

    rows = [{"id": str(i), "text": f"The café was shelled {i} times"} for i in range(300)]
    text = "id,text\n" + "".join(f"{row['id']},{row['text']}\n" for row in rows)
    path = folder / ("in.csv" if form in ("utf-16", "cp1252") else f"in.csv.{form}")
    if form in ("utf-16", "cp1252"):
        path.write_bytes(text.encode(form))
    elif form == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    elif form == "zst":
        path.write_bytes(zstandard.compress(text.encode()))
    elif form == "parquet":
        path = folder / "in.parquet"
        pd.DataFrame(rows).to_parquet(path, row_group_size=50)
    else:
        path = folder / "in.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _many_rows(path: Path) -> Path:
    with path.open("w") as file:
        file.write("id,text\n")
        for i in range(40_000):
            file.write(
                f'{i},"Row {i}: the minister said ""sanctions""\nare a provocation by NATO"\n'
            )
            if i % 1000 == 0:
                file.write("a row,with,too many fields\n")
    return path


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_by_the_clock_the_command_resumes_to_the_same_bytes(
    workers: int,
    tmp_path: Path,
    command: Callable[..., Any],
    start_command: Callable[..., Any],
) -> None:
    source = _many_rows(tmp_path / "in.csv")
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    assert command(source, "-o", whole).returncode == 0
    chance = random.Random(workers)
    arguments = (source, "-o", output, "--resume", "--workers", str(workers))
    for _ in range(4):
        process = start_command(*arguments)
        time.sleep(chance.uniform(0.2, 3.0))
        process.kill()
        process.communicate()
        assert not output.exists() or output.read_bytes() == whole.read_bytes()
    assert command(*arguments).returncode == 0
    assert contents(output) == contents(whole)


def test_resuming_a_finished_run_changes_nothing_and_says_so(
    messy_csv: Path, tmp_path: Path, command: Callable[..., Any]
) -> None:
    output = tmp_path / "out.csv"
    assert command(messy_csv, "-o", output).returncode == 0
    before = output.stat().st_mtime_ns
    again = command(messy_csv, "-o", output, "--resume")
    assert again.returncode == 0
    assert b"finished already" in again.stderr
    assert output.stat().st_mtime_ns == before


def test_with_nothing_to_resume_a_run_starts_at_the_beginning(
    messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    run_job(messy_csv, tmp_path / "a.csv", resume=True)
    run_job(messy_csv, tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.fixture
def half_a_run(
    messy_csv: Path, tmp_path: Path, small_chunks: None, run_job: Callable[..., Any]
) -> Path:
    output = tmp_path / "half.csv"
    assert killed_at_call(30, lambda: run_job(messy_csv, output))
    assert json.loads(Path(f"{output}.ledger.json").read_text())["checkpoint"]["chunks"] >= 2
    return output


def test_resume_refuses_a_changed_input(
    half_a_run: Path, messy_csv: Path, run_job: Callable[..., Any]
) -> None:
    messy_csv.write_text(messy_csv.read_text().replace("NATO 20", "NATO 21"))
    with pytest.raises(Exception, match=r"cannot resume.*input 1 changed"):
        run_job(messy_csv, half_a_run, resume=True)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("min_probability", 0.7), ("columns", ("frames",)), ("prefix", "m_"), ("excel_safe", True)],
)
def test_resume_refuses_another_setting(
    setting: str, value: Any, half_a_run: Path, messy_csv: Path, run_job: Callable[..., Any]
) -> None:
    with pytest.raises(Exception, match=f"cannot resume.*settings: {setting} was"):
        run_job(messy_csv, half_a_run, resume=True, **{setting: value})


def test_resume_refuses_another_model(
    half_a_run: Path, messy_csv: Path, run_job: Callable[..., Any]
) -> None:
    path = Path(f"{half_a_run}.ledger.json")
    ledger = json.loads(path.read_text())
    ledger["model"]["sha256"] = "0" * 63 + "1"
    path.write_text(json.dumps(ledger))
    with pytest.raises(Exception, match=r"cannot resume.*the model changed"):
        run_job(messy_csv, half_a_run, resume=True)


def test_resume_refuses_an_output_that_somebody_changed(
    half_a_run: Path, messy_csv: Path, run_job: Callable[..., Any]
) -> None:
    part = Path(f"{half_a_run}.part")
    part.write_bytes(b"X" + part.read_bytes()[1:])
    with pytest.raises(Exception, match=r"it was changed since. Start again with --force"):
        run_job(messy_csv, half_a_run, resume=True)


def test_resume_refuses_a_ledger_that_is_broken(
    half_a_run: Path, messy_csv: Path, run_job: Callable[..., Any]
) -> None:
    Path(f"{half_a_run}.ledger.json").write_text("{")
    with pytest.raises(Exception, match=r"this ledger cannot be read.*--force"):
        run_job(messy_csv, half_a_run, resume=True)


def test_an_unfinished_run_is_neither_continued_nor_replaced_unasked(
    half_a_run: Path, messy_csv: Path, run_job: Callable[..., Any]
) -> None:
    with pytest.raises(Exception, match=r"unfinished run.*--resume.*--force"):
        run_job(messy_csv, half_a_run)


def test_force_starts_an_unfinished_run_again(
    half_a_run: Path, messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    run_job(messy_csv, half_a_run, force=True)
    run_job(messy_csv, tmp_path / "whole.csv")
    assert contents(half_a_run) == contents(tmp_path / "whole.csv")


def test_a_second_run_on_the_same_output_is_refused_while_the_first_lasts(
    messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    from framescope.batch.files import PartFile

    first = PartFile(tmp_path / "out.csv")
    with pytest.raises(Exception, match="another run is writing it"):
        run_job(messy_csv, tmp_path / "out.csv", force=True)
    first.close()
