"""The predictor: answers, offsets, evidence that adds up, and reasons to decline."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framescope
from framescope.errors import InputError
from framescope.model.classifier import FramingClassifier
from tests.conftest import small_set

ARTICLE = (
    "Elena Markov accused the government of preparing an attack. “They are puppets of foreign masters,” "
    "she said. The buses ran according to the timetable."
)


def test_the_frames_are_those_of_the_codebook_in_its_order(model):
    assert model.frames == framescope.load_codebook().ids


def test_typical_statements_get_their_frames_and_neutral_ones_none(model):
    assert model.predict(
        [
            "There is no talking to these Nazis and butchers, they worship death.",
            "The minister met the ambassador on Monday to discuss trade and fisheries.",
        ]
    ) == [("demonization",), ()]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("🙂🙂🙂 ❤️", "empty"),
        ("https://t.co/abc", "empty"),
        ("!!! ... ???", "empty"),
        ("Liars!", "too_short"),
        ("Сегодня прошли переговоры о работе пункта пропуска.", "wrong_script"),
        ("今天双方举行了会谈", "wrong_script"),
        ("asdf qwpoe zzxcv mnbv lkjhg", "unknown_words"),
        ("Gestern haben sich beide Seiten auf neue Regeln geeinigt.", "unknown_words"),
    ],
)
def test_what_cannot_be_read_is_declined_with_the_reason(model, text, reason):
    scores = model.score([text])
    assert scores.reason(0) == reason
    assert not scores.decided.any()


def test_a_margin_makes_close_calls_abstain(tmp_path, small):
    folder = small.save(tmp_path / "m")
    strict = framescope.load_model(folder, min_margin=0.999)
    assert strict.score(["they attack the border again"]).reason(0) == "low_margin"


def test_plain_and_compiled_paths_give_the_same_answers(model):
    texts = [f"{n} They escalate on purpose, said the ministry." for n in range(100)] + ["", "да"]
    many, few = model.score(texts), [model.score([text]) for text in texts]
    assert np.abs(many.probabilities - np.concatenate([s.probabilities for s in few])).max() < 1e-5
    assert [many.reason(n) for n in range(len(texts))] == [s.reason(0) for s in few]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_statements_are_cut_exactly_from_any_text(model, text):
    reading = model.read(text, evidence=True)
    for statement in reading.statements:
        assert text[statement.start : statement.end] == statement.text
        for spans in statement.evidence.values():
            assert all(text[span.start : span.end] == span.text for span in spans)


def test_evidence_and_bias_add_up_to_the_log_odds(model):
    for statement in model.read(ARTICLE, evidence=True).statements:
        for frame in statement.frames:
            total = sum(s.weight for s in statement.evidence[frame.id]) + model.bias(frame.id)
            assert total == pytest.approx(
                math.log(frame.probability / (1 - frame.probability)), abs=1e-6
            )


def test_evidence_inside_a_quotation_is_the_speakers(model):
    statement = model.read(ARTICLE, evidence=True, frames=("hidden_hand",)).statements[1]
    puppets = [s for s in statement.evidence["hidden_hand"] if s.text == "puppets"]
    assert puppets[0].speaker == "Elena Markov"


def test_an_empty_text_has_no_statements(model):
    assert model.read("").statements == ()
    assert model.predict([]) == []


def test_a_threshold_or_an_objective_replaces_the_models_own():
    eager, careful = (
        framescope.load_model(threshold=0.01),
        framescope.load_model(objective="precision>=0.9"),
    )
    assert set(eager.thresholds) == {0.01}
    assert (careful.thresholds >= framescope.load_model(objective="recall>=0.9").thresholds).all()


def test_support_is_asked_for_with_the_models_own_thresholds_only(tmp_path):
    texts, labels = small_set()
    demanding = FramingClassifier(cv=3, least_support=1000.0).fit(texts, labels)
    folder = demanding.save(tmp_path / "m")
    said = ["they attack the border again"]
    assert demanding.predict(said) == framescope.load_model(folder).predict(said) == [()]
    for own in ({"threshold": 0.05}, {"objective": "recall>=0.9"}):
        assert framescope.load_model(folder, **own).predict(said) == [("war",)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"threshold": 2.0}, "above 0 and up to 1; found 2.0"),
        ({"threshold": 0.5, "objective": "f1"}, "exclude each other"),
        ({"objective": "good"}, "is not an objective"),
    ],
)
def test_settings_that_make_no_sense_are_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        framescope.load_model(**arguments)


def test_missing_values_and_single_texts_are_refused(model):
    with pytest.raises(InputError, match=r"text 1 is nan \(float\)"):
        model.predict(["x", float("nan")])
    with pytest.raises(InputError, match="found one text"):
        model.predict("x")
    with pytest.raises(InputError, match="unknown frame 'denail'; did you mean 'denial'"):
        model.read("x", frames=("denail",))
