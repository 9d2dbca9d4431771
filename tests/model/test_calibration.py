"""Calibration and thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from framescope.errors import InputError
from framescope.model.calibrating import (
    expected_calibration_error,
    fit_calibration,
    reliability,
    threshold_curves,
)
from framescope.model.calibration import Calibration, support
from framescope.model.thresholds import choose_thresholds, parse_objective


@pytest.fixture(scope="module")
def held_out():
    random = np.random.default_rng(1)
    scores = random.normal(0, 2, (4000, 3))
    chance = 1 / (1 + np.exp(-(3 * scores - 1)))
    return scores, (random.random(scores.shape) < chance).astype(np.int8)


def test_probabilities_match_the_observed_shares(held_out):
    scores, labels = held_out
    proba = fit_calibration(scores, labels, exclusive=False).probabilities(scores)
    assert expected_calibration_error(proba, labels) < 0.02
    assert np.abs(proba.mean(axis=0) - labels.mean(axis=0)).max() < 0.01


def test_scores_that_say_nothing_give_the_base_rate():
    labels = np.array([[1], [0]] * 50, dtype=np.int8)
    calibration = fit_calibration(-labels.astype(float), labels, exclusive=False)
    assert calibration.probabilities(np.array([[5.0]]))[0, 0] == pytest.approx(0.5, abs=0.01)


def test_the_reliability_table_counts_every_decision(held_out):
    scores, labels = held_out
    table = reliability(1 / (1 + np.exp(-scores)), labels)
    assert table[:, 2].sum() == labels.size


def test_curves_agree_with_counting(held_out):
    scores, labels = held_out
    proba = 1 / (1 + np.exp(-scores))
    curves = threshold_curves(proba, labels)
    called = proba >= 0.5
    assert curves.called[:, 100].tolist() == called.sum(axis=0).tolist()
    assert curves.found[:, 100].tolist() == (called & (labels > 0)).sum(axis=0).tolist()


@pytest.mark.parametrize(
    ("written", "figure"), [("precision>=0.8", "precision"), ("recall>=0.9", "recall")]
)
def test_a_promised_precision_or_recall_is_kept_on_the_held_out_texts(held_out, written, figure):
    scores, labels = held_out
    proba = fit_calibration(scores, labels, exclusive=False).probabilities(scores)
    called = proba >= choose_thresholds(threshold_curves(proba, labels), parse_objective(written))
    hits = (called & (labels > 0)).sum(axis=0)
    base = called.sum(axis=0) if figure == "precision" else labels.sum(axis=0)
    assert (hits / base >= float(written.split("=")[1]) - 0.02).all()


def test_f1_thresholds_beat_one_half(held_out):
    scores, labels = held_out
    proba = fit_calibration(scores - 3, labels, exclusive=False).probabilities(scores - 3) * 0.3

    def f1(called):
        return 2 * (called & (labels > 0)).sum() / (called.sum() + labels.sum())

    chosen = choose_thresholds(threshold_curves(proba, labels), parse_objective("f1"))
    assert f1(proba >= chosen) > f1(proba >= 0.5)


def test_dear_misses_lower_the_threshold(held_out):
    scores, labels = held_out
    proba = 1 / (1 + np.exp(-scores))
    curves = threshold_curves(proba, labels)
    careful = choose_thresholds(curves, parse_objective("cost=1:10"))
    eager = choose_thresholds(curves, parse_objective("cost=10:1"))
    assert (eager < careful).all()


@pytest.mark.parametrize("written", ["", "f2", "precision>=2", "recall=0.9", "cost=5"])
def test_an_objective_that_is_none_is_refused(written):
    with pytest.raises(InputError, match="is not an objective"):
        parse_objective(written)


def test_support_is_the_mean_margin_of_the_three_best_frames():
    even, odds_of_three = 0.5, 0.75
    probabilities = np.array([[even, odds_of_three, even, 0.01], [0.0, 1.0, even, even]])
    found = support(probabilities, np.full(4, even))
    assert found[0] == pytest.approx(np.log(3) / 3)
    assert np.isfinite(found).all()
    assert support(probabilities[:, :2], np.full(2, even))[0] == pytest.approx(np.log(3) / 2)


def test_a_frame_that_stands_alone_is_not_called_where_support_is_asked_for():
    calibration = Calibration(np.ones(4), np.zeros(4))
    thresholds = np.full(4, 0.5)
    stray, kin = [0.6, 0.001, 0.001, 0.001], [0.6, 0.4, 0.4, 0.001]
    probabilities = np.array([stray, kin])
    assert calibration.decide(probabilities, thresholds)[:, 0].tolist() == [True, True]
    supported = calibration.decide(probabilities, thresholds, least_support=-1.0)
    assert supported[:, 0].tolist() == [False, True]
