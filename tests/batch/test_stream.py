"""A batch run keeps every row and column, adds what the model says, and accounts for all of it."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framescope.batch.render import score_alike
from framescope.batch.settings import Scorer
from framescope.errors import InputError, OutputError
from framescope.tables import read_table

TEXTS = [
    "Russia said that sanctions are an act of economic war.",
    'The minister said: "We deny\nthe shelling of Kharkiv", and left.',
    "",
    "Семь человек погибли",
    "Wheat prices rose, again; nobody knows why 🌾",
]


@pytest.fixture
def plain_csv(tmp_path: Path) -> Path:
    path = tmp_path / "plain.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "note, quoted"])
        writer.writerows([[i, text, f"n{i}"] for i, text in enumerate(TEXTS)])
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    return read_table(path).rows


def test_every_input_column_is_kept_and_the_scores_are_the_predictors(
    plain_csv: Path, tmp_path: Path, run_job: Callable[..., Any], scorer: Scorer
) -> None:
    output = tmp_path / "out.csv"
    run_job(plain_csv, output)
    found = rows_of(output)
    scores = scorer.score(TEXTS * 50)  # many, as the engine scores them
    assert [row["text"] for row in found] == TEXTS
    assert [row["note, quoted"] for row in found] == [f"n{i}" for i in range(len(TEXTS))]
    for i, row in enumerate(found):
        assert row["abstained"] == (scores.reason(i) or "")
        decided = [f for f, is_on in zip(scorer.frames, scores.decided[i], strict=True) if is_on]
        assert row["frames"] == "|".join(decided)
        if not row["abstained"]:
            figures = [f"{p:.4f}" for p in scores.probabilities[i]]
            assert [row[f"p_{frame}"] for frame in scorer.frames] == figures
            assert row["top_probability"] == max(figures)
            assert row[f"p_{row['top_frame']}"] == max(figures)


def test_the_appended_columns_stand_in_the_agreed_order(
    plain_csv: Path, tmp_path: Path, run_job: Callable[..., Any], scorer: Scorer
) -> None:
    run_job(plain_csv, tmp_path / "out.csv")
    columns = read_table(tmp_path / "out.csv").columns
    assert columns[:3] == ("id", "text", "note, quoted")
    assert columns[3:7] == ("frames", "top_frame", "top_probability", "abstained")
    assert columns[7:] == tuple(f"p_{frame}" for frame in scorer.frames)


def test_where_the_model_abstains_no_figure_is_given(
    plain_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    run_job(plain_csv, tmp_path / "out.csv")
    empty = rows_of(tmp_path / "out.csv")[2]
    assert empty["abstained"] == "empty"
    assert {empty[name] for name in empty if name.startswith(("p_", "top_", "frames"))} == {""}


def test_a_row_keeps_its_bytes_to_the_letter(tmp_path: Path, run_job: Callable[..., Any]) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = ['text,"n"', '"quoted for nothing",  007 ', 'plain,"1,5"', '"two\r\nlines",']
    source.write_bytes("\r\n".join(lines).encode() + b"\r\n")
    run_job(source, output)
    content = output.read_bytes().decode()
    assert content.startswith('text,"n",frames,')
    for line in lines[1:]:
        assert f"\r\n{line}," in content
    assert content.endswith("\r\n")


FORMATS = ["csv", "tsv", "jsonl", "parquet", "csv.gz", "tsv.bz2", "jsonl.zst"]


@pytest.mark.parametrize("between", FORMATS)
def test_every_format_carries_the_same_rows_in_and_out(
    between: str, plain_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    middle, output, direct = tmp_path / f"m.{between}", tmp_path / "o.csv", tmp_path / "d.csv"
    run_job(plain_csv, middle, columns=("frames",), prefix="first_")
    run_job(middle, output)
    run_job(plain_csv, direct)
    kept = [
        {name: value for name, value in row.items() if not name.startswith("first_")}
        for row in rows_of(output)
    ]
    assert kept == rows_of(direct)


def test_parquet_and_csv_hold_the_same_figures(
    plain_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    run_job(plain_csv, tmp_path / "out.csv")
    run_job(plain_csv, tmp_path / "out.parquet")
    for text, typed in zip(
        rows_of(tmp_path / "out.csv"), rows_of(tmp_path / "out.parquet"), strict=True
    ):
        for name, value in typed.items():
            if name.startswith("p_") or name == "top_probability":
                assert value == (float(text[name]) if text[name] else None)
            else:
                assert (value or "") == text[name]


def test_parquet_columns_keep_their_types(tmp_path: Path, run_job: Callable[..., Any]) -> None:
    import pandas as pd
    import pyarrow.parquet

    frame = pd.DataFrame(
        {
            "text": ["a", "b", None],
            "n": pd.array([2**53 + 1, None, 1], "Int64"),
            "kind": pd.Categorical(["x", "y", "x"]),
            "when": pd.to_datetime(["2022-02-24", None, "2022-03-01"]),
            "tags": [["p"], [], None],
        }
    )
    frame.to_parquet(tmp_path / "in.parquet")
    run_job(tmp_path / "in.parquet", tmp_path / "out.parquet")
    before = pyarrow.parquet.read_table(tmp_path / "in.parquet")
    after = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert after.select(before.column_names).equals(before.slice(0, 2))


def test_the_output_is_the_same_every_time_and_with_any_number_of_workers(
    messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any], command: Callable[..., Any]
) -> None:
    for name in ("a.csv.gz", "b.csv.gz"):
        run_job(messy_csv, tmp_path / name)
    assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "b.csv.gz").read_bytes()
    done = command(messy_csv, "-o", tmp_path / "c.csv.gz", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "c.csv.gz").read_bytes()


def test_a_figure_does_not_depend_on_how_many_rows_are_scored_with_it(scorer: Scorer) -> None:
    texts = [f"{text} {i}" for i in range(60) for text in TEXTS]
    together = score_alike(scorer, texts)
    for i in range(0, len(texts), 7):
        alone = score_alike(scorer, texts[i : i + 3])
        assert (alone.probabilities == together.probabilities[i : i + 3]).all()
        assert (alone.decided == together.decided[i : i + 3]).all()


@pytest.mark.usefixtures("small_chunks")
def test_the_size_of_chunks_changes_no_row(
    messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_job(messy_csv, tmp_path / "small.csv")
    monkeypatch.undo()
    run_job(messy_csv, tmp_path / "large.csv")
    for end in ("", ".quarantine.jsonl"):
        small, large = (Path(f"{tmp_path}/{size}.csv{end}") for size in ("small", "large"))
        assert small.read_bytes() == large.read_bytes()


LINES = st.sampled_from(
    [
        "1,text\n",
        '2,"a\nb"\n',
        "3\n",
        "4,a,b\n",
        '5,"open\n',
        "\n",
        "6,\n",
        '7,"a"b\n',
        "8,a cell with a NUL\0 in it\n",
    ]
)


@given(lines=st.lists(LINES, max_size=12))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_rows_read_are_rows_scored_plus_quarantined_plus_abstained(
    lines: list[str], tmp_path: Path, run_job: Callable[..., Any], ledger_of: Callable[..., Any]
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,text\n" + "".join(lines), newline="")
    run_job(source, output, force=True)
    rows = ledger_of(output)["rows"]
    quarantine = Path(f"{output}.quarantine.jsonl")
    kept = quarantine.read_text().count("\n") if quarantine.exists() else 0
    assert rows["read"] == rows["scored"] + rows["quarantined"] + sum(rows["abstained"].values())
    assert kept == rows["quarantined"]
    assert len(rows_of(output)) == rows["read"] - rows["quarantined"]


def test_the_quarantine_names_line_and_reason_and_keeps_the_input(
    tmp_path: Path, run_job: Callable[..., Any], quarantine_of: Callable[..., Any]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text('id,text\n1,"a\nb"\n2\n\n3,"open\n4,a,b\n5,"a"b\n6,n\0l\n7,ok\n')
    run_job(source, tmp_path / "out.csv")
    found = [
        (row["line"], row["reason"], row["raw"]) for row in quarantine_of(tmp_path / "out.csv")
    ]
    assert found == [
        (4, "too few fields: 1, the header has 2", "2"),
        (5, "blank line", ""),
        (
            6,
            "unclosed quote: the next quote, 2 line(s) below, does not end a field (field 2)",
            '3,"open',
        ),
        (7, "too many fields: 3, the header has 2", "4,a,b"),
        (8, "text follows the closing quote of a field (field 2)", '5,"a"b'),
        (9, "NUL character in column 'text'", "6,n\0l"),
    ]
    assert [row["id"] for row in rows_of(tmp_path / "out.csv")] == ["1", "7"]


def test_json_lines_without_a_text_are_quarantined_and_empty_texts_are_not(
    tmp_path: Path, run_job: Callable[..., Any], quarantine_of: Callable[..., Any]
) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        '{"text": "a"}',
        '{"text": null}',
        '{"id": 1}',
        '{"text": 3}',
        '{"text": ""}',
        "{",
        "[]",
    ]
    source.write_text("\n".join(lines) + "\n")
    run_job(source, output)
    reasons = {row["line"]: row["reason"] for row in quarantine_of(output)}
    assert reasons[2] == "no text: 'text' is null"
    assert reasons[3] == "no text: 'text' is missing"
    assert reasons[4] == "'text' is not text but int"
    assert reasons[6].startswith("bad JSON")
    assert "object is expected" in reasons[7]
    assert 5 not in reasons


@pytest.mark.usefixtures("small_chunks")
def test_a_json_field_that_would_be_written_twice_is_quarantined(
    tmp_path: Path, run_job: Callable[..., Any], quarantine_of: Callable[..., Any]
) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = '{"text": "a"}\n' * 100 + '{"text": "b", "frames": []}\n'
    source.write_text(rows)
    run_job(source, output)
    (row,) = quarantine_of(output)
    assert row["line"] == 101
    assert "has a field 'frames' already" in row["reason"]


def test_half_a_character_passes_through_json_and_is_quarantined_where_utf8_is_needed(
    tmp_path: Path, run_job: Callable[..., Any], quarantine_of: Callable[..., Any]
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "cut off \\ud83d"}\n{"text": "whole \\ud83d\\ude00"}\n')
    run_job(source, tmp_path / "out.jsonl")
    assert '"cut off \\ud83d"' in (tmp_path / "out.jsonl").read_text()
    run_job(source, tmp_path / "out.csv")
    assert [row["line"] for row in quarantine_of(tmp_path / "out.csv")] == [1]
    assert [row["text"] for row in rows_of(tmp_path / "out.csv")] == ["whole 😀"]


def test_null_texts_in_parquet_are_quarantined_with_their_row(
    tmp_path: Path, run_job: Callable[..., Any], quarantine_of: Callable[..., Any]
) -> None:
    import pandas as pd

    pd.DataFrame({"id": [1, 2], "text": [None, "a"]}).to_parquet(tmp_path / "in.parquet")
    run_job(tmp_path / "in.parquet", tmp_path / "out.csv")
    (row,) = quarantine_of(tmp_path / "out.csv")
    assert (row["line"], json.loads(row["raw"])) == (1, {"id": 1, "text": None})


def test_a_field_of_ten_megabytes_and_rows_after_it_are_kept(
    tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    long = "Sanctions again.\n" * (10 << 16)
    source.write_text(f'text,page\nsanctions,"{long}"\nshort,2\n')
    run_job(source, output)
    assert [row["page"] for row in rows_of(output)] == [long, "2"]


def test_a_quote_that_is_never_closed_costs_its_line_only(
    tmp_path: Path,
    run_job: Callable[..., Any],
    quarantine_of: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("framescope.tables.csv_chunks.CHUNK_BYTES", 1 << 10)
    monkeypatch.setattr("framescope.tables.csv_chunks.RECORD_LIMIT", 1 << 14)
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('id,text\n0,"open\n' + "".join(f"{i},row\n" for i in range(1, 9000)))
    outcome = run_job(source, output)
    assert (outcome.counts.read, outcome.counts.quarantined) == (9000, 1)
    assert quarantine_of(output)[0]["line"] == 2


def test_a_header_alone_gives_a_header_alone(tmp_path: Path, run_job: Callable[..., Any]) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id,text")
    for name in ("out.csv", "out.parquet"):
        run_job(source, tmp_path / name)
        assert rows_of(tmp_path / name) == []
        assert read_table(tmp_path / name).columns[:3] == ("id", "text", "frames")


def test_one_column_is_a_table_too(tmp_path: Path, run_job: Callable[..., Any]) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\nsanctions\n\nwar\n")
    run_job(source, output)
    assert [(row["text"], row["abstained"]) for row in rows_of(output)][1] == ("", "empty")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the input is empty"),
        ("text,text\na,b\n", "'text' occurs more than once"),
        (",".join(f"c{i}" for i in range(1_000_000)), "1,000,000 columns"),
        (
            "id,txt\n1,a\n",
            r"no column 'text' \(choose one with --text-column\); did you mean 'txt'",
        ),
        ("text,frames\na,b\n", r"has a column 'frames' already.*--prefix"),
        ('"text\na,b\n', "line 1: unclosed quote"),
    ],
)
def test_a_table_that_cannot_be_scored_leaves_no_file(
    content: str, message: str, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text(content)
    with pytest.raises(InputError, match=message):
        run_job(source, tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_prefix_makes_room_for_columns_that_exist(
    tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("text,frames\nsanctions,mine\n")
    run_job(source, tmp_path / "out.csv", prefix="m_")
    (row,) = rows_of(tmp_path / "out.csv")
    assert row["frames"] == "mine"
    assert {"m_frames", "m_abstained", "m_top_frame"} < row.keys()


def test_a_minimum_probability_only_takes_frames_away(
    messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    run_job(messy_csv, tmp_path / "all.csv")
    run_job(messy_csv, tmp_path / "sure.csv", min_probability=0.8)
    for every, sure in zip(
        rows_of(tmp_path / "all.csv"), rows_of(tmp_path / "sure.csv"), strict=True
    ):
        listed = [frame for frame in every["frames"].split("|") if frame]
        kept = [frame for frame in listed if float(every[f"p_{frame}"]) >= 0.8]
        assert sure["frames"] == "|".join(kept)


def test_cells_that_are_formulas_are_defused_on_demand_and_counted(
    tmp_path: Path, run_job: Callable[..., Any], ledger_of: Callable[..., Any]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text('text,note\n=1+1,"@a,b"\nplain,-5\n')
    run_job(source, tmp_path / "plain.csv")
    run_job(source, tmp_path / "safe.csv", excel_safe=True)
    assert [row["text"] for row in rows_of(tmp_path / "plain.csv")] == ["=1+1", "plain"]
    safe = rows_of(tmp_path / "safe.csv")
    assert [(row["text"], row["note"]) for row in safe] == [("'=1+1", "'@a,b"), ("plain", "'-5")]
    assert ledger_of(tmp_path / "safe.csv")["rows"]["cells_prefixed"] == 3
    with pytest.raises(InputError, match="--excel-safe is for CSV and TSV"):
        run_job(source, tmp_path / "safe.jsonl", excel_safe=True)


def test_voice_and_evidence_come_as_json(tmp_path: Path, run_job: Callable[..., Any]) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    text = 'Zakharova said: "Sanctions are economic terrorism against Russia."'
    with source.open("w", newline="") as file:
        csv.writer(file).writerows([["text"], [text]])
    run_job(source, output, columns=("frames", "evidence", "voice"))
    (row,) = rows_of(output)
    assert all("kind" in span for span in json.loads(row["voice"]))
    assert json.loads(row["voice"])
    for spans in json.loads(row["evidence"]).values():
        assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_several_inputs_and_patterns_are_read_in_order(
    tmp_path: Path, run_job: Callable[..., Any], ledger_of: Callable[..., Any]
) -> None:
    for name in "bac":
        (tmp_path / f"{name}.csv").write_text(f"id,text\n{name},war\n")
    output = tmp_path / "out" / "all.csv"
    output.parent.mkdir()
    run_job(f"{tmp_path}/?.csv", output)
    assert [row["id"] for row in rows_of(output)] == ["a", "b", "c"]
    assert len(ledger_of(output)["inputs"]) == 3


@pytest.mark.parametrize(
    ("other", "content", "message"),
    [
        ("b.csv", "text,id\na,1\n", r"b.csv: its columns \(text, id\)"),
        ("b.csv", "id;text\n1;a\n", "delimiter"),
        ("b.jsonl", '{"text": "a"}\n', "b.jsonl is jsonl, but .*a.csv is csv"),
    ],
)
def test_inputs_that_do_not_fit_together_are_refused(
    other: str, content: str, message: str, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,a\n")
    (tmp_path / other).write_text(content)
    with pytest.raises(InputError, match=message):
        run_job((str(tmp_path / "a.csv"), str(tmp_path / other)), tmp_path / "out.csv")


def test_the_ledger_tells_inputs_model_settings_and_versions(
    plain_csv: Path,
    tmp_path: Path,
    run_job: Callable[..., Any],
    ledger_of: Callable[..., Any],
    scorer: Scorer,
) -> None:
    import hashlib

    run_job(plain_csv, tmp_path / "out.csv")
    ledger = ledger_of(tmp_path / "out.csv")
    content = plain_csv.read_bytes()
    assert ledger["state"] == "finished"
    assert ledger["inputs"][0]["size"] == len(content)
    assert ledger["inputs"][0]["sha256"] == hashlib.sha256(content).hexdigest()
    assert ledger["model"]["sha256"] == scorer.identity.sha256
    assert ledger["settings"]["text_column"] == "text"
    assert {"framescope", "numpy", "python"} < ledger["versions"].keys()
    written = (tmp_path / "out.csv").read_bytes()
    assert ledger["output"]["sha256"] == hashlib.sha256(written).hexdigest()
    assert ledger["rows"]["read"] == len(TEXTS)
    assert sum(ledger["rows"]["frames"].values()) == sum(
        len([f for f in row["frames"].split("|") if f]) for row in rows_of(tmp_path / "out.csv")
    )


def test_other_encodings_are_scored_as_utf8_and_noted(
    tmp_path: Path, run_job: Callable[..., Any], ledger_of: Callable[..., Any]
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes("text\ncafé\n".encode("cp1252"))
    run_job(source, output)
    assert rows_of(output)[0]["text"] == "café"
    assert "Windows-1252" in ledger_of(output)["notes"][0]


def test_a_gzip_output_is_one_file_to_every_reader(
    messy_csv: Path, tmp_path: Path, small_chunks: None, run_job: Callable[..., Any]
) -> None:
    run_job(messy_csv, tmp_path / "out.csv.gz")
    run_job(messy_csv, tmp_path / "out.csv")
    assert (
        gzip.decompress((tmp_path / "out.csv.gz").read_bytes())
        == (tmp_path / "out.csv").read_bytes()
    )


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("in.csv", "is both input and output"),
        (".", "this is a directory"),
        ("missing/out.csv", "its folder does not exist"),
        ("out.xlsx", "Excel workbook"),
    ],
)
def test_an_output_that_cannot_be_written_is_refused(
    output: str, message: str, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("text\na\n")
    with pytest.raises(Exception, match=message):
        run_job(source, tmp_path / output, force=True)
    assert source.read_text() == "text\na\n"


def test_an_existing_output_is_kept_unless_forced(
    plain_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    output = tmp_path / "out.csv"
    output.write_text("mine")
    for how in ({}, {"resume": True}):
        with pytest.raises(OutputError, match=r"exists already.*--force"):
            run_job(plain_csv, output, **how)
    assert output.read_text() == "mine"
    run_job(plain_csv, output, force=True)
    assert len(rows_of(output)) == len(TEXTS)
