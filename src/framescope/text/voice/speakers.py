"""Resolve speakers as written to the full names they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from framescope.text.voice.names import (
    NameIndex,
    fits,
    gender_of,
    index_names,
    is_person,
    is_place,
    is_pronoun,
    names_in,
)
from framescope.text.wordclasses import word_set

_REMEMBERED: Final = 8
_GENDERS: Final = {"he": "m", "his": "m", "she": "f", "her": "f"}
_ROLES: Final = word_set(
    "president minister chancellor secretary senator governor mayor judge king queen pope "
    "general nominee candidate leader chairman spokesman spokeswoman director ambassador "
    "speaker premier congressman congresswoman lawyer doctor author envoy commissioner"
)


@dataclass(slots=True)
class Resolver:
    """Resolves the speakers of one text, from its beginning to its end.

    It remembers who spoke before, because "she" is most often the last woman who did.
    """

    text: str
    _names: NameIndex | None = None
    _people: list[tuple[int, str, str]] = field(default_factory=list)
    _bodies: list[str] = field(default_factory=list)
    _in_phrases: dict[str, list[str]] = field(default_factory=dict)

    @property
    def names(self) -> NameIndex:
        """The names of the whole text, indexed when they are first needed."""
        if self._names is None:
            self._names = index_names(self.text)
        return self._names

    def resolve(self, start: int, end: int) -> str:
        """Return the full name that ``text[start:end]`` stands for, or the phrase itself.

        >>> text = "Jana Novak arrived. Novak said no. She said it twice."
        >>> resolver = Resolver(text)
        >>> resolver.resolve(20, 25), resolver.resolve(35, 38)
        ('Jana Novak', 'Jana Novak')
        """
        phrase = self.text[start:end]
        if is_pronoun(phrase):
            return self._from_pronoun(phrase.lower(), start) or phrase
        resolved = self._from_phrase(phrase, start)
        self._remember(resolved, phrase, start)
        return resolved

    def _remember(self, resolved: str, phrase: str, position: int) -> None:
        """Keep the speaker for the pronouns that follow."""
        if resolved[:1].isupper() and is_person(resolved):
            self._people.append((position, resolved, gender_of(phrase) or gender_of(resolved)))
        else:
            self._bodies.append(resolved)

    def _from_pronoun(self, pronoun: str, position: int) -> str | None:
        if pronoun in ("i", "we", "you"):
            return None
        gender = _GENDERS.get(pronoun)
        if gender is None:
            return self._bodies[-1] if self._bodies else None
        recent = [
            (place, name)
            for place, name, known in self._people[-_REMEMBERED:]
            if place < position and fits(known, gender)
        ]
        if recent:
            return max(recent)[1]
        return self.names.last_person(gender, position)

    def _from_phrase(self, phrase: str, position: int) -> str:
        """Resolve a surname, a short form or "the ministry"; leave what is full already."""
        found = self._in_phrases.get(phrase)
        if found is None:
            found = self._in_phrases[phrase] = names_in(phrase)
        if not found:
            return self._from_role(phrase, position) or phrase
        best = found[0]
        if " " in best:
            return best
        if not phrase.endswith(best) or is_place(best):
            return phrase
        longer = self.names.last_before(best.lower(), position)
        return longer if longer is not None else best

    def _from_role(self, phrase: str, position: int) -> str | None:
        """Resolve "the president" to the last person who spoke, "the ministry" to its full name."""
        words = phrase.lower().split()
        if len(words) != 2 or words[0] != "the":
            return None
        if words[1] in _ROLES:
            return self._people[-1][1] if self._people else None
        return self.names.last_before(words[1], position)
