"""Replace actors by placeholders, so that the same sentence about other actors gets the same score.

A gazetteer holds the names of states, peoples, leaders, alliances and armed groups. Its entries are
tokenised like any text; the longest entry wins. Names become ``X`` and adjectives, languages and
peoples ``Y`` (folded text has no capitals, so a placeholder is never mistaken for a word).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from framescope.errors import InputError
from framescope.text.normalise import Token, tokenise

NAME, PEOPLE = "X", "Y"
MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor: its folded words, its placeholder, and the least case of its last word (2 is CAPS)."""

    words: tuple[str, ...]
    placeholder: str
    case: int


class Gazetteer:
    """A set of actors that can be found in a list of tokens.

    >>> g = Gazetteer([*parse_entries("Ruritania, US!! / Ruritanian")])
    >>> [t.form for t in g.mask(tokenise("The US told us about Ruritanian forces in Ruritania"))]
    ['the', 'X', 'told', 'us', 'about', 'Y', 'forces', 'in', 'X']
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        best: dict[tuple[str, ...], Entry] = {}
        for entry in entries:
            known = best.setdefault(entry.words, entry)
            if entry.case < known.case:
                best[entry.words] = entry
        self.entries = tuple(sorted(best.values(), key=lambda e: (e.words, e.placeholder)))
        self._by_first: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries, key=lambda e: -len(e.words)):
            self._by_first.setdefault(entry.words[0], []).append(entry)

    def __len__(self) -> int:
        return len(self.entries)

    def in_matching_order(self) -> list[Entry]:
        """Return the entries, those with the same first word together, the longest first."""
        return [entry for entries in self._by_first.values() for entry in entries]

    def mask(self, tokens: list[Token]) -> list[Token]:
        """Return the tokens with every actor replaced by one placeholder token."""
        masked: list[Token] = []
        position = 0
        while position < len(tokens):
            entry = self.find(tokens, position)
            if entry is None:
                masked.append(tokens[position])
                position += 1
                continue
            last = position + len(entry.words) - 1
            masked.append(Token(entry.placeholder, tokens[position].start, tokens[last].end, 0))
            position = last + 1
        return masked

    def find(self, tokens: list[Token], position: int) -> Entry | None:
        """Return the longest entry that begins at a token, or None."""
        for entry in self._by_first.get(tokens[position].form, ()):
            if _matches(entry, tokens, position):
                return entry
        return None


def _matches(entry: Entry, tokens: list[Token], position: int) -> bool:
    last = position + len(entry.words) - 1
    if last >= len(tokens) or tokens[last].case < entry.case:
        return False
    return all(tokens[position + i].form == word for i, word in enumerate(entry.words))


def parse_entries(line: str) -> list[Entry]:
    """Read one line of a gazetteer: names, then after a slash peoples and adjectives.

    ``!`` after a name asks for a capital, ``!!`` for capitals only. Blank and comment lines, and
    headings in brackets, have no entries.
    """
    if line.lstrip().startswith(("#", "[")):
        return []
    entries: list[Entry] = []
    for part, placeholder in zip(line.split(" / "), (NAME, PEOPLE), strict=False):
        for name in part.split(","):
            entries += _entry(name.strip(), placeholder)
    return entries


def _entry(name: str, placeholder: str) -> list[Entry]:
    case = len(name) - len(name.rstrip("!"))
    words = tuple(token.form for token in tokenise(name.rstrip("!")))
    if not words or not any(char.isalnum() for word in words for char in word):
        return []
    return [Entry(words, placeholder, case)]


def read_gazetteer(*paths: Path) -> Gazetteer:
    """Read gazetteer files (one or more), in the form that ``data/gazetteer/states.txt`` explains.

    Raises :class:`InputError` when a file is missing or a line cannot be read.
    """
    entries: list[Entry] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot read the gazetteer {path}: {error}") from error
        for number, line in enumerate(lines, 1):
            entries += _checked(parse_entries(line), path, number)
    return Gazetteer(entries)


def _checked(entries: list[Entry], path: Path, number: int) -> list[Entry]:
    for entry in entries:
        if len(entry.words) > MAX_WORDS or entry.case > 2:
            raise InputError(
                f"{path}, line {number}: {' '.join(entry.words)!r} has {len(entry.words)} words "
                f"and {entry.case} exclamation marks; at most {MAX_WORDS} and 2 are allowed."
            )
    return entries
