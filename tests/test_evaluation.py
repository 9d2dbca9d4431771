"""Evaluation: figures that can be checked by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.metrics import f1_score

from framescope.corpus.statements import LabelledStatements
from framescope.errors import LabelError
from framescope.evaluation import Judged, balanced_accuracy, evaluate, figures

GOLD = np.array([[1, 0], [1, 1], [0, 0], [0, 1], [0, 0]], dtype=bool)
PREDICTED = np.array([[1, 0], [0, 1], [0, 1], [0, 1], [0, 0]], dtype=bool)
PROBA = np.array([[0.9, 0.1], [0.2, 0.8], [0.1, 0.6], [0.3, 0.7], [0.05, 0.2]])


@pytest.fixture(scope="module")
def result():
    return figures(Judged(("a", "b"), GOLD, PREDICTED, PROBA), samples=200)


def test_f1_agrees_with_scikit_learn(result):
    assert result.macro_f1.value == pytest.approx(
        f1_score(GOLD, PREDICTED, average="macro"), abs=1e-4
    )
    assert result.micro_f1.value == pytest.approx(
        f1_score(GOLD, PREDICTED, average="micro"), abs=1e-4
    )


def test_framed_or_not_is_the_mean_of_sensitivity_and_specificity(result):
    assert result.framed_balanced_accuracy.value == pytest.approx((3 / 3 + 1 / 2) / 2)
    assert balanced_accuracy(np.array([True]), np.array([True])) == 1.0


def test_intervals_hold_the_figure(result):
    for figure in (result.macro_f1, result.micro_f1, result.framed_balanced_accuracy):
        assert figure.low <= figure.value <= figure.high


def test_what_was_predicted_instead_is_counted(result):
    assert result.confusion == {"a": {}, "b": {}}
    assert result.frames[0].support == 2 and result.frames[0].recall == 0.5


def test_the_figures_are_json(result):
    assert json.loads(json.dumps(result.as_json()))["statements"] == 5


def test_a_model_is_measured_on_labelled_statements(model):
    statements = LabelledStatements(
        (
            "They worship death, these Nazis and butchers.",
            "The bus leaves at noon on Monday.",
            "🙂",
        ),
        (("demonization",), (), ()),
        None,
    )
    result = evaluate(model, statements, samples=50)
    assert result.macro_f1.value == 1.0
    assert result.abstained == {"empty": 1}


def test_gold_labels_the_model_does_not_know_are_refused(model):
    with pytest.raises(LabelError, match="'denail', which the model does not know; did you mean"):
        evaluate(model, LabelledStatements(("x y",), (("denail",),), None))
    with pytest.raises(LabelError, match="no labelled statements"):
        evaluate(model, LabelledStatements((), (), None))
