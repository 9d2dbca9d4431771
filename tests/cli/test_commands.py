"""The command line keeps its contract: outputs, exit codes, and errors that say what to do."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from framescope.cli.app import main
from framescope.model.classifier import FramingClassifier
from framescope.model.folder import read_manifest
from tests.conftest import ROOT, small_set


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs the command line and returns its exit code, output and errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["framescope", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def labelled(tmp_path):
    texts, labels = small_set()
    path = tmp_path / "labelled.csv"
    rows = [f"{text},{'|'.join(row)}" for text, row in zip(texts, labels, strict=True)]
    path.write_text("\n".join(["text,frames", *rows]) + "\n")
    return path


def test_json_holds_what_the_contract_promises(run):
    text = "Elena Markov said: “They are puppets of foreign masters.” The bus leaves at noon."
    code, out, _ = run("classify", text, "--json")
    content = json.loads(out)
    assert code == 0
    assert set(content["model"]) == {"name", "version", "sha256"}
    first = content["statements"][0]
    assert {"start", "end", "text", "frames", "scores", "abstained", "voice", "assertion"} <= set(
        first
    )
    assert set(first["frames"][0]) == {"id", "probability", "threshold"}
    assert len(first["scores"]) == 18
    voice = next(v for v in first["voice"] if v["kind"] == "quoted")
    assert voice["speaker"] == "Elena Markov"
    assert text[voice["speaker_start"] : voice["speaker_end"]] == "Elena Markov"
    assert all(text[s["start"] : s["end"]] == s["text"] for s in content["statements"])


def test_the_listing_shows_frames_voices_and_what_is_declined(run):
    text = "Elena Markov said: “They are puppets of foreign masters.” Сегодня прошли переговоры."
    code, out, _ = run("classify", text)
    assert code == 0
    assert "hidden_hand" in out
    assert "Elena Markov" in out
    assert "no answer: wrong script" in out


def test_frames_can_be_grouped_by_speaker(run):
    article = ROOT / "data/examples/article.txt"
    code, out, _ = run("classify", article, "--by-speaker")
    assert code == 0
    assert "Elena Markov" in out
    assert "author" in out


def test_evidence_is_added_when_asked_for(run):
    _, out, _ = run(
        "classify", "They deliberately escalate to launch a war.", "--json", "--evidence"
    )
    evidence = json.loads(out)["statements"][0]["evidence"]
    assert evidence["escalation_accusation"][0]["weight"] > 0


def test_explain_shows_shares_that_add_up(run):
    code, out, _ = run("explain", "They deliberately escalate to launch a war.")
    assert code == 0
    assert "before any word" in out
    assert "escalation_accusation" in out


def test_explain_names_a_frame_that_stands_alone(run, tmp_path):
    texts, labels = small_set()
    folder = FramingClassifier(cv=3, least_support=1000.0).fit(texts, labels).save(tmp_path / "m")
    code, out, _ = run("explain", "they attack the border again", "--model", str(folder))
    assert code == 0
    assert "no frame: war stands alone; --frame war" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("classify", ""), "the text is empty"),
        (("classify", "  \n"), "the text is empty"),
        (("classify", "nothing/here.txt"), "there is no such file"),
        (("classify", "."), "is a directory"),
        (("classify", "x y", "--model", "nowhere"), "is no model folder"),
        (("classify", "x y", "--objective", "best"), "is not an objective"),
        (("explain", "x y", "--frame", "denail"), "did you mean 'denial'"),
        (("codebook", "--frame", "denail"), "did you mean 'denial'"),
        (("evaluate", "nothing.csv"), "nothing.csv"),
    ],
)
def test_errors_go_to_stderr_with_exit_code_1(run, arguments, message):
    code, out, err = run(*arguments)
    assert code == 1
    assert out == ""
    assert message in " ".join(err.split())


def test_a_binary_file_is_refused_and_windows_1252_is_read_with_a_note(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    assert run("classify", tmp_path / "a.txt")[0] == 1
    (tmp_path / "b.txt").write_bytes("The minister’s café is open on Monday.".encode("cp1252"))
    code, out, err = run("classify", tmp_path / "b.txt")
    assert code == 0
    assert "café" in out
    assert "1252" in err


def test_wrong_usage_has_exit_code_2(run):
    assert run("classify")[0] == 2
    assert run("clasify", "x")[0] == 2


def test_train_evaluate_and_classify_with_ones_own_labels(run, labelled, tmp_path):
    folder = tmp_path / "mine"
    code, out, _ = run("train", labelled, "-o", folder, "--quiet")
    assert code == 0
    assert "72 statements, 2 frames" in out
    assert "# Model card: mine" in (folder / "README.md").read_text()
    assert read_manifest(folder)["corpus"]["statements"] == 72
    code, out, _ = run("evaluate", labelled, "--model", folder, "--json")
    assert json.loads(out)["micro_f1"]["value"] == 1.0
    code, out, _ = run("evaluate", labelled, "--model", folder)
    assert "framed-or-not" in out
    assert "war" in run("classify", "they attack the border again", "--model", folder)[1]


def test_training_twice_gives_the_same_bytes(run, labelled, tmp_path):
    for name in ("a", "b"):
        run("train", labelled, "-o", tmp_path / name, "--quiet", "--name", "same")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_an_existing_model_is_not_overwritten_without_force(run, labelled, tmp_path):
    run("train", labelled, "-o", tmp_path / "m", "--quiet")
    code, _, err = run("train", labelled, "-o", tmp_path / "m", "--quiet")
    assert code == 1
    assert "--force" in err
    assert run("train", labelled, "-o", tmp_path / "m", "--quiet", "--force")[0] == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text,frames\na b,x\nc d,\ne f,\n", "too few of 'x' (1)"),
        ("text,label\na b,x\n", "no column 'frames'"),
        ('text,frames\n"a b,x\n', "line 2"),
        ("text,frames\na b,x,y\n", "line 2"),
    ],
)
def test_labels_that_cannot_train_leave_no_model(run, tmp_path, content, message):
    (tmp_path / "bad.csv").write_text(content)
    code, _, err = run("train", tmp_path / "bad.csv", "-o", tmp_path / "m", "--quiet")
    assert code == 1
    assert message in " ".join(err.split())
    assert not (tmp_path / "m").exists()


def test_a_frame_outside_the_codebook_is_named_with_its_row(run, labelled, tmp_path):
    code, _, err = run(
        "train",
        labelled,
        "-o",
        tmp_path / "m",
        "--quiet",
        "--codebook",
        ROOT / "data/codebook.toml",
    )
    assert code == 1
    assert "line 2: unknown frame 'war'" in " ".join(err.split())


def test_the_codebook_prints_readably_and_as_json(run):
    _, out, _ = run("codebook")
    assert "18 frames" in out
    assert "hidden_hand" in out
    _, out, _ = run("codebook", "--json", "--frame", "denial")
    assert [frame["id"] for frame in json.loads(out)["frames"]] == ["denial"]


def test_the_audit_reports_shares_and_shifts(run, tmp_path):
    (tmp_path / "a.csv").write_text("text\nRussia attacks Ukraine again and again.\n")
    code, out, _ = run("audit", tmp_path / "a.csv")
    assert code == 0
    assert "Russia - Ukraine" in out
    _, out, _ = run("audit", tmp_path / "a.csv", "--json")
    assert json.loads(out)["swapped"] > 0


def test_a_reliability_plot_is_written(run, labelled, tmp_path):
    pytest.importorskip("matplotlib", reason="the extra 'plot' is not installed")
    run("train", labelled, "-o", tmp_path / "m", "--quiet")
    run("evaluate", labelled, "--model", tmp_path / "m", "--plot", tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes()[:4] == b"\x89PNG"


def test_it_runs_as_a_module_reads_stdin_and_survives_a_closed_pipe():
    command = [sys.executable, "-m", "framescope"]
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("framescope 0.")
    piped = subprocess.run(
        [*command, "classify", "-", "--json"], input="The bus leaves at noon on Monday.",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert len(json.loads(piped.stdout)["statements"]) == 1


def test_a_short_command_loads_neither_scikit_learn_nor_pandas_nor_numba():
    code = (
        "import sys; sys.argv = ['framescope', 'classify', 'The bus leaves at noon.']\n"
        "from framescope.cli.app import main\nmain()\n"
        "heavy = {'sklearn', 'pandas', 'numba', 'scipy', 'pyarrow', 'nltk'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
