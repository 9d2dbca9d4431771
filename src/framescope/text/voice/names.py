"""Names in a text, and which one a pronoun, a surname or "the ministry" stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from framescope.text.wordclasses import word_set

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u010c\u0106\u0160\u017d\u0110\u0410-\u042f"
_FIRST: Final = rf"[{_UPPER}](?:\w{{0,3}}\.(?= )|[\w'\u2019-]+)"
_NEXT: Final = (
    rf"(?: (?:(?:of|de|von|van|der|bin|al|la|for|the) ){{0,2}}"
    rf"(?:[{_UPPER}]\w{{0,2}}\.(?= [{_UPPER}])|[{_UPPER}][\w\u2019'-]*))"
)
_ANY_NAME: Final = re.compile(_FIRST + _NEXT + "{0,7}")
_LONG_NAME: Final = re.compile(_FIRST + _NEXT + "{1,7}")
_TITLES: Final = word_set(
    "mr mrs ms miss dr prof sir lord lady dame rep reps sen sens gov gen lt col maj capt adm "
    "sgt president vice prime minister chancellor secretary senator representative governor "
    "general mayor ambassador judge justice king queen prince princess pope bishop chairman "
    "chairwoman chief leader speaker spokesman spokeswoman spokesperson director deputy "
    "professor officer candidate nominee congressman congresswoman deputy envoy commissioner "
    "premier attorney strategist adviser advisor aide author economist analyst reporter "
    "columnist former rev republican democratic democrat state foreign defense defence "
    "interior party sheriff said by but and the in on at for as if when after while former "
    "even still meanwhile although because according monday tuesday wednesday thursday friday "
    "saturday sunday"
)
_BODIES: Final = word_set(
    "ministry party agency news times post university council committee department house "
    "court union states street inc corp company bank institute center centre association "
    "office nations commission parliament congress senate army police government federation "
    "republic league group network journal press tribune herald daily street city county "
    "island north south east west air force fund foundation school college church "
    "international national"
)
_FEMALE: Final = word_set(
    "maria mary anna ana jana elena olga hillary angela theresa susan sarah elizabeth "
    "kellyanne jennifer michelle nancy nicola ursula christine marine margaret julia laura "
    "karen lisa linda patricia barbara jessica emily emma kate katherine catherine rachel "
    "rebecca ruth samantha sophie victoria alice amy andrea carol caroline claire diana donna "
    "ellen eva helen ivana jane janet jean joan judith katie kelly kim lauren louise lucy "
    "marta melania milena mila monica natalia nina pamela petra sandra sharon sonia svetlana "
    "tatiana tanya valentina vera vesna yulia zorana alicia cynthia loretta"
)
_MALE: Final = word_set(
    "john james robert michael william david richard joseph thomas charles donald george paul "
    "mark steven kevin brian edward ronald anthony jeff jeffrey gary timothy jason ryan eric "
    "stephen larry scott frank gregory raymond patrick jack dennis jerry alexander aleksandar "
    "vladimir sergei sergey ivan igor dmitry boris viktor mikhail nikolai petar milan marko "
    "nikola zoran goran dragan hans peter klaus jean-claude emmanuel barack mike bill bob jim "
    "joe tim tom ted pat harry bernie martin matthew matt andrew daniel adam benjamin chris "
    "christopher chuck craig dan ed fred glenn greg howard keith ken lee luis carlos jose "
    "mitt neil nick nigel oliver omar pedro phil recep roger sam sean simon stuart tony "
    "victor vincent walter"
)
_PLACES: Final = word_set(
    "afghanistan albania algeria america argentina armenia australia austria azerbaijan "
    "belarus belgium bosnia brazil britain bulgaria canada chile china colombia croatia cuba "
    "cyprus czechia denmark egypt england estonia ethiopia europe finland france georgia "
    "germany greece hungary iceland india indonesia iran iraq ireland israel italy japan "
    "jordan kazakhstan kenya korea kosovo kuwait latvia lebanon libya lithuania macedonia "
    "malaysia mali mexico moldova montenegro morocco myanmar nato netherlands nigeria norway "
    "pakistan palestine peru philippines poland portugal qatar romania russia rwanda scotland "
    "serbia slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tunisia "
    "turkey uganda ukraine venezuela vietnam yemen zimbabwe moscow beijing washington london "
    "paris berlin brussels belgrade kyiv kiev pristina tehran ankara jerusalem pyongyang "
    "seoul tokyo delhi"
)
_RECENT: Final = 12
_PRONOUNS: Final = word_set("he she they it we i you his her their its who which")


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of a text as written, in order, with where each starts.

    Build it with :func:`index_names`. ``by_word`` holds the places of the names that begin or end
    with a word, in lower case.
    """

    names: list[str]
    starts: list[int]
    by_word: dict[str, list[int]]

    def last_before(self, word: str, position: int) -> str | None:
        """Return the last longer name with this word before a position, or else the first after.

        >>> index_names("Jana Novak spoke. Novak left.").last_before("novak", 18)
        'Jana Novak'
        """
        places = self.by_word.get(word, [])
        found = bisect_left(places, position, key=self.starts.__getitem__)
        for place in (
            *reversed(places[max(0, found - _RECENT) : found]),
            *places[found : found + 1],
        ):
            name = without_titles(self.names[place])
            if " " in name:
                return name
        return None

    def last_person(self, gender: str, position: int) -> str | None:
        """Return the last full name of a person before a position whose gender fits."""
        last = bisect_left(self.starts, position)
        for place in range(last - 1, max(-1, last - 1 - _RECENT), -1):
            name = without_titles(self.names[place])
            if " " in name and is_person(name) and fits(gender_of(self.names[place]), gender):
                return name
        return None


