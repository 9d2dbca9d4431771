"""Labels in any of three forms, as one indicator."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framescope.corpus.statements import check_labels, rare_labels
from framescope.errors import LabelError, nearest


@dataclass(frozen=True)
class Labels:
    """Label `names` (K,), an `indicator` (n, K) of 0 and 1, and whether each text has exactly one."""

    names: tuple[str, ...]
    indicator: NDArray[np.int8]
    exclusive: bool

    def columns(self, rows: NDArray[np.int64] | None = None) -> sparse.csc_matrix:
        """Return the indicator, or some of its rows, as a sparse matrix with fast columns."""
        return sparse.csc_matrix(self.indicator if rows is None else self.indicator[rows])


def encode_labels(labels: Any, rows: int, classes: Sequence[str] | None = None) -> Labels:
    """Turn labels (sequences of sequences, strings, or an indicator (n, K)) into an indicator.

    Single-label data is recognised by its form: strings, or lists that hold exactly one label each.
    Raises :class:`LabelError` when lengths differ, names are unknown, or nothing can be learnt; warns
    of labels with too few examples.

    >>> encode_labels(["a", "b"] * 5, 10).exclusive
    True
    """
    if classes is None and getattr(labels, "ndim", 0) == 2:
        classes = tuple(f"{k:04d}" for k in range(labels.shape[1]))
        check_labels(label_rows(labels, classes))
    named = label_rows(labels, classes)
    if len(named) != rows:
        raise LabelError(f"{rows} texts but {len(named)} rows of labels; both must be as many.")
    if classes is None:
        check_labels(named)
        if rare := rare_labels(named):
            warnings.warn(f"{rare}. Their scores say little.", UserWarning, stacklevel=3)
        names = tuple(sorted({label for row in named for label in row}))
    else:
        names = tuple(classes)
    column = {name: k for k, name in enumerate(names)}
    indicator = np.zeros((rows, len(names)), dtype=np.int8)
    for n, row in enumerate(named):
        for label in row:
            if label not in column:
                raise LabelError(f"row {n}: unknown label {label!r}; {nearest(label, names)}")
            indicator[n, column[label]] = 1
    exclusive = len(names) > 1 and bool((indicator.sum(axis=1) == 1).all())
    return Labels(names, indicator, exclusive)


def label_rows(labels: Any, classes: Sequence[str] | None) -> list[tuple[str, ...]]:
    """Return the labels of each row as tuples; the columns of an indicator are named by `classes`."""
    if isinstance(labels, str):
        raise LabelError("a sequence of labels is needed; found one text.")
    if sparse.issparse(labels):
        labels = labels.toarray()
    array = labels if isinstance(labels, np.ndarray) else None
    if array is not None and array.ndim == 2:
        return _from_indicator(array, classes)
    return [_row(row, n) for n, row in enumerate(labels)]


def _row(row: Any, number: int) -> tuple[str, ...]:
    if isinstance(row, str):
        return (row,)
    if not isinstance(row, tuple | list | set | frozenset | np.ndarray):
        raise LabelError(f"row {number}: labels are texts or sequences of texts; found {row!r}.")
    for label in row:
        if not isinstance(label, str):
            raise LabelError(f"row {number}: a label must be a text; found {label!r}.")
    return tuple(dict.fromkeys(row))


def _from_indicator(array: NDArray[Any], classes: Sequence[str] | None) -> list[tuple[str, ...]]:
    if not np.isin(array, (0, 1)).all():
        raise LabelError("an indicator array holds only 0 and 1; found other values.")
    names = tuple(classes or ())
    if len(names) != array.shape[1]:
        raise LabelError(f"{array.shape[1]} columns of labels but {len(names)} classes are named.")
    return [tuple(names[k] for k in np.flatnonzero(row)) for row in array]
