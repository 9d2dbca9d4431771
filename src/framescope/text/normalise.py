"""Fold a text to the tokens the model reads.

Every code point has a *kind* (one ASCII letter) and a *folded* code point (lower case, Latin
letters without their diacritics, digits as ``0``, one form of quotation mark, apostrophe and dash).
Tokens are found by one regular expression over the kinds, so the compiled scorer can walk the same
two tables and find the same tokens:

========  =====================================================================
kind      code points
========  =====================================================================
``W``     upper-case letters
``w``     other letters, marks and digits of every script
``'``     apostrophes and single quotation marks
``-``     hyphens and dashes
``f``     regional indicators (flags)
``.@#_``  themselves
(space)   white space, controls, lone surrogates
``p``     every other punctuation mark or symbol, emoji included
========  =====================================================================

Zero-width characters, variation selectors and combining diacritics have no kind: they vanish.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

LINK, MENTION, FLAG = "L", "M", "X"
"""Tokens that stand for every link, every @account and every flag (folded text has no capitals)."""

_VANISH = {0xAD, 0x61C, 0x180E, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)}
_VANISH |= {*range(0x300, 0x370), *range(0xFE00, 0xFE10)}
_SAME = {ord(c): c for c in ".@#_"}
_APOSTROPHES = dict.fromkeys(map(ord, "'‘’‚‛`´ʼ′"), "'")
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, '"“”„‟«»″'), '"')
_STROKED = {"đ": "d", "ł": "l", "ø": "o", "ħ": "h", "ı": "i"}
_ASTRAL_SYMBOLS = range(0x1F000, 0x1FB00)


@dataclass(frozen=True, slots=True)
class Token:
    """A folded token; ``text[start:end]`` is where it stands; `case` is 0 lower, 1 Capital, 2 ALL CAPS."""

    form: str
    start: int
    end: int
    case: int


@cache
def fold_codepoint(codepoint: int) -> tuple[str, str]:
    """Return the kind and the folded character of a code point; two empty strings when it vanishes.

    >>> fold_codepoint(ord("Č")), fold_codepoint(ord("9")), fold_codepoint(0x200B)
    (('W', 'c'), ('w', '0'), ('', ''))
    """
    if codepoint in _VANISH:
        return "", ""
    for kind, table in (("'", _APOSTROPHES), ("-", _DASHES), ("p", _QUOTES)):
        if codepoint in table:
            return kind, table[codepoint]
    if codepoint in _SAME:
        return _SAME[codepoint], _SAME[codepoint]
    return _fold_astral(codepoint) if codepoint > 0xFFFF else _fold_by_category(codepoint)


def _fold_astral(codepoint: int) -> tuple[str, str]:
    if 0x1F1E6 <= codepoint <= 0x1F1FF:
        return "f", FLAG
    return ("p" if codepoint in _ASTRAL_SYMBOLS else "w"), chr(codepoint)


def _fold_by_category(codepoint: int) -> tuple[str, str]:
    char = chr(codepoint)
    category = unicodedata.category(char)
    if category[0] in "ZC" and category not in ("Cn", "Co"):
        return " ", " "
    if category[0] not in "LNM":
        return "p", char
    if category == "Nd":
        return "w", "0"
    return ("W" if category == "Lu" else "w"), _fold_letter(char)


def _fold_letter(char: str) -> str:
    lowered = char.lower()[0]
    if ord(lowered) < 0x250 or 0x1E00 <= ord(lowered) < 0x1F00:
        lowered = unicodedata.normalize("NFD", lowered)[0]
    return _STROKED.get(lowered, lowered)


class _Table(dict[int, str]):
    """A `str.translate` table that fills itself."""

    def __init__(self, part: int) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = value = fold_codepoint(codepoint)[self._part]
        return value


_KINDS, _FOLDED = _Table(0), _Table(1)
_LINK = re.compile(r"(?:https?://|www\.)[^ ]+")
_TOKEN = re.compile(
    r"(?P<link>u+)"
    r"|(?P<mention>@[wW_]+)"
    r"|(?P<tag>#[wW]+)"
    r"|(?P<acronym>(?:[wW]\.){2,})"
    r"|(?P<word>[wW]+(?:'[wW]+)*)"
    r"|(?P<flag>f+)"
    r"|(?P<dash>(?<![wW])-+|-+(?![wW]))"
    r"|(?P<mark>[^ \-])"
)
_CAMEL = re.compile(r"W+(?!w)|W?w+")


def tokenise(text: str) -> list[Token]:
    """Split a text into folded tokens, with the offsets of the original text.

    >>> [t.form for t in tokenise("The U.S.-led bloc’s #StandWithUs: 24 Šumadija!! https://t.co/x")]
    ['the', 'us', '-', 'led', 'bloc', "'s", 'stand', 'with', 'us', ':', '00', 'sumadija', '!!', 'L']
    """
    kinds, folded = text.translate(_KINDS), text.translate(_FOLDED)
    kinds = _mark_links(kinds, folded)
    tokens = list(_forms(kinds, folded))
    return tokens if len(kinds) == len(text) else _restore_offsets(tokens, text)


def _mark_links(kinds: str, folded: str) -> str:
    position = 0
    while match := _LINK.search(folded, position):
        start, end = match.span()
        if start and kinds[start - 1] in "wW":
            position = start + 1
            continue
        kinds = kinds[:start] + "u" * (end - start) + kinds[end:]
        position = end
    return kinds


def _forms(kinds: str, folded: str) -> Iterator[Token]:
    last_mark: Token | None = None
    for match in _TOKEN.finditer(kinds):
        start, end = match.span()
        group = match.lastgroup
        if group != "mark":
            if last_mark:
                yield last_mark
            last_mark = None
            yield from _SPLITTERS[str(group)](kinds, folded, start, end)
        elif last_mark and last_mark.end == start and last_mark.form[0] == folded[start]:
            last_mark = Token(folded[start] * 2, last_mark.start, end, 0)
        else:
            if last_mark:
                yield last_mark
            last_mark = Token(folded[start], start, end, 0)
    if last_mark:
        yield last_mark


def _case(kinds: str, start: int, end: int) -> int:
    if kinds[start] != "W":
        return 0
    return 2 if end - start > 1 and "w" not in kinds[start:end] else 1


def _word(kinds: str, folded: str, start: int, end: int) -> Iterator[Token]:
    if end - start > 2 and folded[end - 2 : end] == "'s":
        yield Token(folded[start : end - 2], start, end - 2, _case(kinds, start, end - 2))
        yield Token("'s", end - 2, end, 0)
    else:
        yield Token(folded[start:end], start, end, _case(kinds, start, end))


def _tag(kinds: str, folded: str, start: int, end: int) -> Iterator[Token]:
    for match in _CAMEL.finditer(kinds, start + 1, end):
        yield Token(folded[slice(*match.span())], *match.span(), _case(kinds, *match.span()))


def _acronym(kinds: str, folded: str, start: int, end: int) -> Iterator[Token]:
    yield Token(folded[start:end:2], start, end, 2 if "w" not in kinds[start:end] else 0)


def _whole(form: str, case: int = 0):  # type: ignore[no-untyped-def]
    return lambda kinds, folded, start, end: iter([Token(form, start, end, case)])


_SPLITTERS = {
    "word": _word,
    "tag": _tag,
    "acronym": _acronym,
    "link": _whole(LINK),
    "mention": _whole(MENTION),
    "flag": _whole(FLAG),
    "dash": _whole("-"),
}


def _restore_offsets(tokens: list[Token], text: str) -> list[Token]:
    kept = [i for i, char in enumerate(text) if _KINDS[ord(char)]]
    return [Token(t.form, kept[t.start], kept[t.end - 1] + 1, t.case) for t in tokens]
