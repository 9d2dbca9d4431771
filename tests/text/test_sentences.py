"""Statements are cut where a reader would cut them, and their offsets are exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.text.abbreviations import ALWAYS_GO_ON, GO_ON_BEFORE_NUMBER, MAY_GO_ON
from framescope.text.sentences import cut_passages, find_passages, split_statements


def statements(text: str) -> list[str]:
    return [text[start:end] for start, end in split_statements(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The talks failed.", "Nobody was surprised."],
        ["Lt. Gen. Novak met Sen. Lee in Washington.", "They agreed."],
        ["The U.S. Navy left.", "It will be back."],
        ["He lives in the U.S.", "The house is small."],
        ["The U.N. Security Council met at 5 p.m. Friday.", "No one voted."],
        ["See No. 5, e.g. the map.", "It is old, i.e. useless."],
        ["On Sept. 11 the port closed.", "It opened in Dec.", "He came back."],
        ["J. R. Novak wrote it.", "A. Petrov read it."],
        ["Acme Co. Ltd. sold it.", "The price was low."],
        ["He moved to St. Louis with Dr. Lang vs. his will.", "Why?"],
        ["“We stay.”", "Then she left."],
        ["(It was late.)", "They slept."],
        ["He said “never again.”", "She agreed."],
        ["“Will they come?” Novak asked.", "Nobody knew."],
        ["Stop it!!!", "Now?!", "Yes…", "Go."],
        ["He paused...", "Then he left."],
        ["The deal … is dead.", "Long live the deal."],
        ["Am 9. Mai war z.B. Bonn dran.", "Er ging."],
        ["В. Путин приехал, т.е. прилетел.", "Это было в июле."],
        ["Predsednik je rekao npr. da neće.", "Otišao je 31. jula."],
    ],
)
def test_running_text_is_cut_between_sentences_only(expected: list[str]) -> None:
    assert statements(" ".join(expected)) == expected


def test_scripts_without_spaces_are_cut_too() -> None:
    assert statements("今日は晴れ。明日は雨。") == ["今日は晴れ。", "明日は雨。"]


def test_a_headline_without_a_full_stop_is_a_statement() -> None:
    text = (
        "Talks collapse in the capital\n\nThe two sides left. Nobody spoke.\n"
        "Port closes again\nIt rained."
    )
    assert statements(text)[0] == "Talks collapse in the capital"
    assert "Port closes again" in statements(text)


def test_list_items_are_statements() -> None:
    text = "Our demands\n- free the port\n- pay the crews\n• leave the bay\n1. Now\n2. For good"
    assert len(statements(text)) == 6


def test_a_wrapped_line_does_not_end_its_sentence() -> None:
    text = (
        "The committee met in the old town hall on Monday evening and heard\n"
        "Novak, who had come from the coast by train, speak about the ports.\nIt was late."
    )
    assert len(statements(text)) == 2


def test_windows_line_ends_part_like_the_others() -> None:
    assert statements("One.\r\n\r\nTwo\r\nthree. Four") == ["One.", "Two\r\nthree.", "Four"]


@pytest.mark.parametrize(
    "tail",
    [
        "#Port #Bay",
        "https://example.org/a?b=c",
        "😡😡 @novak",
        "pic.twitter.com/abc",
        "\n#Port https://t.co/x",
        "— Port Authority (@port) May 2, 2021",
    ],
)
def test_what_trails_a_tweet_stays_with_it(tail: str) -> None:
    text = f"They lied to us. We will not forget! {tail}"
    assert statements(text) == ["They lied to us.", f"We will not forget! {tail}".strip()]


def test_no_text_has_no_statements() -> None:
    assert split_statements("") == []
    assert split_statements(" \n\t\r\n ") == []


def test_passages_can_be_cut_apart_from_finding_them() -> None:
    text = "One. Two.\n\nThree."
    assert cut_passages(text, find_passages(text)) == split_statements(text)


def test_plain_prose_is_cut_as_nltk_punkt_cuts_it() -> None:
    punkt = pytest.importorskip("nltk.tokenize.punkt")
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(ALWAYS_GO_ON | GO_ON_BEFORE_NUMBER | MAY_GO_ON)
    text = (
        "Gen. Novak arrived on Monday. He met Dr. Lang, Mr. Petrov and Prof. Weiss. What did they "
        "want? Nobody knew! The harbour, e.g. the old quay, was closed. It cost 3.5 million."
    )
    expected = list(punkt.PunktSentenceTokenizer(parameters).span_tokenize(text))
    assert split_statements(text) == expected


TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(".!?…。 \n\r\t\"'“”‘’«»()[]#@:-—ABcd12éЖ😀")), st.characters()
    ),
    max_size=200,
)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_statements_are_in_order_exact_and_lose_nothing(text: str) -> None:
    done = 0
    for start, end in split_statements(text):
        assert text[done:start].strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        done = end
    assert text[done:].strip() == ""


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_blank_line_always_parts_two_texts(text: str) -> None:
    first = split_statements(text)
    both = split_statements(f"{text}\n\nThe end.")
    assert len(both) == len(first) + 1
