"""``framescope score`` as a user meets it: streams, failures, signals, exit codes."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-c", "from framescope.cli.app import main; main()", "score"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


def run(*arguments: str | Path, **how: Any) -> subprocess.CompletedProcess[bytes]:
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 300, **how}
    return subprocess.run([*COMMAND, *map(str, arguments)], check=False, **options)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CSV that takes some seconds to score."""
    path = tmp_path_factory.mktemp("many") / "many.csv"
    with path.open("w") as file:
        file.write("id,text\n")
        for i in range(150_000):
            file.write(f"{i},The minister said that sanctions number {i} are economic war\n")
    return path


@pytest.fixture(scope="module")
def scored(many: Path) -> bytes:
    done = run(many, "-o", many.with_name("whole.csv"))
    assert done.returncode == 0, done.stderr
    return many.with_name("whole.csv").read_bytes()


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the command and leave it running; whatever is left at the end of a test is killed."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
        line = [*COMMAND, *map(str, arguments)]
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        with process:
            pass


def wait_for_rows(output: Path, process: subprocess.Popen[bytes]) -> None:
    part = Path(f"{output}.part")
    for _ in range(6000):
        if part.exists() and part.stat().st_size > 5_000_000:
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    pytest.fail("the run wrote nothing")


def test_standard_input_to_standard_output_with_no_file_left(tmp_path: Path) -> None:
    done = run("-", "-o", "-", input=b"text\nSanctions\n", cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("text,frames,top_frame,top_probability,abstained,p_")
    assert lines[1].startswith("Sanctions,")
    assert list(tmp_path.iterdir()) == []


def test_standard_input_gives_the_bytes_of_the_file(many: Path, scored: bytes) -> None:
    with many.open("rb") as file:
        assert run("-", "-o", "-", stdin=file).stdout == scored


def test_a_ledger_of_streams_is_kept_when_asked_for(tmp_path: Path) -> None:
    ledger = tmp_path / "run.json"
    done = run("-", "-o", "-", "--ledger", ledger, input=b"text,n\nwar,1\nbad\n")
    assert done.returncode == 0
    record = json.loads(ledger.read_text())
    assert record["state"] == "finished"
    assert record["inputs"][0]["size"] == 17
    assert record["rows"]["quarantined"] == 1
    assert "too few fields" in (tmp_path / "run.json.quarantine.jsonl").read_text()


def test_without_a_ledger_rejected_rows_are_shown() -> None:
    done = run("-", "-o", "-", "--quiet", input=b"text,n\nbad\n")
    assert b'"reason": "too few fields: 1, the header has 2", "raw": "bad"' in done.stderr


@pytest.mark.parametrize("content", [b"text\n\xd1\xd0\xd2\xd3\xc4\n", b"\x00\x01\x02\x00\x00"])
def test_standard_input_that_is_no_text_is_refused(content: bytes) -> None:
    done = run("-", "-o", "-", input=content)
    assert done.returncode == 1
    assert b"standard input: byte" in done.stderr


def test_json_lines_flow_through(tmp_path: Path) -> None:
    done = run("-", "-o", "-", "--format", "jsonl", input=b'{"text": "War", "id": [1]}\n')
    row = json.loads(done.stdout)
    assert row["id"] == [1]
    assert isinstance(row["top_probability"], float | None)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("none.csv", "-o", "out.csv"), 1, b"no such file"),
        (("*.tsv", "-o", "out.csv"), 1, b"no file matches"),
        (("in.csv", "-o", "out.csv", "--text-column", "txt"), 1, b"did you mean 'text'"),
        (("in.csv", "-o", "out.csv", "--columns", "frame"), 1, b"did you mean 'frames'"),
        (("in.csv", "-o", "out.csv", "--format", "xml"), 1, b"unknown format 'xml'"),
        (("in.csv",), 2, b"--output"),
        (("in.csv", "-o", "out.csv", "--resume", "--force"), 2, b"choose one"),
        (("in.csv", "-o", "out.csv", "--engine", "dask"), 2, b"local or spark"),
        (("in.csv", "-o", "-", "--resume"), 1, b"--resume needs inputs and an output that are"),
        (("-", "-o", "out.csv", "--resume"), 1, b"--resume needs inputs and an output that are"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(
    arguments: tuple[str, ...], code: int, message: bytes, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text("text\na\n")
    done = run(*arguments, cwd=tmp_path, env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"})
    assert done.returncode == code
    assert message in done.stderr
    assert b"Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_stops_with_a_message_and_the_run_resumes(
    workers: str, started: Callable[..., Any], many: Path, scored: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    process = started(many, "-o", output, "--workers", workers)
    wait_for_rows(output, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"--resume" in errors
    assert b"Traceback" not in errors
    assert not output.exists()
    assert json.loads(Path(f"{output}.ledger.json").read_text())["checkpoint"]["chunks"] > 0
    assert run(many, "-o", output, "--resume").returncode == 0
    assert output.read_bytes() == scored


def test_a_worker_that_is_killed_stops_the_run_and_it_resumes(
    started: Callable[..., Any], many: Path, scored: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    process = started(many, "-o", output, "--workers", "2")
    wait_for_rows(output, process)
    os.kill(next(children_of(process.pid)), signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert b"a worker process died" in errors
    assert not output.exists()
    assert run(many, "-o", output, "--resume", "--workers", "2").returncode == 0
    assert output.read_bytes() == scored


def test_workers_do_not_outlive_a_parent_that_is_killed(
    started: Callable[..., Any], many: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    process = started(many, "-o", output, "--workers", "2")
    wait_for_rows(output, process)
    workers = list(children_of(process.pid))
    process.kill()
    process.communicate()
    assert workers
    for _ in range(200):
        if not any(is_alive(worker) for worker in workers):
            return
        time.sleep(0.05)
    pytest.fail("a worker is still alive")


def children_of(pid: int) -> Iterator[int]:
    """Yield the processes that score: those of the parent that hold the model."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            line = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == pid and b"spawn_main" in line:
            yield int(stat.parent.name)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_that_may_not_grow_stops_the_run_and_it_resumes(
    many: Path, scored: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    limit = 2_500_000
    done = run(
        many,
        "-o",
        output,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1
    assert b"may not grow any further" in done.stderr
    assert not output.exists()
    assert run(many, "-o", output, "--resume").returncode == 0
    assert output.read_bytes() == scored


def test_a_full_disk_is_called_by_its_name(many: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(many, "-o", "-", stdout=full)
    assert done.returncode == 1
    assert b"standard output: the disk is full" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_ends_the_run_with_a_message(started: Callable[..., Any], many: Path) -> None:
    process = started(many, "-o", "-")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(100)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=300) == 1
    assert b"standard output was closed" in errors
    assert b"Traceback" not in errors


def test_a_log_gets_plain_lines(many: Path, scored: bytes, tmp_path: Path) -> None:
    done = run(many, "-o", tmp_path / "out.csv")
    assert b"\x1b[" not in done.stderr
    assert b"150,000 rows read = " in done.stderr
    quiet = run(many, "-o", tmp_path / "quiet.csv", "--quiet")
    assert quiet.stderr == b""


def test_a_terminal_gets_a_bar(many: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, str(many), "-o", str(tmp_path / "out.csv")],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(ours)
    assert process.wait(timeout=300) == 0
    assert b"rows/s" in shown
    assert b"100%" in shown
