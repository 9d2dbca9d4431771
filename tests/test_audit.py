"""The audit: swaps keep the sentence, an even-handed model keeps the frames."""

from __future__ import annotations

import pytest

from framescope.audit import SwapTable, audit, read_swaps, swap
from framescope.errors import InputError
from framescope.shipped import shipped_path

TABLE = SwapTable("x", (("Russia", "Ukraine"), ("US", "China"), ("Russian", "Ukrainian")))


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("Russia hit Ukraine.", "Ukraine hit Russia."),
        ("RUSSIAN troops", "UKRAINIAN troops"),
        ("The US told us", "The China told us"),
        ("Prussia", "Prussia"),
        ("anti-Russian", "anti-Ukrainian"),
    ],
)
def test_names_are_swapped_and_other_words_are_not(text, swapped):
    assert swap(text, TABLE) == swapped


def test_swapping_twice_gives_the_text_back():
    text = "Russia and the Ukrainian army"
    assert swap(swap(text, TABLE), TABLE) == text


def test_the_shipped_model_does_not_care_who_it_is(model):
    tables = read_swaps(shipped_path("data/swaps.toml"))
    texts = [
        "Russia deliberately escalates against the Ukrainian army.",
        "Kosovo is Serbia and will always be Serbian land.",
        "NATO wants to encircle Russia, says the Kremlin.",
        "Israel has the right to defend itself against Iranian missiles.",
    ]
    result = audit(model, texts, tables)
    assert result.swapped > 4
    assert result.changed == 0
    assert max(result.shift.values()) < 0.05


def test_a_biased_model_is_caught(small, tmp_path):
    import framescope
    from framescope.model.classifier import FramingClassifier

    texts = ["Russia came here", "Ukraine came here", "nobody came here"] * 8
    labels = [("bad",), (), ()] * 8
    folder = FramingClassifier(cv=2).fit(texts, labels).save(tmp_path / "biased")
    result = audit(framescope.load_model(folder), texts[:2], (TABLE,))
    assert result.changed == 1.0
    assert result.changes[0].frames == ("bad",)


def test_texts_without_actors_and_broken_tables_are_refused(model, tmp_path):
    with pytest.raises(InputError, match="names an actor"):
        audit(model, ["the bus is late"], (TABLE,))
    path = tmp_path / "swaps.toml"
    path.write_text("swaps = 3")
    with pytest.raises(InputError, match="is no swap table"):
        read_swaps(path)
