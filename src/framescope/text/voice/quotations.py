"""Find what stands between quotation marks, of any common style, nested and over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

# One class of characters first: the engine then leaps from mark to mark. Two "'" or "`" are one.
_MARK: Final = re.compile(
    "[\"'`\u2019\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2018\u201a\u300c\u300d]"
    "(?:(?<=')'|(?<=`)`)?"
)
_APOSTROPHES: Final = frozenset("'\u2019")
_DOUBLE: Final = frozenset('"\u201c\u201d\u201e\u201f')
_SINGLE: Final = frozenset("'\u2018\u2019\u201a")
_FAMILY: Final = (
    dict.fromkeys([*_DOUBLE, "``", "''"], "double")
    | dict.fromkeys(_SINGLE, "single")
    | dict.fromkeys("\u00ab\u00bb", "guillemet")
    | dict.fromkeys("\u2039\u203a", "small guillemet")
    | dict.fromkeys("\u300c\u300d", "corner")
)
_ALWAYS_OPENS: Final = frozenset("\u201e\u201a\u300c")
_MAX_NESTING: Final = 8


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks: ``text[start:end]`` has both marks, the closing one if there is one.

    ``depth`` is 0 for an outermost quotation, 1 for one inside it, and so on.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner. ``inner`` is where the same family opened again."""

    mark: str
    start: int
    inner: int | None = None


def find_quotations(text: str, passages: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Return the quotations of a text in order of their first mark.

    A quotation may run over passages when each opens with a mark and only the last one closes.
    An unclosed one ends with its passage and is marked ``closed=False``. An unclosed single mark
    is an apostrophe and is dropped. Never raises; time linear in the text.

    >>> find_quotations('He said "no" twice.', [(0, 19)])
    [Quotation(start=8, end=12, depth=0, closed=True)]
    """
    found: list[Quotation] = []
    waiting: list[_Open] = []
    marks = _marks_by_passage(text, passages)
    for index, (start, end) in enumerate(passages):
        for mark in marks[index]:
            if waiting and mark.start() == start and mark.group() not in _SINGLE:
                continue
            _take(text, mark, waiting, found)
        following = passages[index + 1][0] if index + 1 < len(passages) else None
        if waiting:
            waiting = _end_of_passage(text, end, following, waiting, found)
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return found


def _marks_by_passage(text: str, passages: Sequence[tuple[int, int]]) -> list[list[re.Match[str]]]:
    """Return the marks of each passage, in one walk over the text."""
    marks: list[list[re.Match[str]]] = [[] for _ in passages]
    index = 0
    for mark in _MARK.finditer(text):
        while index < len(passages) - 1 and passages[index][1] <= mark.start():
            index += 1
        marks[index].append(mark)
    return marks


def _take(text: str, match: re.Match[str], waiting: list[_Open], found: list[Quotation]) -> None:
    """Let one mark close the quotation that waits for it, or open a new one, or pass."""
    mark, start, end = match.group(), match.start(), match.end()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if mark == "`" or (mark in _APOSTROPHES and before.isalnum() and after.isalnum()):
        return
    partner = _partner(mark, waiting)
    if partner is not None and _closes(mark, waiting[partner].mark, before, after):
        opened = waiting[partner]
        del waiting[partner:]
        found.append(Quotation(opened.start, end, len(waiting)))
    elif _opens(mark, before, after) and len(waiting) < _MAX_NESTING:
        if partner is not None and waiting[partner].inner is None:
            waiting[partner].inner = start
        waiting.append(_Open(mark, start))


def _partner(mark: str, waiting: list[_Open]) -> int | None:
    """Return the place of the innermost open quotation of the same family."""
    family = _FAMILY[mark]
    for index in range(len(waiting) - 1, -1, -1):
        if _FAMILY[waiting[index].mark] == family:
            return index
    return None


def _closes(mark: str, opened: str, before: str, after: str) -> bool:
    """Tell whether a mark can close what the other opened, given the characters around it."""
    if mark in _ALWAYS_OPENS or (before.isspace() and not after.isspace()):
        return mark == "\u201d" and opened != mark
    if mark == "\u201c":
        return opened in "\u201e\u201a" or not after.isalnum()
    if mark == "\u2018":
        return opened == "\u201a"
    if mark in "\u00ab\u2039":
        return opened != mark
    return not (mark in "\"'" and after.isalnum())


def _opens(mark: str, before: str, after: str) -> bool:
    """Tell whether a mark can open a quotation, given the characters around it."""
    if after.isspace() or before.isalnum():
        return mark in "\u00ab\u2039" and before.isspace()
    if mark in "\u2019'":
        return after.isalpha() and not before.isalnum()
    if mark in "\u201d''\u00bb\u203a":
        return before.isspace() and after.isalnum()
    return True


def _end_of_passage(
    text: str, end: int, following: int | None, waiting: list[_Open], found: list[Quotation]
) -> list[_Open]:
    """Keep the outermost quotation open when the next passage opens with a mark; end the rest."""
    outer = next((opened for opened in waiting if _FAMILY[opened.mark] != "single"), None)
    if outer is None:
        return []
    if following is not None and _continues(text[following], outer.mark):
        return [outer]
    stop = outer.inner or end
    while stop > outer.start + 1 and text[stop - 1].isspace():
        stop -= 1
    found.append(Quotation(outer.start, stop, 0, closed=False))
    return []


def _continues(mark: str, opened: str) -> bool:
    """Tell whether a passage that begins with this character goes on with an open quotation."""
    return _FAMILY.get(mark) == _FAMILY[opened] and mark not in _SINGLE


def outermost(quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """Yield the quotations that no other one contains.

    >>> list(outermost([Quotation(0, 9), Quotation(3, 5, 1)]))
    [Quotation(start=0, end=9, depth=0, closed=True)]
    """
    reach = 0
    for quotation in quotations:
        if quotation.start >= reach:
            reach = quotation.end
            yield quotation
