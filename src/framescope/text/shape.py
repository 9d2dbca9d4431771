"""The shape of a text: how long it is, how much of it is capitalised, and how it begins.

Three tokens that tell a slogan from a sentence and a sentence from a paragraph. Actors are masked
before, and placeholders have no capital, so swapped actors leave the shape as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from framescope.text.normalise import Token

LENGTHS = (2, 3, 4, 5, 7, 10, 15, 22, 31, 44, 63, 89)
"""From how many tokens on a text is in the next class of length."""
QUARTERS = 5
KINDS = (
    tuple(f"length{n}" for n in range(len(LENGTHS) + 1)),
    tuple(f"capitals{n}" for n in range(QUARTERS)),
    ("begins_lower", "begins_upper"),
)


def shape_of(tokens: Sequence[Token]) -> list[str]:
    """Return the three shape tokens of (masked) tokens; none for no tokens.

    >>> from framescope.text.normalise import tokenise
    >>> shape_of(tokenise("Make Peace Now!"))
    ['length3', 'capitals3', 'begins_upper']
    """
    if not tokens:
        return []
    capitals = sum(token.case > 0 for token in tokens)
    classes = (
        bisect_right(LENGTHS, len(tokens)),
        capitals * (QUARTERS - 1) // len(tokens),
        int(tokens[0].case > 0),
    )
    return [names[number] for names, number in zip(KINDS, classes, strict=True)]
