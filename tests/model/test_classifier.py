"""FramingClassifier keeps scikit-learn's contract and says clearly what it cannot learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV

import framescope
from framescope.errors import InputError, LabelError
from framescope.model.calibration import Calibration
from framescope.model.classifier import FramingClassifier
from framescope.model.linear import LinearSettings, _fit_frames, association_scales
from framescope.model.vectors import read_vectors
from tests.conftest import small_set


def test_an_unseen_sentence_gets_its_label(small):
    assert small.predict(["a brutal attack", "a dialogue on peace", "the bus and the match"]) == [
        ("war",), ("peace",), (),
    ]  # fmt: skip


def test_probabilities_lie_between_0_and_1_in_the_order_of_the_classes(small):
    proba = small.predict_proba(["a brutal attack", "x"])
    assert proba.shape == (2, 2)
    assert list(small.classes_) == ["peace", "war"]
    assert ((proba >= 0) & (proba <= 1)).all()
    assert proba[0, 1] > proba[0, 0]


def test_strings_make_a_single_label_classifier_whose_probabilities_add_up():
    texts, labels = small_set()
    names = [row[0] if row else "other" for row in labels]
    fitted = FramingClassifier(cv=3).fit(texts, names)
    assert fitted.predict(["missiles attack"]).tolist() == ["war"]
    assert fitted.predict_proba(["missiles", ""]).sum(axis=1) == pytest.approx([1, 1])
    assert fitted.score(texts, names) == 1.0


def test_lists_with_exactly_one_label_each_are_recognised_as_single_label():
    texts, labels = small_set()
    fitted = FramingClassifier(cv=3).fit(texts, [row or ("other",) for row in labels])
    assert fitted.trained_.calibration.exclusive


def test_an_indicator_gives_the_same_model_as_names():
    texts, labels = small_set()
    indicator = np.array([["peace" in row, "war" in row] for row in labels]).astype(int)
    by_name = FramingClassifier(cv=3).fit(texts, labels)
    by_column = FramingClassifier(cv=3).fit(texts, indicator, classes=("peace", "war"))
    assert (by_name.predict_proba(texts) == by_column.predict_proba(texts)).all()


def test_the_same_seed_gives_the_same_model_byte_for_byte(tmp_path):
    texts, labels = small_set()
    for name in ("one", "two"):
        FramingClassifier(cv=3).fit(texts, labels).save(tmp_path / name)
    files = sorted(p.name for p in (tmp_path / "one").iterdir())
    assert "manifest.json" in files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), (
            file
        )


def test_clone_and_grid_search_work():
    texts, labels = small_set()
    search = GridSearchCV(FramingClassifier(cv=2), {"C": [0.1, 10.0]}, cv=2, error_score="raise")
    search.fit(texts, labels)
    assert search.best_score_ > 0.5
    assert clone(search.best_estimator_).get_params()["C"] == search.best_params_["C"]


def test_saved_and_loaded_models_agree(small, tmp_path):
    texts = small_set()[0]
    loaded = framescope.load_model(small.save(tmp_path / "m"))
    assert loaded.frames == tuple(small.classes_)
    assert np.abs(loaded.predict_proba(texts) - small.predict_proba(texts)).max() < 1e-6


def test_a_group_is_never_on_both_sides_of_a_fold():
    texts, labels = small_set()
    groups = [str(n // 9) for n in range(len(texts))]
    fitted = FramingClassifier(cv=3).fit(texts, labels, groups=groups)
    assert fitted.held_out_.probabilities.shape == (len(texts), 2)


@pytest.mark.parametrize(
    ("texts", "labels", "message"),
    [
        (["a"] * 10, ["x"] * 10, "every one of the 10 rows carries the label 'x'"),
        (["a b"] * 10, [()] * 10, "none of the 10 rows carries a label"),
        (["a b"] * 10, ["x"] * 9, "10 texts but 9 rows of labels"),
        (["a b"] * 10, [3] * 10, "row 0: labels are texts"),
        (["a b"] * 10, [(3,)] * 10, "row 0: a label must be a text"),
        ([None] * 10, ["x", "y"] * 5, "text 0 is None"),
        ([" "] * 10, ["x", "y"] * 5, "none of the texts holds a word"),
        ([], [], "there are no texts"),
        ("text", ["x"], "found one text"),
        (["a b"] * 10, np.full((10, 2), 2), "only 0 and 1"),
    ],
)
def test_what_cannot_be_learnt_is_refused_with_the_reason(texts, labels, message):
    with pytest.raises(LabelError, match=message):
        FramingClassifier(cv=2).fit(texts, labels)


def test_a_label_with_few_examples_is_warned_of():
    texts, labels = small_set()
    rare = [("rare",) if n < 3 else row for n, row in enumerate(labels)]
    with pytest.warns(UserWarning, match=r"too few of 'rare' \(3\)"):
        fitted = FramingClassifier(cv=3).fit(texts, rare)
    assert list(fitted.classes_) == ["peace", "rare", "war"]


def test_an_unknown_objective_is_refused_before_any_work():
    with pytest.raises(InputError, match="is not an objective"):
        FramingClassifier(objective="best").fit(*small_set())


def test_prediction_needs_a_fitted_model():
    with pytest.raises(NotFittedError):
        FramingClassifier().predict_proba(["x"])


def test_keeping_fewer_features_keeps_the_strongest():
    texts, labels = small_set()
    fitted = FramingClassifier(cv=2, max_features=200, vectors=None).fit(texts, labels)
    assert fitted.n_features_ == 200
    assert fitted.predict(["a brutal attack"]) == [("war",)]


def test_words_never_seen_are_weighed_like_those_they_resemble():
    texts, labels = small_set()
    unseen = ["rocket", "armistice"]
    with_vectors = FramingClassifier(cv=2).fit(texts, labels).decision_function(unseen)
    without = FramingClassifier(cv=2, vectors=None).fit(texts, labels).decision_function(unseen)
    peace, war = (with_vectors - without).T
    assert war[0] > war[1]
    assert peace[1] > peace[0]


def test_shared_weights_draw_labelled_and_unlabelled_texts_apart():
    texts, labels = small_set()
    alone = FramingClassifier(cv=3).fit(texts, labels)
    shared = FramingClassifier(cv=3, shared=0.5).fit(texts, labels)
    war, neither = alone.decision_function(["missiles attack", "the bus and the match"])
    war_too, neither_too = shared.decision_function(["missiles attack", "the bus and the match"])
    assert (war_too > war).all()
    assert (neither_too < neither).all()


def test_a_negative_share_is_refused():
    texts, labels = small_set()
    with pytest.raises(LabelError, match=r"shared is -0\.1"):
        FramingClassifier(cv=3, shared=-0.1).fit(texts, labels)


def test_where_every_text_has_a_label_there_is_nothing_to_share():
    texts, labels = small_set()
    names = [row[0] if row else "other" for row in labels]
    alone = FramingClassifier(cv=3).fit(texts, names)
    shared = FramingClassifier(cv=3, shared=0.5).fit(texts, names)
    assert (alone.decision_function(texts) == shared.decision_function(texts)).all()


def test_ngrams_that_go_with_a_label_are_scaled_up_and_rare_ones_less():
    rows = np.array([[1.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0]] * 50)
    rows[0, 2] = 1
    texts = sparse.csr_matrix(rows)
    labels = sparse.csc_matrix([[1], [1], [0], [0]] * 50)
    with_it, against_it, rare = association_scales(texts, labels, prior=10.0)[:, 0]
    assert with_it == pytest.approx(against_it) == pytest.approx(0.5 + np.log(21))
    assert rare == pytest.approx(0.5 + np.log(6 / 5))


def test_a_label_that_few_texts_have_lets_its_rare_ngrams_go_further():
    rows = np.zeros((100, 2))
    rows[:5, 0], rows[0, 1] = 1.0, 1.0
    labels = sparse.csc_matrix([[1]] * 5 + [[0]] * 95)
    common, rare = association_scales(sparse.csr_matrix(rows), labels, prior=20.0)[:, 0]
    assert 0.5 < rare < common
    assert common == pytest.approx(0.5 + np.log(6))


def test_weights_of_scaled_ngrams_score_as_those_of_larger_features_do():
    random = np.random.default_rng(0)
    rows, scales = random.random((80, 6)), random.uniform(0.5, 4.0, (6, 2)).astype(np.float32)
    labels = sparse.csc_matrix(rows[:, :2] > 0.5).astype(int)
    weights, intercept = _fit_frames(sparse.csr_matrix(rows), labels, scales, LinearSettings())
    for k in range(2):
        larger = sparse.csr_matrix(rows * scales[:, k])
        plain, offset = _fit_frames(larger, labels[:, [k]], None, LinearSettings())
        assert rows @ weights[:, k] + intercept[k] == pytest.approx(
            larger @ plain[:, 0] + offset[0]
        )


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"association": -1}, "association is -1"),
        ({"association": np.inf}, "association is inf"),
        ({"least_support": np.nan}, "least_support is nan"),
    ],
)
def test_settings_out_of_range_are_refused(setting, message):
    texts, labels = small_set()
    with pytest.raises(LabelError, match=message):
        FramingClassifier(cv=3, **setting).fit(texts, labels)


def test_support_is_refused_where_every_text_has_one_label():
    texts, labels = small_set()
    with pytest.raises(LabelError, match="least_support must be None"):
        FramingClassifier(cv=3, least_support=0.0).fit(
            texts, [row[0] if row else "o" for row in labels]
        )


def test_vectors_stay_out_of_texts_in_another_language():
    texts = [f"они напали на границу {n}" for n in range(10)] + [
        f"мирные переговоры {n}" for n in range(10)
    ]
    fitted = FramingClassifier(cv=2).fit(texts, ["война"] * 10 + ["мир"] * 10)
    assert not fitted.uses_vectors_


def test_vectors_that_do_not_fit_their_words_are_refused(tmp_path):
    (tmp_path / "words.txt").write_text("one\ntwo\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot read the word vectors"):
        read_vectors(tmp_path)
    np.save(tmp_path / "vectors.npy", np.ones((3, 4), np.int8))
    with pytest.raises(InputError, match=r"2 words but vectors of shape \(3, 4\)"):
        read_vectors(tmp_path)


def test_of_exclusive_labels_the_one_furthest_above_its_threshold_is_called():
    calibration = Calibration(np.ones(2), np.zeros(2), exclusive=True)
    called = calibration.decide(np.array([[0.6, 0.4], [0.9, 0.1]]), np.array([0.5, 0.2]))
    assert called.tolist() == [[False, True], [True, False]]


def test_the_shape_tells_shouting_from_talking():
    texts = [f"stop the war now {n}" for n in range(10)] + [
        f"STOP THE WAR NOW {n}" for n in range(10)
    ]
    fitted = FramingClassifier(cv=2).fit(texts, ["calm"] * 10 + ["loud"] * 10)
    assert fitted.predict(["end the war", "END THE WAR"]).tolist() == ["calm", "loud"]


def test_texts_without_spaces_and_in_other_scripts_can_be_learnt():
    texts = ["我们要和平谈判", "他们发动了进攻"] * 10
    labels = [("和平",), ("进攻",)] * 10
    fitted = FramingClassifier(cv=2).fit(texts, labels)
    assert fitted.predict(["和平", "进攻"]).tolist() == ["和平", "进攻"]