def index_names(text: str) -> NameIndex:
    """Return the names of two words and more in a text.

    >>> index_names("President Jana Novak met Ports Ltd.").names
    ['President Jana Novak', 'Ports Ltd']
    """
    index = NameIndex([], [], {})
    for place, match in enumerate(_LONG_NAME.finditer(text)):
        name = match.group().removeprefix("The ")
        words = name.lower().split(" ")
        index.names.append(name)
        index.starts.append(match.start())
        for word in {words[0], words[-1], *_BODIES.intersection(words)}:
            index.by_word.setdefault(word, []).append(place)
    return index


def without_titles(name: str) -> str:
    """Return a name without titles, offices and the possessive before and after it.

    >>> without_titles("Serbian President Jana Novak's")
    'Jana Novak'
    """
    name = name.removesuffix("'s").removesuffix("\u2019s")
    words = name.replace("\u2019s ", "'s ").rsplit("'s ", 1)[-1].split(" ")
    first = 0
    if not _BODIES.isdisjoint(name.lower().split(" ")):
        return " ".join(words)
    for place, word in enumerate(words[:-1]):
        if word.lower().rstrip(".") in _TITLES and words[place + 1][:1].isupper():
            first = place + 1
    return " ".join(words[first:]).rstrip(".")


def gender_of(name: str) -> str:
    """Return "f", "m" or "" from the title or the first name.

    >>> gender_of("Ms. Novak"), gender_of("Peter Novak"), gender_of("Novak")
    ('f', 'm', '')
    """
    words = name.lower().replace(".", "").split()
    for word in words[:-1]:
        if word in ("mrs", "ms", "miss", "madam", "queen", "princess") or word in _FEMALE:
            return "f"
        if word in ("mr", "sir", "king", "prince") or word in _MALE:
            return "m"
    return ""


def fits(known: str, wanted: str) -> bool:
    """Tell whether two genders can belong to one person; an unknown one fits both."""
    return known in ("", wanted) or wanted == ""


def is_person(name: str) -> bool:
    """Tell whether a name can be a person's: no word of it names a body or a place.

    >>> is_person("Jana Novak"), is_person("Ministry of Ports")
    (True, False)
    """
    words = name.lower().split()
    if len(words) > 4 or name[:3].isupper() or name.split(" ", 1)[0].endswith("ing"):
        return False
    return "of" not in words and _BODIES.isdisjoint(words) and _PLACES.isdisjoint(words)


def is_place(word: str) -> bool:
    """Tell whether a single name is a country's or a capital's, which stands for itself.

    >>> is_place("Serbia"), is_place("Novak")
    (True, False)
    """
    return word.lower() in _PLACES


def names_in(phrase: str) -> list[str]:
    """Return the names in a phrase, the longest first, without titles.

    >>> names_in("longtime pollster Jana Novak")
    ['Jana Novak']
    """
    found = [without_titles(match.group()) for match in _ANY_NAME.finditer(phrase)]
    named = [name for name in found if name.lower() not in _TITLES]
    return sorted(named, key=lambda name: -name.count(" "))


def is_pronoun(phrase: str) -> bool:
    """Tell whether a speaker is only a pronoun, to be resolved."""
    return phrase.lower() in _PRONOUNS
