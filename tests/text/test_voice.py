"""Every word of a text has a voice: quoted, paraphrased, or the author's."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.records import VoiceSpan
from framescope.text.sentences import split_statements
from framescope.text.voice import assertion_of, author_of, find_voices

SHARED = Path(__file__).parents[3] / "shared"


def voices(text: str, kind: str | None = None) -> list[tuple[str, str | None]]:
    return [
        (text[span.start : span.end], span.speaker)
        for span in find_voices(text)
        if kind in (None, span.kind)
    ]


# --- quotations -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "quotation",
    [
        '"we will not leave the port,"',
        "“we will not leave the port,”",
        "«we will not leave the port,»",
        "„we will not leave the port,“",
        "‘we will not leave the port,’",
        "''we will not leave the port,''",
        "'we will not leave the port,'",
        "»we will not leave the port,«",
        "”we will not leave the port,”",
    ],
)
def test_quotation_marks_of_any_style_hold_a_quotation(quotation: str) -> None:
    text = f"{quotation} Novak said."
    assert voices(text, "quoted") == [(quotation, "Novak")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The port is closed,” said Jana Novak.", "Jana Novak"),
        ("“The port is closed,” Novak told reporters on Monday.", "Novak"),
        (
            "“The port is closed,” Novak, the minister of ports, said.",
            "Novak, the minister of ports",
        ),
        ("“The port is closed,” the ministry said in a statement.", "the ministry"),
        ("“Is the port really closed?” Novak asked.", "Novak"),
        ("Novak said on Monday that “the port is closed for good”.", "Novak"),
        ("Novak: “The port is closed for good.”", "Novak"),
        ("“The port is closed for good.” — Jana Novak", "Jana Novak"),
        ("According to Novak, “the port is closed for good.”", "Novak"),
        ("The minister scolded her: “The port is closed for good.”", "The minister"),
        ("Petrov says it shows that the port is “closed for all of us”.", "Petrov"),
    ],
)
def test_a_quotation_has_the_speaker_its_sentence_names(text: str, speaker: str) -> None:
    assert voices(text, "quoted")[-1][1] == speaker


def test_both_halves_of_a_split_quotation_have_one_speaker() -> None:
    text = "“The port is closed,” Novak said, “and it will stay closed.”"
    assert [speaker for _, speaker in voices(text, "quoted")] == ["Novak", "Novak"]


def test_consecutive_quotations_carry_their_speaker_on() -> None:
    text = (
        "“The port is closed,” said Jana Novak. “It will stay closed.”\n\n"
        "“Nobody will pay us for it.”\n\n“We know,” said Petrov."
    )
    assert [speaker for _, speaker in voices(text, "quoted")] == ["Jana Novak"] * 3 + ["Petrov"]


def test_a_quotation_that_each_paragraph_opens_and_the_last_closes_is_one() -> None:
    text = "“The port is closed.\n\n“It will stay closed,” Novak said."
    assert voices(text, "quoted") == [("“The port is closed.\n\n“It will stay closed,”", "Novak")]


def test_an_unclosed_quotation_ends_with_its_paragraph_and_says_so() -> None:
    text = "Novak said: “The port is closed for good.\n\nPetrov left the room."
    (span,) = [span for span in find_voices(text) if span.kind == "quoted"]
    assert text[span.start : span.end] == "“The port is closed for good."
    assert span.note is not None
    assert "unclosed" in span.note


def test_scare_quotes_and_titles_are_the_authors() -> None:
    assert voices("The “reform” of the “Old Port” cost a lot.") == []


def test_a_word_quoted_inside_reported_speech_is_the_speakers() -> None:
    text = "Novak said that the port was “dead”."
    assert ("“dead”", "Novak") in voices(text, "quoted")


def test_what_a_quoted_speaker_reports_of_others_is_found_inside() -> None:
    text = "According to the agency, “the Ministry of Ports denied the sale of the old harbour.”"
    inner = ("the sale of the old harbour", "the Ministry of Ports")
    assert inner in voices(text, "paraphrased")


def test_a_line_that_introduces_gives_the_next_paragraph_its_speaker() -> None:
    text = "Then Novak wrote:\n\nThe port is closed and will stay so.\n\nNobody answered."
    assert voices(text, "quoted") == [("The port is closed and will stay so.", "Novak")]


# --- reported speech and thought --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Novak said that the port was closed.", "that the port was closed", "Novak"),
        ("Novak said on Monday the port was closed.", "the port was closed", "Novak"),
        ("The port was closed, Novak said.", "The port was closed", "Novak"),
        ("The port was closed, said Jana Novak.", "The port was closed", "Jana Novak"),
        ("The port, Novak said, was closed.", "was closed", "Novak"),
        ("According to Novak, the port was closed.", "the port was closed", "Novak"),
        ("The port was closed, according to Novak.", "The port was closed", "Novak"),
        ("Novak accused Petrov of theft.", "Petrov of theft", "Novak"),
        ("Novak called on Petrov to leave.", "Petrov to leave", "Novak"),
        ("Novak called for new talks.", "new talks", "Novak"),
        ("Novak denied that the port was closed.", "that the port was closed", "Novak"),
        ("Novak warned of a famine.", "a famine", "Novak"),
        ("Novak wants to close the port.", "to close the port", "Novak"),
        ("Novak asked whether the port was closed.", "whether the port was closed", "Novak"),
        ("Novak told the crews that they would be paid.", "that they would be paid", "Novak"),
        ("Petrov (SNS) believes the port is lost.", "the port is lost", "Petrov"),
        ("His claim that the port is lost was wrong.", "that the port is lost was wrong", "His"),
        ("Novak is afraid that the port is lost.", "that the port is lost", "Novak"),
        ("When Novak said the port was lost, they left.", "the port was lost", "Novak"),
        ("Novak, who said the port was lost, left.", "the port was lost", "Novak"),
        ("Novak praised the crews, which were paid.", "the crews", "Novak"),
        ("The report found that the port was lost.", "that the port was lost", "The report"),
    ],
)
def test_reported_words_have_exact_spans_and_speakers(
    text: str, content: str, speaker: str
) -> None:
    assert (content, speaker) in voices(text, "paraphrased")


def test_a_second_verb_shares_the_subject_of_the_first() -> None:
    text = "Novak said the port was closed, adding that the crews would be paid."
    assert ("that the crews would be paid", "Novak") in voices(text)


@pytest.mark.parametrize(
    "text",
    [
        "The state of the port is bad.",
        "It was a long report of the old commission.",
        "The plan failed.",
        "Three ships left the bay on Monday.",
    ],
)
def test_nouns_that_look_like_cues_give_nobody_the_floor(text: str) -> None:
    assert find_voices(text) == ()


@pytest.mark.parametrize(
    ("text", "cue", "cue_class"),
    [
        ("Novak said that it rains.", "said", "neutral"),
        ("Novak claimed that it rains.", "claimed", "claim"),
        ("Novak denied that it rains.", "denied", "denial"),
        ("Novak called for rain.", "called for", "demand"),
        ("Novak demanded that it rain.", "demanded", "demand"),
        ("Novak warned that it would rain.", "warned", "warning"),
        ("Novak accused Petrov of theft.", "accused", "accusation"),
        ("Novak condemned the attack.", "condemned", "accusation"),
        ("According to Novak, it rains.", "According to", "neutral"),
    ],
)
def test_the_cue_is_named_and_classed(text: str, cue: str, cue_class: str) -> None:
    (span,) = find_voices(text)
    assert (span.cue, span.cue_class) == (cue, cue_class)
    assert text[span.cue_start : span.cue_end] == cue


# --- speakers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("Jana Novak came late. Novak said that it rained.", "Jana Novak"),
        ("Jana Novak warned of rain. She said that it was late.", "Jana Novak"),
        ("Jana Novak and Peter Lang met. He said that it rained.", "Peter Lang"),
        ("The Ministry of Ports is closed. The ministry said that it rains.", "Ministry of Ports"),
        ("President Jana Novak warned of rain. The president said that it was late.", "Jana Novak"),
        ("Bay News is old. Bay reported that it rained.", "Bay News"),
        ("Serbian President Jana Novak said that it rained.", "Jana Novak"),
        ("Serbia said that it rained.", "Serbia"),
    ],
)
def test_short_forms_resolve_to_the_last_fitting_full_name(text: str, resolved: str) -> None:
    assert find_voices(text)[-1].speaker_resolved == resolved


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Ports fall silent\nBy Jana Novak\n\nIt rained.", "Jana Novak"),
        ("The bay is ours! — Ministry of Ports (@ports) May 2, 2021", "Ministry of Ports (@ports)"),
        ("@ports: The bay is ours!", "@ports"),
        ("Ministry of Ports (@ports)\nThe bay is ours!", "Ministry of Ports (@ports)"),
        ("The bay was closed by Jana Novak.", None),
        ("", None),
    ],
)
def test_a_byline_or_an_account_is_the_author(text: str, author: str | None) -> None:
    assert author_of(text) == author


def test_a_tweet_inside_an_article_speaks_for_its_account() -> None:
    text = (
        "Talks go on in the bay.\n\nThe bay is ours for ever! https://t.co/x — Ports (@ports) "
        "May 2, 2021\n\nNobody answered."
    )
    assert voices(text) == [("The bay is ours for ever!", "Ports (@ports)")]


def test_a_label_before_a_tweet_names_its_speaker() -> None:
    tweet = "#Novak: The bay is ours for ever. https://t.co/x — Ports (@ports) May 2"
    text = f"Talks go on in the bay.\n\n{tweet}"
    assert voices(text) == [("The bay is ours for ever.", "Novak")]


# --- whole texts ------------------------------------------------------------------------------

WORDS = """
Novak She he who which the his it Jana President Dr. U.S. ships said says told that to of and but
is was has been not by from on claim denied accused wants called for according Monday adding
whether what if report found plan asked saying warned shown
"""
PIECES = [
    *(
        *"“”\"'‘’«»„.,:;!?()—―-\n#@",
        "\n\n",
        "''",
        "’s ",
        " İ",
        "(@x) ",
        "— A (@b) ",
        "https://t.co/x ",
    ),
    *(f"{word} " for word in WORDS.split()),
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), st.text(max_size=8)), max_size=60
).map("".join)


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_no_text_raises_and_every_offset_is_exact(text: str) -> None:
    found = find_voices(text)
    assert list(found) == sorted(found, key=lambda span: (span.start, -span.end))
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        for word, start, end in (
            (span.speaker, span.speaker_start, span.speaker_end),
            (span.cue, span.cue_start, span.cue_end),
        ):
            assert (word is None) == (start is None) == (end is None)
            assert word is None or word == text[start:end] != ""
        assert (span.speaker is None) == (span.speaker_resolved is None)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_two_spans_of_a_kind_are_the_same(text: str) -> None:
    places = [(span.kind, span.start, span.end) for span in find_voices(text)]
    assert len(places) == len(set(places))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_statement_has_an_assertion(text: str) -> None:
    found = find_voices(text)
    for start, end in split_statements(text):
        known = ("asserted", "denied", "questioned", "hypothetical")
        assert assertion_of(text, start, end, found) in known


def test_the_same_text_gives_the_same_voices() -> None:
    text = "Jana Novak said that “the port is closed for good”. She denied the sale."
    assert [astuple(span) for span in find_voices(text)] == [
        astuple(span) for span in find_voices(text)
    ]


@pytest.mark.parametrize(
    "piece", ['"', "“", "he said ", "according to ", "(", "“a b c d,” he said "]
)
def test_monstrous_texts_are_read_to_their_end(piece: str) -> None:
    found = find_voices(piece * (100_000 // len(piece)))
    assert all(isinstance(span, VoiceSpan) for span in found)


# --- the real article -------------------------------------------------------------------------


def test_every_quotation_of_the_shared_article_has_its_right_speaker() -> None:
    path = SHARED / "article.txt"
    if not path.exists():
        pytest.skip("the shared folder is not here: no article to read")
    text = path.read_text(encoding="utf-8")
    quoted = [span for span in find_voices(text) if span.kind == "quoted"]
    wanted = ["Zakharova", "Zakharova", "Zakharova", "Vucic", "ABC News", "ABC News", "ABC News"]
    wanted += ["Izvestia", "TASS"]
    assert len(quoted) == len(wanted)
    for span, name in zip(quoted, wanted, strict=True):
        assert name in (span.speaker_resolved or "")
    denials = [span for span in find_voices(text) if span.cue == "denied"]
    assert "Serbian Ministry of Defense" in (denials[0].speaker_resolved or "")


def test_no_benchmark_article_raises() -> None:
    path = SHARED / "benchmarks" / "polnear_dev_docs.jsonl"
    if not path.exists():
        pytest.skip("the shared folder is not here: no articles to read")
    for line in path.read_text(encoding="utf-8").splitlines():
        assert find_voices(json.loads(line)["text"])
