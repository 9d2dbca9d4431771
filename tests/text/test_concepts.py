"""Concepts: phrases beat words, words beat beginnings."""

from __future__ import annotations

import pytest

from framescope.errors import InputError
from framescope.shipped import shipped_path
from framescope.text.concepts import Lexicon, parse_terms, read_lexicon
from framescope.text.normalise import tokenise


def concepts(lexicon: Lexicon, text: str) -> list[str]:
    return [token.form for token in lexicon.concepts(tokenise(text))]


def test_the_most_telling_entry_wins():
    lines = ("puppet: puppet*, pull the strings", "pull: pull*", "toy: puppets")
    lexicon = Lexicon(term for line in lines for term in parse_terms(line))
    assert concepts(lexicon, "Puppeteers pull the strings, puppets pulled") == [
        "puppet", "puppet", "toy", "pull",
    ]  # fmt: skip


def test_our_lexicon_reads_and_names_no_actor():
    lexicon = read_lexicon(shipped_path("data/lexicon.txt"))
    assert len({term.concept for term in lexicon.terms}) > 200
    assert concepts(lexicon, "ukraine putin nato") == []


@pytest.mark.parametrize("line", ["no colon", "Bad Name: x", "a: xy*", "a: two words*"])
def test_a_line_that_cannot_be_read_is_named(tmp_path, line):
    path = tmp_path / "lexicon.txt"
    path.write_text(f"good: word\n{line}\n")
    with pytest.raises(InputError, match=r"line 2"):
        read_lexicon(path)
