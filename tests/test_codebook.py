"""The codebook: ours is whole, a user's is checked with clear errors."""

from __future__ import annotations

import pytest

from framescope.codebook import load_codebook
from framescope.errors import CodebookError

GOOD = """
name = "mine"
version = "1"
[[frames]]
id = "a"
title = "A"
family = "x"
definition = "first"
"""


def test_ours_has_eighteen_frames_in_six_families_with_an_example_each():
    book = load_codebook()
    assert len(book.ids) == 18
    assert {frame.family for frame in book.frames} == set(book.families)
    assert len(book.families) == 6
    assert all(frame.example and frame.definition and frame.include for frame in book.frames)


def test_a_users_codebook_needs_no_families(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    assert load_codebook(path).ids == ("a",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s + GOOD.split("version")[1].split("\n", 1)[1], "'a' is there twice"),
        (lambda s: s.replace('id = "a"', 'id = "a|b"'), "cannot be a frame id"),
        (lambda s: s.replace("definition", "defintion"), "did you mean 'definition'"),
        (lambda s: s.replace('title = "A"\n', ""), "'title' is missing"),
        (lambda s: s.replace('title = "A"', "title = 3"), "'title' must be a text; found 3"),
        (lambda s: s.split("[[frames]]")[0], "'frames' is missing"),
        (lambda s: s + "include = 'x'", "'include' must be a list"),
        (
            lambda s: s.replace("[[frames]]", '[families]\ny = "Y"\n[[frames]]'),
            "names the family 'x'",
        ),
        (lambda s: s + "[", "not valid TOML"),
    ],
)
def test_a_broken_codebook_is_refused_and_the_place_is_named(tmp_path, change, message):
    path = tmp_path / "mine.toml"
    path.write_text(change(GOOD))
    with pytest.raises(CodebookError, match=message.replace("|", r"\|")):
        load_codebook(path)


def test_a_missing_codebook_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"no\.toml"):
        load_codebook(tmp_path / "no.toml")


def test_an_unknown_frame_gets_the_nearest_one_suggested():
    with pytest.raises(CodebookError, match="did you mean 'denial'"):
        load_codebook().frame("denail")
