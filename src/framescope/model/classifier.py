"""FramingClassifier: the scikit-learn estimator under everything framescope predicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from framescope.corpus.split import folds
from framescope.errors import LabelError
from framescope.model.abstention import learn_language
from framescope.model.calibrating import fit_calibration, smoothed_curves
from framescope.model.feature_settings import FeatureSettings
from framescope.model.features import Counts, count_ngrams
from framescope.model.folder import quantised, write_model
from framescope.model.labels import Labels, encode_labels, label_rows
from framescope.model.linear import LARGE, LinearSettings, fit_linear
from framescope.model.reference import ReferenceScorer
from framescope.model.thresholds import choose_thresholds, parse_objective
from framescope.model.trained import TrainedModel
from framescope.model.vectors import WordVectors, read_vectors
from framescope.shipped import shipped_path
from framescope.text.reading import TokenReader

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MANY = 50_000
"""From so many texts on, n-grams of fewer than three texts are dropped."""
STRENGTHS = (1.0, 3.0, 10.0)
"""The inverse regularisation strengths that ``C=None`` chooses from."""


@dataclass(frozen=True)
class HeldOut:
    """Out-of-fold results of training: raw scores and probabilities (n, K), indicator (n, K)."""

    scores: Floats
    probabilities: Floats
    labels: NDArray[np.int8]


class FramingClassifier(BaseEstimator):  # type: ignore[misc]
    """Linear multi-label text classifier with TF-IDF features and calibrated probabilities.

    Parameters
    ----------
    word_ngrams, char_ngrams, concept_ngrams : (int, int)
        Shortest and longest n-grams; ``(0, 0)`` leaves the block out. Characters stay inside words.
    min_df : int or None
        Texts an n-gram must occur in; None chooses by the number of texts.
    max_features : int or None
        The most n-grams kept, those of largest weight; 0 keeps all, None chooses by size.
    C : float or None
        Inverse regularisation strength of the logistic regressions; None takes the one of
        :data:`STRENGTHS` with the least log loss on the first fold.
    class_weight : "auto", "balanced" or None
        "auto" balances single-label data, where the best label wins, and not multi-label data, whose
        thresholds do that.
    shared : float
        The part of the weights for "any label at all" that every label's weights receive. Above 0 it
        helps to tell labelled from unlabelled texts of other sources than the training texts; on
        texts of the same sources it costs a little.
    association : float
        N-grams whose texts carry a label more or less often than others pay a smaller penalty for it; so many
        texts of the overall share are added to each n-gram's first. 0 lets all pay the same.
    reader : TokenReader or None
        Masks actors and finds concepts; None means neither.
    vectors : "auto", WordVectors or None
        Word vectors that tie the weights of words that resemble each other; "auto" takes the shipped
        English ones where they cover the texts, below 200,000 texts.
    shape : "auto", True or False
        Whether length, capitals and the beginning are features; "auto" takes them for single-label data.
    cv : int
        Folds that held-out scores for calibration and thresholds come from.
    objective : str
        What thresholds are chosen for: ``f1``, ``precision>=0.8``, ``recall>=0.9``, ``cost=5:1``.
    threshold_scale : float
        Thresholds chosen for `f1` are multiplied by it. F1 is greatest at a threshold of half the F1 that can
        be reached (Lipton, Elkan and Naryanaswamy 2014): for texts from other sources, on which
        less can be reached than on held-out folds, it is lower.
    least_support : float or None
        Texts with less :func:`framescope.model.calibration.support` (log-odds above the thresholds) get no
        label: for codebooks of many kindred labels and texts from other sources, where a stray word often goes
        with one label alone. Measure it on such texts; it depends on the thresholds. None asks for none.
    random_state, n_jobs : int
    progress : callable or None
        Called with a short text after each step.

    Attributes
    ----------
    classes_ : array (K,) of label names, sorted unless given to `fit`.
    C_ : float, the regularisation used.
    trained_ : TrainedModel
    held_out_ : HeldOut

    Notes
    -----
    It does not carry scikit-learn's classifier tag: with it, `GridSearchCV` would refuse label
    sequences before a splitter sees them. Everything else of the contract holds.

    Examples
    --------
    >>> texts = ["they attack us", "we will attack", "peace talks", "talks on peace"] * 6
    >>> labels = [("war",), ("war",), (), ()] * 6
    >>> FramingClassifier(cv=3).fit(texts, labels).predict(["an attack", "the talks"])
    [('war',), ()]

    """

    def __init__(  # noqa: PLR0913 - scikit-learn wants every setting here
        self,
        *,
        word_ngrams: tuple[int, int] = (1, 2),
        char_ngrams: tuple[int, int] = (2, 5),
        concept_ngrams: tuple[int, int] = (1, 2),
        min_df: int | None = None,
        max_features: int | None = None,
        C: float | None = None,  # noqa: N803 - scikit-learn's name
        class_weight: str | None = "auto",
        shared: float = 0.0,
        association: float = 20.0,
        reader: TokenReader | None = None,
        vectors: WordVectors | str | None = "auto",
        shape: bool | str = "auto",
        cv: int = 5,
        objective: str = "f1",
        threshold_scale: float = 0.85,
        least_support: float | None = None,
        random_state: int = 0,
        n_jobs: int = 2,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self.word_ngrams = word_ngrams
        self.char_ngrams = char_ngrams
        self.concept_ngrams = concept_ngrams
        self.min_df = min_df
        self.max_features = max_features
        self.C = C
        self.class_weight = class_weight
        self.shared = shared
        self.association = association
        self.reader = reader
        self.vectors = vectors
        self.shape = shape
        self.cv = cv
        self.objective = objective
        self.threshold_scale = threshold_scale
        self.least_support = least_support
        self.random_state = random_state
        self.n_jobs = n_jobs
        self.progress = progress

    def fit(
        self,
        texts: Sequence[str],
        labels: Any,
        groups: Sequence[str] | None = None,
        classes: Sequence[str] | None = None,
    ) -> Self:
        """Learn from `n` texts and their labels.

        `labels` is a sequence of label sequences (multi-label), of strings (single-label), or an
        indicator array (n, K). Rows of one group stay on one side of every split. `classes` fixes
        the order of the score columns. Raises :class:`LabelError` for labels that cannot be learnt.
        """
        objective = parse_objective(self.objective)
        self._check_settings()
        texts = _checked_texts(texts)
        encoded = encode_labels(labels, len(texts), classes)
        if encoded.exclusive and self.least_support is not None:
            raise LabelError("every text has exactly one label, so least_support must be None.")
        reader = self.reader or TokenReader()
        vectors = self._vectors(texts, reader)
        features, linear = self._settings(len(texts), encoded.exclusive)
        counts = count_ngrams(texts, reader, features, vectors)
        if not counts.matrices:
            raise LabelError("none of the texts holds a word; there is nothing to learn from.")
        parts = list(folds(len(texts), groups, min(self.cv, len(texts)), self.random_state))
        if self.C is None:
            linear = replace(linear, C=self._strength(counts, encoded, parts[0], linear))
        self.C_ = linear.C
        scores = self._held_out_scores(counts, encoded, parts, linear)
        calibration = fit_calibration(scores, encoded.indicator, encoded.exclusive)
        probabilities = calibration.probabilities(scores)
        curves = smoothed_curves(probabilities, encoded.indicator, self.random_state)
        model = fit_linear(
            counts, np.arange(len(texts)), encoded.columns(), linear, self._say("final fit")
        ).model
        thresholds = choose_thresholds(curves, objective, encoded.exclusive)
        if objective.kind == "f1" and not encoded.exclusive:
            thresholds *= self.threshold_scale
        self.indicator_ = getattr(labels, "ndim", 0) == 2
        self.classes_ = np.array(encoded.names, dtype=object)
        self.n_features_ = model.size
        self.uses_vectors_ = bool(counts.tied)
        self.trained_ = TrainedModel(
            frames=encoded.names,
            linear=quantised(model),
            calibration=calibration,
            curves=curves,
            thresholds=thresholds,
            language=learn_language(texts, reader),
            features=features,
            reader=reader,
            least_support=self.least_support,
        )
        self.held_out_ = HeldOut(scores, probabilities, encoded.indicator)
        return self

    def _check_settings(self) -> None:
        for name in ("word_ngrams", "char_ngrams", "concept_ngrams"):
            low, high = getattr(self, name)
            if not 0 <= low <= high or (low == 0) != (high == 0):
                raise LabelError(f"{name} is {(low, high)}; give (shortest, longest), or (0, 0).")
        if self.cv < 2:
            raise LabelError(f"cv is {self.cv}; at least 2 folds are needed.")
        if not self.shared >= 0:
            raise LabelError(f"shared is {self.shared}; it is a part of weights, 0 or more.")
        if not 0 <= self.association < np.inf:
            raise LabelError(
                f"association is {self.association}; it is a number of texts, 0 or more."
            )
        if self.least_support is not None and not np.isfinite(self.least_support):
            raise LabelError(
                f"least_support is {self.least_support}; give a number (log-odds), or None for no such rule."
            )

    def _say(self, step: str) -> Callable[[str], None]:
        if self.progress is None:
            return lambda _: None
        progress = self.progress
        return lambda what: progress(f"{step}: {what}")

    def _vectors(self, texts: Sequence[str], reader: TokenReader) -> WordVectors | None:
        if self.vectors is None or isinstance(self.vectors, WordVectors):
            return self.vectors
        if len(texts) >= LARGE:
            return None
        shipped = read_vectors(shipped_path("data/vectors"))
        some = texts[:: max(len(texts) // 1000, 1)]
        return shipped if shipped.cover(reader.words(text) for text in some) else None

    def _settings(self, rows: int, exclusive: bool) -> tuple[FeatureSettings, LinearSettings]:
        balanced = "balanced" if exclusive else None
        weight = balanced if self.class_weight == "auto" else self.class_weight
        large = rows >= MANY
        shape = exclusive if self.shape == "auto" else bool(self.shape)
        min_df = self.min_df if self.min_df is not None else (3 if large else 1)
        limit = self.max_features if self.max_features is not None else (400_000 if large else 0)
        features = FeatureSettings(
            self.word_ngrams,
            self.char_ngrams,
            self.concept_ngrams,
            (int(shape), int(shape)),
            min_df,
        )
        linear = LinearSettings(
            C=self.C or STRENGTHS[0],
            class_weight=weight,
            max_features=limit,
            min_df=min_df,
            shared=self.shared,
            association=self.association,
            seed=self.random_state,
            n_jobs=self.n_jobs,
        )
        return features, linear

    def _strength(
        self, counts: Counts, encoded: Labels, part: tuple[Ints, Ints], settings: LinearSettings
    ) -> float:
        """Return the regularisation whose calibrated probabilities fit one held-out fold best."""
        train, test = part
        losses = {}
        for strength in STRENGTHS:
            fitted = fit_linear(
                counts,
                train,
                encoded.columns(train),
                replace(settings, C=strength, max_features=0),
                self._say(f"C = {strength}"),
            )
            scores, labels = fitted.decision(counts, test), encoded.indicator[test]
            proba = fit_calibration(scores, labels, encoded.exclusive).probabilities(scores)
            chance = np.clip(np.where(labels > 0, proba, 1 - proba), 1e-9, 1)
            losses[strength] = -float(np.log(chance).mean())
        return min(losses, key=losses.__getitem__)

    def _held_out_scores(
        self,
        counts: Counts,
        encoded: Labels,
        parts: Sequence[tuple[Ints, Ints]],
        settings: LinearSettings,
    ) -> Floats:
        scores = np.zeros(encoded.indicator.shape)
        for number, (train, test) in enumerate(parts, 1):
            say = self._say(f"fold {number} of {len(parts)}")
            fitted = fit_linear(counts, train, encoded.columns(train), settings, say)
            scores[test] = fitted.decision(counts, test)
        return scores

    @property
    def scorer_(self) -> ReferenceScorer:
        """The scorer of the fitted model, as plain scikit-learn runs it."""
        check_is_fitted(self, "trained_")
        return ReferenceScorer(self.trained_)

    def decision_function(self, texts: Sequence[str]) -> Floats:
        """Return uncalibrated scores (n, K), in log-odds."""
        return self.scorer_.decision(_checked_texts(texts))

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Return calibrated probabilities (n, K)."""
        check_is_fitted(self, "trained_")
        return self.trained_.calibration.probabilities(self.decision_function(texts))

    def decide(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Return which labels (n, K) are called, see :meth:`Calibration.decide`."""
        trained = self.trained_
        return trained.calibration.decide(probabilities, trained.thresholds, trained.least_support)

    def predict(self, texts: Sequence[str]) -> Any:
        """Return the labels of each text in the form they were fitted in.

        Tuples, an array of strings for single-label data, or an indicator array (n, K).
        """
        decided = self.decide(self.predict_proba(texts))
        if self.indicator_:
            return decided.astype(int)
        if self.trained_.calibration.exclusive:
            return self.classes_[decided.argmax(axis=1)]
        return [tuple(self.classes_[row]) for row in decided]

    def score(self, texts: Sequence[str], labels: Any, sample_weight: Any = None) -> float:
        """Return micro-F1 (which is accuracy for single-label data), for model selection.

        A label that the training data lacked counts as missed.
        """
        guessed = self.decide(self.predict_proba(texts))
        known = label_rows(labels, tuple(self.classes_))
        found = [set(self.classes_[row]) for row in guessed]
        hits = sum(len(a & set(b)) for a, b in zip(found, known, strict=True))
        total = int(guessed.sum()) + sum(map(len, known))
        return 2 * hits / total if total else 1.0

    def save(self, path: str | Path, *, force: bool = False, **manifest: Any) -> Path:
        """Write the model folder (data only); see :func:`framescope.model.folder.write_model`."""
        check_is_fitted(self, "trained_")
        return write_model(self.trained_, Path(path), force=force, extra=manifest)


def _checked_texts(texts: Sequence[str]) -> list[str]:
    if isinstance(texts, str):
        raise LabelError("a sequence of texts is needed; found one text. Put it in a list.")
    checked = list(texts)
    for number, text in enumerate(checked):
        if not isinstance(text, str):
            raise LabelError(f"text {number} is {text!r}; every text must be a string.")
    if not checked:
        raise LabelError("there are no texts; at least a few labelled texts are needed.")
    return checked
