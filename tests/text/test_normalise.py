"""Folding: what the model reads is stable under spelling, and offsets stay exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.text.normalise import tokenise


def forms(text: str) -> list[str]:
    return [token.form for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t say “no”!", ["don't", "say", '"', "no", '"', "!"]),
        ("Russia's U.S.-made 1999", ["russia", "'s", "us", "-", "made", "0000"]),
        ("#StandWithUs @mfa_x https://t.co/a?b 🇺🇦", ["stand", "with", "us", "M", "L", "X"]),
        ("so-called – really", ["so", "called", "-", "really"]),
        ("Vučić šta", ["vucic", "sta"]),
        ("zero\u200bwidth \u00adsoft", ["zerowidth", "soft"]),
        ("#USArmy #NATO", ["us", "army", "nato"]),
        ("Ждём ЕЩЁ", ["ждём", "ещё"]),
        ("xhttp://a www.b.c", ["xhttp", ":", "//", "a", "L"]),
        ("", []),
    ],
)
def test_texts_fold_to_the_expected_tokens(text, expected):
    assert forms(text) == expected


@given(st.text(st.characters()))
def test_offsets_are_in_order_inside_the_text_and_never_empty(text):
    tokens = tokenise(text)
    edges = [edge for token in tokens for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(token.form and text[token.start : token.end] for token in tokens)


@given(st.text(st.characters()))
def test_a_composed_and_a_decomposed_letter_read_alike(text):
    assert forms("caf\u00e9 " + text) == forms("cafe\u0301 " + text)


@given(st.text(st.characters()))
def test_no_form_holds_white_space(text):
    assert all(len(form.split()) == 1 for form in forms(text))
