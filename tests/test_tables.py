"""Tables are read exactly or refused by naming the place; nothing is repaired in silence."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from framescope.errors import InputError
from framescope.tables import read_table
from framescope.tables.csv_records import parse_csv
from framescope.tables.labelled import split_lines


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(content: bytes | str, name: str = "in.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_quoted_newlines_delimiters_and_crlf_stay_inside_their_cell(
    file: Callable[..., Path],
) -> None:
    table = read_table(file('text,frames\r\n"a,\r\nb ""c""",x\r\nd,y\r\n'))
    assert table.column("text") == ['a,\r\nb "c"', "d"]
    assert table.lines == [2, 4]


def test_line_separators_of_unicode_are_not_line_ends(file: Callable[..., Path]) -> None:
    table = read_table(file("text\na\u2028b\x85c\x0bd\n"))
    assert table.column("text") == ["a\u2028b\x85c\x0bd"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('text,frames\na,"b\nc,d\n', r"line 2: unclosed quote: it is opened here"),
        ('text,frames\na,b\nc,"d\ne,"f"\n', r"line 3: unclosed quote: the next quote, 1 line"),
        ('text,frames\n"a\nb","c\nd,e\n', r"line 3: unclosed quote"),
        ('text,frames\na,"b"x\n', r"line 2: text follows the closing quote .*field 2"),
        ("text,frames\na,b,c\n", r"line 2: too many fields: 3, the header has 2"),
        ("text,frames\na,b\nc\n", r"line 3: too few fields: 1, the header has 2"),
        ("text,text\na,b\n", r"column name 'text' occurs more than once"),
        ("", r"the file is empty"),
        ("\n\n \n", r"the file is empty"),
        ("a\rb\rc\r", r"line 1: a carriage return"),
        ("text\na\0b\n", r"line 2: NUL character in column 'text'"),
        (b"PK\x03\x04rest", r"byte 0 starts a ZIP archive or an Excel"),
        (b"%PDF-1.7", r"byte 0 starts a PDF"),
        ("text,frames\na,b\n".encode("utf-16-le"), r"byte 1 is NUL and so are many"),
        ("text,frames\na,b\n".encode("utf-32"), r"UTF-32"),
        ("text\nпривет, мир\n".encode("cp1251"), r"byte 5 is not valid UTF-8"),
        ("text\nпривет\n".encode() + b"\xff\n", r"byte 18 is not valid UTF-8"),
        (b"text\n\x81\n", r"byte 5 is not valid UTF-8"),
        (b"\xef\xbb\xbftext\n\xff\n", r"byte 8 is not valid UTF-8, which the mark"),
        (b"\xff\xfet\x00e", r"byte 4 is not valid UTF-16-LE"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(
    content: bytes | str, message: str, file: Callable[..., Path]
) -> None:
    with pytest.raises(InputError, match=message):
        read_table(file(content))


def test_a_million_columns_are_refused(file: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match=r"1,000,000 columns, more than the 10,000"):
        read_table(file(",".join(f"c{i}" for i in range(1_000_000))))


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"\xef\xbb\xbftext\nna\xc3\xafve\n", "UTF-8 with a byte order mark"),
        ("text\nnaïve\n".encode("utf-16"), "UTF-16-LE with a byte order mark"),
        (b"\xfe\xff" + "text\nnaïve\n".encode("utf-16-be"), "UTF-16-BE with a byte order mark"),
        ("text\nnaïve\n".encode("cp1252"), "read as Windows-1252 (byte 7 is not UTF-8)"),
    ],
)
def test_other_encodings_are_read_with_a_note(
    content: bytes, note: str, file: Callable[..., Path]
) -> None:
    table = read_table(file(content))
    assert table.rows == [{"text": "naïve"}]
    assert note in table.notes[0]


def test_semicolons_are_found_and_noted(file: Callable[..., Path]) -> None:
    table = read_table(file('text;frames\n"a;b";x\n'))
    assert table.rows == [{"text": "a;b", "frames": "x"}]
    assert "separated by semicolon" in table.notes[0]


def test_a_header_alone_is_a_table_without_rows(file: Callable[..., Path]) -> None:
    assert read_table(file("text,frames")).rows == []
    assert read_table(file("text,frames\n")).columns == ("text", "frames")


def test_blank_lines_are_skipped_with_a_note_but_are_rows_of_one_column(
    file: Callable[..., Path],
) -> None:
    skipped = read_table(file("a,b\n\n1,2\n\n"))
    assert skipped.rows == [{"a": "1", "b": "2"}]
    assert "2 blank line(s) skipped, the first is line 2" in skipped.notes[0]
    assert read_table(file("a\n\n1\n")).column("a") == ["", "1"]


