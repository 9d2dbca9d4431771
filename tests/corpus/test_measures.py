"""Duplicates, agreement and balance of a corpus."""

from __future__ import annotations

import pytest

from framescope.corpus.agreement import alpha_per_frame, exact_agreement
from framescope.corpus.balance import balance
from framescope.corpus.duplicates import near_duplicates, shared_runs
from framescope.text.masking import Gazetteer, parse_entries


def test_near_duplicates_are_found_and_stock_phrases_are_not():
    texts = [
        "The ministers met on Monday to discuss the border regime and customs.",
        "The ministers met on Tuesday to discuss the border regime and customs.",
        "We will stand with you for as long as it takes.",
        "For as long as it takes, the crossing stays closed to lorries.",
    ]
    assert [(a, b) for a, b, _ in near_duplicates(texts)] == [(0, 1)]


def test_eight_words_in_a_row_are_found_and_seven_are_not():
    theirs = ["one two three four five six seven eight nine"]
    ours = ["so two three, FOUR five six seven eight nine", "two three four five six seven eight"]
    assert list(shared_runs(ours, theirs)) == [(0, "two three four five six seven eight nine")]


def test_alpha_is_one_for_full_agreement_and_below_zero_for_contradiction():
    first, second = [["a"], [], ["a"], []], [[], ["a"], [], ["a"]]
    assert alpha_per_frame(first, first, ["a"]) == {"a": 1.0}
    assert alpha_per_frame(first, second, ["a"])["a"] < 0
    assert exact_agreement(first, [["a"], [], ["a"], ["a"]]) == 0.75


def test_alpha_of_a_textbook_table():
    # Krippendorff (2011), two observers, binary, ten units: alpha = 0.095
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    rows = [[["x"] if v else [] for v in values] for values in (a, b)]
    assert alpha_per_frame(*rows, ["x"])["x"] == pytest.approx(0.095, abs=0.001)


def test_the_speaker_is_the_voice_and_others_are_targets():
    names = {n: Gazetteer(parse_entries(n)) for n in ("Ruritania", "Zenda")}
    texts = ["Ruritania said that Zenda wants war."] * 3 + ["Zenda rests."]
    cells = {(c.frame, c.actor): c for c in balance(texts, [["a"]] * 3 + [[]], names)}
    assert (cells["a", "Ruritania"].voice, cells["a", "Ruritania"].target) == (3, 0)
    assert (cells["a", "Zenda"].voice, cells["a", "Zenda"].target) == (0, 3)
