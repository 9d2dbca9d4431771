"""A statement is asserted, denied, questioned or hypothetical, by the scope of its cues."""

from __future__ import annotations

import pytest

from framescope.text.sentences import split_statements
from framescope.text.voice import assertion_of, find_voices


def assertions(text: str) -> list[str]:
    found = find_voices(text)
    return [assertion_of(text, start, end, found) for start, end in split_statements(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that the port was sold.",
        "The ministry denied the participation of its troops.",
        "Novak denied that the port was sold.",
        "There is no evidence that the port was sold.",
        "The claim that the port was sold is false.",
        "Novak rejected the accusation.",
        "Petrov falsely claimed that the port was sold.",
        "No troops were sent, the ministry said, denying the report.",
        "The attack never happened.",
    ],
)
def test_denials_are_denied(text: str) -> None:
    assert assertions(text) == ["denied"]


@pytest.mark.parametrize(
    "text",
    [
        "Who sold the port?",
        "“Who sold the port?” Novak asked.",
        "Novak asked whether the port was sold.",
        "It is unclear who sold the port.",
        "Who sold the port? #Bay https://t.co/x",
    ],
)
def test_questions_are_questioned(text: str) -> None:
    assert assertions(text) == ["questioned"]


@pytest.mark.parametrize(
    "text",
    [
        "If the port is sold, the crews will starve.",
        "The sale would ruin the bay.",
        "The port could be sold in May.",
        "They may attack at night.",
        "Perhaps they have left.",
    ],
)
def test_what_is_only_possible_is_hypothetical(text: str) -> None:
    assert assertions(text) == ["hypothetical"]


@pytest.mark.parametrize(
    "text",
    [
        "The port was sold.",
        "Novak said that the port was sold.",
        "They did not sell the port.",
        "Nobody denied that the port was sold.",
        "The talks begin on 3 May in the old town.",
        "We will not leave.",
    ],
)
def test_plain_statements_are_asserted(text: str) -> None:
    assert assertions(text) == ["asserted"]


def test_a_denial_does_not_colour_its_neighbours() -> None:
    text = "Novak denied the sale. The port is closed. If it opens, we will see."
    assert assertions(text) == ["denied", "asserted", "hypothetical"]


def test_a_denial_reaches_over_the_sentences_of_the_quotation_it_governs() -> None:
    text = "Novak denied everything: “I sold the port to nobody. I was not there.”"
    assert assertions(text)[0] == "denied"
