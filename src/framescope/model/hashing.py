"""64-bit keys of n-grams: what the compiled scorer looks up instead of strings.

FNV-1a over code points (Fowler, Noll, Vo), started from a seed per block, so that a word and the
same characters inside a word have different keys. A word n-gram's key continues over the blanks
between its words, so it is the key of the joined string.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framescope.model.feature_settings import BLOCKS

PRIME = 0x100000001B3
BASIS = 0xCBF29CE484222325
MASK = 0xFFFFFFFFFFFFFFFF
SEEDS = {block: (BASIS ^ (n * 0x9E3779B97F4A7C15)) & MASK for n, block in enumerate(BLOCKS)}


def gram_keys(block: str, grams: Sequence[str]) -> NDArray[np.uint64]:
    """Return the key of each n-gram of a block, (V,).

    >>> gram_keys("word", ["a"]) == gram_keys("char", ["a"])
    array([False])
    """
    return np.array([gram_key(SEEDS[block], str(gram)) for gram in grams], dtype=np.uint64)


def gram_key(seed: int, gram: str) -> int:
    """Return the key of one n-gram under a seed."""
    key = seed
    for char in gram:
        key = ((key ^ ord(char)) * PRIME) & MASK
    return key
