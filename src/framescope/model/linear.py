"""The linear model: TF-IDF weights and one weight vector per frame, fitted one-vs-rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression, SGDClassifier

from framescope.model.features import Counts, tfidf_transformer
from framescope.model.linear_model import LinearModel

LARGE = 200_000
"""From this many texts on, the weights are fitted by stochastic gradient descent."""

PARALLEL_FROM = 5_000
"""From this many texts on, frames are divided among processes."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LinearSettings:
    """Inverse regularisation, class weights, the most n-grams kept (0: all), seed and threads.

    `shared` is the part of the weights for "any label at all" that is added to those of every label:
    what sets labelled texts apart from unlabelled ones is learnt from all labels, and so better known
    than what sets one label apart (regularised multi-task learning, Evgeniou and Pontil 2004).
    """

    C: float = 10.0
    class_weight: str | None = "balanced"
    max_features: int = 0
    min_df: int = 1
    shared: float = 0.0
    association: float = 0.0
    seed: int = 0
    n_jobs: int = 2


@dataclass(frozen=True)
class FittedColumns:
    """A model together with the columns of the counts it was fitted on, by block."""

    model: LinearModel
    columns: dict[str, NDArray[np.int64]]

    def decision(self, counts: Counts, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the scores of some rows of the counts."""
        matrices = {b: counts.matrices[b][rows][:, kept] for b, kept in self.columns.items()}
        return decision(self.model, matrices)


def decision(model: LinearModel, counts: dict[str, sparse.csr_matrix]) -> NDArray[np.float64]:
    """Return the scores (n, K) of count matrices whose columns are the model's n-grams."""
    scores = np.tile(model.intercept, (next(iter(counts.values())).shape[0], 1))
    for block, matrix in counts.items():
        weighted = tfidf_transformer(model.idf[block]).transform(matrix)
        scores += weighted @ model.coef[block]
    return scores


def fit_linear(
    counts: Counts,
    rows: NDArray[np.int64],
    labels: sparse.csc_matrix,
    settings: LinearSettings,
    progress: Progress = lambda _: None,
) -> FittedColumns:
    """Fit a model on some rows of the counts, keeping at most ``settings.max_features`` n-grams.

    `labels` is an indicator (len(rows), K). The n-grams kept are those with the largest weight for
    any frame; the weights are then fitted again on them alone.
    """
    columns = {b: _columns(counts, b, rows, settings.min_df) for b in counts.matrices}
    fitted = _fit_columns(counts, rows, columns, labels, settings, progress)
    if not settings.max_features or fitted.model.size <= settings.max_features:
        return fitted
    kept = _strongest(fitted, settings.max_features)
    return _fit_columns(counts, rows, kept, labels, settings, progress)


def _columns(counts: Counts, block: str, rows: NDArray[np.int64], min_df: int) -> NDArray[np.int64]:
    """Return the n-grams of a block that enough texts hold, or that have a vector."""
    matrix = counts.matrices[block]
    enough = np.bincount(matrix[rows].indices, minlength=matrix.shape[1]) >= min_df
    if block in counts.tied:
        enough |= np.diff(counts.tied[block].indptr) > 0
    return np.flatnonzero(enough)


def _strongest(fitted: FittedColumns, limit: int) -> dict[str, NDArray[np.int64]]:
    strength = np.concatenate([np.abs(w).max(axis=1) for w in fitted.model.coef.values()])
    kept = np.zeros(len(strength), dtype=bool)
    kept[np.argsort(-strength, kind="stable")[:limit]] = True
    edges = np.cumsum([len(columns) for columns in fitted.columns.values()])[:-1]
    parts = np.split(kept, edges)
    return {b: c[part] for (b, c), part in zip(fitted.columns.items(), parts, strict=True)}


def _fit_columns(
    counts: Counts,
    rows: NDArray[np.int64],
    columns: dict[str, NDArray[np.int64]],
    labels: sparse.csc_matrix,
    settings: LinearSettings,
    progress: Progress,
) -> FittedColumns:
    blocks, idf = [], {}
    for block, kept in columns.items():
        transformer = tfidf_transformer()
        blocks.append(transformer.fit_transform(counts.matrices[block][rows][:, kept]))
        idf[block] = transformer.idf_
    tied = {block: vectors[columns[block]] for block, vectors in counts.tied.items()}
    widths = [len(kept) for kept in columns.values()]
    for block, vectors in tied.items():
        blocks.append(blocks[list(columns).index(block)] @ vectors)
        widths.append(vectors.shape[1])
    features = sparse.hstack(blocks, format="csr")
    features.sort_indices()
    targets = _with_any(labels) if settings.shared else labels
    scales = _scales(features, targets, sum(map(len, columns.values())), settings)
    weights, intercept = _one_vs_rest(features, targets, scales, settings, progress)
    if targets.shape[1] > labels.shape[1]:
        weights = weights[:, :-1] + settings.shared * weights[:, -1:]
        intercept = intercept[:-1] + settings.shared * intercept[-1]
    parts = np.split(weights, np.cumsum(widths)[:-1])
    coef = dict(zip(columns, parts, strict=False))
    for part, (block, vectors) in enumerate(tied.items(), len(columns)):
        coef[block] = coef[block] + vectors @ parts[part]
    grams = {b: counts.grams[b][kept].tolist() for b, kept in columns.items()}
    return FittedColumns(LinearModel(grams, idf, coef, intercept), columns)


def _with_any(labels: sparse.csc_matrix) -> sparse.csc_matrix:
    """Return the indicator with a last column, any label, unless no text or every text has one."""
    some = sparse.csc_matrix(labels.max(axis=1))
    return labels if some.nnz in (0, labels.shape[0]) else sparse.hstack([labels, some], "csc")


def _scales(
    features: sparse.csr_matrix, labels: sparse.csc_matrix, ngrams: int, settings: LinearSettings
) -> NDArray[np.float32] | None:
    """Return the scales of all columns; those behind the `ngrams`, the vectors, stay as they are."""
    if not settings.association:
        return None
    scales = association_scales(features, labels, settings.association)
    scales[ngrams:] = 1.0
    return scales


def association_scales(
    features: sparse.csr_matrix, labels: sparse.csc_matrix, prior: float
) -> NDArray[np.float32]:
    """Return what n-grams are multiplied by (V, K) before the weights for a label are fitted.

    It is a half plus the size of the log-odds by which an n-gram's texts carry the label more or less
    often than all texts do, with `prior` texts of the overall share added, which holds rare n-grams
    back (less so where the label is rare). A feature made larger needs a smaller weight and so pays a
    smaller penalty (naive Bayes features for logistic regression, Wang and Manning 2012).
    """
    ones = np.ones(features.nnz, dtype=np.float32)
    present = sparse.csr_matrix((ones, features.indices, features.indptr), features.shape)
    found = (present.T @ labels.toarray().astype(np.float32)).astype(np.float64)
    missing = np.bincount(features.indices, minlength=features.shape[1])[:, None] - found
    share = np.clip(np.asarray(labels.mean(axis=0)).ravel(), 1e-9, 1 - 1e-9)
    odds = (found + prior * share) / (missing + prior * (1 - share))
    return np.asarray(0.5 + np.abs(np.log(odds * (1 - share) / share)), dtype=np.float32)


def _one_vs_rest(
    features: sparse.csr_matrix,
    labels: sparse.csc_matrix,
    scales: NDArray[np.float32] | None,
    settings: LinearSettings,
    progress: Progress,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights (V, K) and intercepts (K,); each process gets the features once."""
    jobs = settings.n_jobs if features.shape[0] >= PARALLEL_FROM else 1
    shares = np.array_split(np.arange(labels.shape[1]), max(jobs, 1))
    parts = Parallel(n_jobs=jobs, max_nbytes=None)(
        delayed(_fit_frames)(
            features, labels[:, share], None if scales is None else scales[:, share], settings
        )
        for share in shares
        if len(share)
    )
    progress("weights fitted")
    return np.column_stack([w for w, _ in parts]), np.concatenate([b for _, b in parts])


def _fit_frames(
    features: sparse.csr_matrix,
    labels: sparse.csc_matrix,
    scales: NDArray[np.float32] | None,
    settings: LinearSettings,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit some frames, one after the other: liblinear's random numbers are global to a process."""
    weights = np.zeros((features.shape[1], labels.shape[1]))
    intercept = np.zeros(labels.shape[1])
    for k in range(labels.shape[1]):
        target = np.asarray(labels[:, [k]].todense()).ravel()
        if target.min() == target.max():  # all or none: the base rate is all there is to learn
            intercept[k] = 20.0 if target[0] else -20.0
            continue
        learner = _learner(features.shape[0], settings)
        if scales is None:
            weights[:, k] = learner.fit(features, target).coef_[0]
        else:
            weights[:, k] = (
                learner.fit(_scaled(features, scales[:, k]), target).coef_[0] * scales[:, k]
            )
        intercept[k] = learner.intercept_[0]
    return weights, intercept


def _scaled(features: sparse.csr_matrix, scale: NDArray[np.float32]) -> sparse.csr_matrix:
    """Return the features with every column multiplied by its scale; the indices are not copied."""
    data = features.data * scale[features.indices]
    return sparse.csr_matrix((data, features.indices, features.indptr), features.shape)


def _learner(rows: int, settings: LinearSettings) -> LogisticRegression | SGDClassifier:
    if rows >= LARGE:
        return SGDClassifier(
            loss="log_loss",
            alpha=1.0 / (settings.C * rows),
            class_weight=settings.class_weight,
            average=True,
            random_state=settings.seed,
        )
    return LogisticRegression(
        C=settings.C,
        class_weight=settings.class_weight,
        solver="liblinear",
        dual=True,  # seven times as fast as the primal on sparse text, with the same ranking
        tol=0.05,
        max_iter=1000,
        random_state=settings.seed,
    )
