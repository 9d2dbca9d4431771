"""Near-duplicates: statements whose character 5-grams overlap beyond a limit (Jaccard index)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

LIMIT = 0.6
"""Jaccard index of the sets of character 5-grams from which two statements are near-duplicates."""
_SHINGLE, _PROBE, _COMMON = 5, 12, 60


def near_duplicates(texts: Sequence[str], limit: float = LIMIT) -> list[tuple[int, int, float]]:
    """Return pairs of near-duplicates: two row numbers and their Jaccard index, in order.

    Pairs are looked for among statements that share a run of 12 characters which at most 60
    statements have, and then compared exactly.

    >>> near_duplicates(["The talks failed on Monday.", "The talks failed on Monday!", "Rain."])
    [(0, 1, 1.0)]
    """
    flat = [" ".join(re.sub(r"\W+", " ", text.lower()).split()) for text in texts]
    sets = [_grams(text, _SHINGLE) for text in flat]
    pairs = []
    for a, b in sorted(_candidates(flat)):
        common = len(sets[a] & sets[b])
        similarity = common / (len(sets[a]) + len(sets[b]) - common)
        if similarity >= limit:
            pairs.append((a, b, round(similarity, 3)))
    return pairs


def _grams(text: str, size: int) -> frozenset[str]:
    return frozenset(text[i : i + size] for i in range(max(1, len(text) - size + 1)))


def _candidates(texts: Sequence[str]) -> set[tuple[int, int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        for gram in _grams(text, _PROBE):
            rows[gram].append(row)
    return {
        pair for found in rows.values() if len(found) <= _COMMON for pair in combinations(found, 2)
    }


def shared_runs(
    texts: Sequence[str], others: Sequence[str], words: int = 8
) -> Iterator[tuple[int, str]]:
    """Yield the row and the words of every run of `words` words that also stands in `others`."""
    known = {run for text in others for run in _runs(text, words)}
    for row, text in enumerate(texts):
        for run in _runs(text, words):
            if run in known:
                yield row, run
                break


def _runs(text: str, words: int) -> Iterator[str]:
    forms = re.findall(r"\w+", text.lower())
    for i in range(len(forms) - words + 1):
        yield " ".join(forms[i : i + words])
