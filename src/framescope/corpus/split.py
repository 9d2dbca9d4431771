"""Splits that keep a group (a context, near-duplicates) on one side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import DisjointSet
from sklearn.model_selection import GroupKFold

Ints = NDArray[np.int64]
BLOCKS_PER_FOLD = 10


def folds(
    rows: int, groups: Sequence[str] | None, count: int, seed: int = 0
) -> Iterator[tuple[Ints, Ints]]:
    """Yield (train, test) row numbers of `count` folds; a group is never on both sides.

    Without groups, or with fewer groups than folds, blocks of neighbouring rows are dealt at random
    under the seed: neighbours often come from one document, and a document on both sides makes
    held-out figures too good and thresholds too high.
    """
    if groups is not None and len(set(groups)) >= count:
        yield from GroupKFold(count).split(np.zeros(rows), groups=np.asarray(groups))
        return
    blocks = min(rows, count * BLOCKS_PER_FOLD)
    dealt = np.random.default_rng(seed).permutation(blocks) % count
    fold = dealt[np.arange(rows) * blocks // rows]
    for number in range(count):
        yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)


def connected_groups(keys: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return one group name per row, so that rows that share any key share their group.

    >>> connected_groups([("a", "x"), ("b", "x"), ("c",), ()])
    ('a', 'a', 'c', 'row 3')
    """
    sets = DisjointSet({key for row in keys for key in row})
    for row in keys:
        for other in row[1:]:
            sets.merge(row[0], other)
    smallest: dict[str, str] = {}
    for key in sorted(sets):
        smallest.setdefault(sets[key], key)
    return tuple(smallest[sets[row[0]]] if row else f"row {n}" for n, row in enumerate(keys))
