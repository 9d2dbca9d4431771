"""Masking: actors vanish, ordinary words stay."""

from __future__ import annotations

import pytest

from framescope.errors import InputError
from framescope.shipped import shipped_path
from framescope.text.masking import Gazetteer, parse_entries, read_gazetteer
from framescope.text.normalise import tokenise


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return read_gazetteer(*sorted(shipped_path("data/gazetteer").glob("*.txt")))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("The US told us so", "the X told us so"),
        ("U.S.-led and EU-backed", "X - led and X backed"),
        ("anti-Russian, pro-Kremlin", "anti Y , pro X"),
        ("Russia's and UKRAINE’S armies", "X 's and X 's armies"),
        ("Vladimir Putin and Putin", "X and X"),
        ("Александар Вучић, Путин и Россия", "александар X , X и X"),
        ("Vučić i Srbija", "X i X"),
        ("we ate turkey in Turkey", "we ate turkey in X"),
        ("the Democratic Republic of the Congo", "the X"),
        ("#StandWithUkraine", "stand with X"),
        ("chinese people, polish the table", "Y people , polish the table"),
    ],
)
def test_actors_are_replaced_and_words_are_not(gazetteer, text, masked):
    assert " ".join(t.form for t in gazetteer.mask(tokenise(text))) == masked


def test_a_swapped_sentence_reads_the_same(gazetteer):
    def read(text: str) -> list[str]:
        return [t.form for t in gazetteer.mask(tokenise(text))]

    assert read("Russia attacks the Ukrainian east.") == read("Ukraine attacks the Russian east.")


def test_a_placeholder_keeps_the_place_of_the_whole_name(gazetteer):
    text = "In the Democratic Republic of the Congo today"
    token = gazetteer.mask(tokenise(text))[2]
    assert text[token.start : token.end] == "Democratic Republic of the Congo"


def test_a_users_file_adds_actors(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("# mine\nRuritania, Zenda!! / Ruritanian\n")
    found = read_gazetteer(path).mask(tokenise("Ruritanian Zenda ZENDA Ruritania"))
    assert [t.form for t in found] == ["Y", "zenda", "X", "X"]


def test_a_line_that_is_no_name_is_refused_with_its_number(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("Fine\none two three four five six seven\n")
    with pytest.raises(InputError, match="line 2"):
        read_gazetteer(path)


def test_comments_and_headings_have_no_entries():
    assert parse_entries("# Russia") == parse_entries("[leaders]") == parse_entries("") == []
