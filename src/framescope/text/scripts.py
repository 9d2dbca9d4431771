"""Which writing system a letter belongs to, by Unicode block."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, "latin"),
    (0x0370, "greek"),
    (0x0400, "cyrillic"),
    (0x0530, "armenian"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0700, "other"),
    (0x0900, "devanagari"),
    (0x0980, "indic"),
    (0x0E00, "thai"),
    (0x0E80, "other"),
    (0x10A0, "georgian"),
    (0x1100, "hangul"),
    (0x1200, "ethiopic"),
    (0x13A0, "other"),
    (0x1C90, "georgian"),
    (0x1CC0, "other"),
    (0x1D00, "latin"),
    (0x1F00, "greek"),
    (0x2000, "latin"),
    (0x2C00, "other"),
    (0x2C60, "latin"),
    (0x2C80, "other"),
    (0x2DE0, "cyrillic"),
    (0x2E00, "han"),
    (0x3040, "kana"),
    (0x3100, "han"),
    (0xA000, "other"),
    (0xA640, "cyrillic"),
    (0xA6A0, "other"),
    (0xA720, "latin"),
    (0xA800, "other"),
    (0xAC00, "hangul"),
    (0xD800, "other"),
    (0xF900, "han"),
    (0xFB00, "latin"),
    (0xFB13, "armenian"),
    (0xFB1D, "hebrew"),
    (0xFB50, "arabic"),
    (0xFE70, "arabic"),
    (0xFF00, "latin"),
    (0xFF66, "kana"),
    (0xFFA0, "hangul"),
    (0x10000, "other"),
    (0x1D400, "latin"),
    (0x1D800, "other"),
    (0x20000, "han"),
    (0x32000, "other"),
)
BLOCK_STARTS = tuple(start for start, _ in _BLOCKS)
SCRIPTS = tuple(sorted({name for _, name in _BLOCKS}))
BLOCK_SCRIPTS = tuple(SCRIPTS.index(name) for _, name in _BLOCKS)


def script_of(codepoint: int) -> str:
    """Return the script of a letter's code point.

    >>> script_of(ord("ж")), script_of(ord("é")), script_of(ord("界"))
    ('cyrillic', 'latin', 'han')
    """
    return _BLOCKS[bisect_right(BLOCK_STARTS, codepoint) - 1][1]


def main_scripts(texts: Iterable[str], share: float = 0.05) -> tuple[str, ...]:
    """Return the scripts that make up at least a share of the letters of some texts."""
    letters = Counter(char for text in texts for char in text if char.isalpha())
    counts: Counter[str] = Counter()
    for char, count in letters.items():
        counts[script_of(ord(char))] += count
    total = sum(counts.values())
    return tuple(sorted(s for s, count in counts.items() if count >= share * total))