def test_a_field_of_ten_megabytes_is_read_whole(file: Callable[..., Path]) -> None:
    long = "abc\n" * (10 << 18)
    assert read_table(file(f'text\n"{long}"\n')).column("text") == [long]


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [("gz", gzip.compress), ("zst", zstandard.compress), ("bz2", bz2.compress)],
)
def test_compressed_files_are_read_and_cut_off_ones_refused(
    suffix: str, pack: Callable[[bytes], bytes], file: Callable[..., Path]
) -> None:
    packed = pack(b"text\n" + b"a row\n" * 5000)
    assert len(read_table(file(packed + pack(b"more\n"), f"in.csv.{suffix}")).rows) == 5001
    with pytest.raises(InputError, match=r"damaged or cut off"):
        read_table(file(packed[:-4], f"in.csv.{suffix}"))
    with pytest.raises(InputError, match=r"damaged or cut off"):
        read_table(file(b"plain text", f"in.csv.{suffix}"))


def test_json_lines_keep_their_types_and_lines(file: Callable[..., Path]) -> None:
    table = read_table(file('{"text": "a", "frames": ["x"]}\n\n{"text": "b", "n": 1}\n', "a.jsonl"))
    assert table.columns == ("text", "frames", "n")
    assert table.column("frames") == [["x"], None]
    assert table.lines == [1, 3]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "a"', r"line 2: bad JSON: Expecting ',' delimiter at character 13"),
        ('{"text": NaN}', r"line 2: bad JSON: NaN is not JSON"),
        ('{"text": "a", "text": "b"}', r"line 2: bad JSON: the name 'text' occurs more than once"),
        ("[1]", r"line 2: a JSON object is expected, found list"),
    ],
)
def test_a_line_that_is_no_object_is_refused(
    line: str, message: str, file: Callable[..., Path]
) -> None:
    with pytest.raises(InputError, match=message):
        read_table(file('{"text": ""}\n' + line, "in.jsonl"))


def test_parquet_keeps_nulls_and_counts_rows(tmp_path: Path) -> None:
    import pandas as pd

    pd.DataFrame({"text": ["a", None]}).to_parquet(tmp_path / "in.parquet")
    table = read_table(tmp_path / "in.parquet")
    assert table.column("text") == ["a", None]
    assert table.lines == [1, 2]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.csv", r"no such file"),
        (".", r"this is a directory"),
        ("in.xlsx", r"Excel workbook; save the sheet as CSV"),
        ("in.foo", r"suffix '.foo' names no table format"),
        ("in", r"no suffix names no table format"),
        ("in.parquet", r"not a readable Parquet file"),
        ("in.parquet.gz", r"Parquet compresses itself"),
    ],
)
def test_a_path_that_is_no_table_is_refused(name: str, message: str, tmp_path: Path) -> None:
    if name.startswith("in"):
        (tmp_path / name).write_bytes(b"text\na\n")
    with pytest.raises(InputError, match=message):
        read_table(tmp_path / name)


def test_an_unknown_column_is_answered_with_the_nearest(file: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match=r"no column 'txt'; did you mean 'text'\? Allowed: frames"):
        read_table(file("text,frames\na,b\n")).column("txt")


CELLS = st.text(st.sampled_from('ab ,;"\n\r\u2028é'), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8), st.sampled_from(["\n", "\r\n"])
)
@example([['"', "\r"]], "\n")
def test_whatever_a_csv_writer_wrote_is_read_back(rows: list[list[str]], line_end: str) -> None:
    written = io.StringIO()
    # Python's writer leaves a lone carriage return unquoted unless it is told to quote all
    csv.writer(written, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(rows)
    block = parse_csv(split_lines(written.getvalue()), ",", final=True)
    assert block.records == rows
    assert block.rejects == []


@given(st.text(st.sampled_from('a,"\n'), max_size=40))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_line_is_in_exactly_one_record_or_reject(text: str) -> None:
    lines = split_lines(text)
    block = parse_csv(lines, ",", final=True)
    in_records = [
        line for s, e in zip(block.starts, block.ends, strict=True) for line in range(s, e)
    ]
    rejected = "\n".join(reject.raw for reject in block.rejects)
    count = rejected.count("\n") + 1 if block.rejects else 0
    assert block.consumed == len(lines)
    assert len(in_records) == len(set(in_records))
    assert len(in_records) + count == len(lines)


@given(st.text(st.sampled_from('a,"\n'), max_size=40), st.integers(0, 40))
def test_a_block_that_ends_early_leaves_what_is_open_to_the_next(text: str, cut: int) -> None:
    lines = split_lines(text)
    first = parse_csv(lines[:cut], ",", final=False)
    second = parse_csv(lines[first.consumed :], ",", final=True)
    whole = parse_csv(lines, ",", final=True)
    assert first.records + second.records == whole.records


def test_reading_tables_loads_neither_pandas_nor_pyarrow() -> None:
    code = "import sys, framescope.tables; print({'pandas', 'pyarrow'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"
