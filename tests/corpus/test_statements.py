"""Labelled tables: read strictly, reported on, refused with the row."""

from __future__ import annotations

import pytest

from framescope.codebook import load_codebook
from framescope.corpus.split import connected_groups, folds
from framescope.corpus.statements import LabelledColumns, read_statements
from framescope.errors import InputError, LabelError


def write(folder, name, content):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_csv_and_jsonl_say_the_same(tmp_path):
    csv = write(tmp_path, "a.csv", "text,frames\none,denial|solidarity\ntwo,\n")
    jsonl = write(
        tmp_path, "a.jsonl",
        '{"text": "one", "frames": ["denial", "solidarity"]}\n{"text": "two", "frames": []}\n',
    )  # fmt: skip
    assert read_statements([csv]) == read_statements([jsonl])
    assert read_statements([csv]).labels == (("denial", "solidarity"), ())


def test_a_folder_is_read_in_order_and_other_columns_can_be_named(tmp_path):
    write(tmp_path, "b.csv", "body,codes\nsecond,b\n")
    write(tmp_path, "a.csv", "body,codes\nfirst,a\n")
    read = read_statements([tmp_path], LabelledColumns("body", "codes"))
    assert read.texts == ("first", "second")


def test_rows_without_text_repetitions_and_contradictions_are_reported(tmp_path):
    path = write(tmp_path, "a.csv", "text,frames\none,a\n ,a\none,a\none,b\n")
    read = read_statements([path])
    assert read.texts == ("one",)
    notes = " ".join(read.notes)
    assert "1 rows without a text left out, first" in notes and "line 3" in notes
    assert "1 repeated rows count once" in notes
    assert "1 rows contradict" in notes and "line 5" in notes


def test_labels_that_differ_by_case_or_blanks_are_one_label_and_it_is_said(tmp_path):
    path = write(tmp_path, "a.csv", "text,frames\none,Denial\ntwo,denial\nthree,denial\n")
    read = read_statements([path])
    assert {label for row in read.labels for label in row} == {"denial"}
    assert "'Denial' read as 'denial'" in " ".join(read.notes)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text,frames\none,denail\n", r"line 2: unknown frame 'denail'; did you mean 'denial'"),
        ("txt,frames\none,denial\n", "no column 'text'; did you mean 'txt'"),
        ("text,label\none,denial\n", "no column 'frames'"),
    ],
)
def test_what_is_wrong_is_named_with_the_nearest_right_thing(tmp_path, content, message):
    with pytest.raises((InputError, LabelError), match=message):
        read_statements([write(tmp_path, "a.csv", content)], codebook=load_codebook())


def test_a_column_that_mixes_types_is_refused(tmp_path):
    path = write(
        tmp_path, "a.jsonl", '{"text": "a", "frames": ["x"]}\n{"text": "b", "frames": "x"}\n'
    )
    with pytest.raises(
        LabelError, match=r"mixes types: list \(first in line 1\), str \(first in line 2\)"
    ):
        read_statements([path])


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(InputError, match="no table in this folder"):
        read_statements([tmp_path])


def test_rows_that_share_a_context_or_a_duplicate_group_stay_together(tmp_path):
    path = write(tmp_path, "a.csv", "text,frames,context,group\na,,x,g\nb,,y,g\nc,,z,\n")
    groups = read_statements([path]).groups
    assert groups is not None
    assert groups[0] == groups[1] != groups[2]


def test_no_group_is_on_both_sides_of_a_fold():
    groups = connected_groups([(f"k{n % 7}",) for n in range(70)])
    for train, test in folds(70, groups, 5):
        assert not {groups[n] for n in train} & {groups[n] for n in test}


def test_without_groups_neighbours_mostly_stay_together_and_every_row_is_tested_once():
    parts = list(folds(1000, None, 5))
    assert sorted(n for _, test in parts for n in test) == list(range(1000))
    together = sum(len(set(test) & {n + 1 for n in test}) for _, test in parts)
    assert together > 950


def test_few_rows_can_be_folded():
    assert sorted(n for _, test in folds(3, None, 3) for n in test) == [0, 1, 2]
