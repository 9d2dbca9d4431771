"""Who signs a text or a passage of it: bylines, tweets and labels before a colon."""

from __future__ import annotations

import re
from typing import Final

from framescope.text.wordclasses import word_set

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u010c\u0106\u0160\u017d\u0110\u0410-\u042f"
_NAME: Final = rf"[{_UPPER}][\w.'\u2019-]{{0,30}}(?: [{_UPPER}][\w.'\u2019-]{{0,30}}){{0,4}}"

# "— Foreign Ministry (@handle) July 31, 2022": the last line of an embedded tweet.
_SIGNATURE: Final = re.compile(
    r"[\u2014\u2013\u2015-]\s?([^\n\u2014\u2013\u2015]{1,60}? ?\(@\w{1,30}\))[^\n]{0,30}$"
)
_BYLINE: Final = re.compile(
    rf"[Bb][Yy] ({_NAME})(?:,[^\n]{{0,60}}| and [^\n]{{0,60}}| \|[^\n]{{0,60}})?$"
)
_HANDLE: Final = re.compile(r"(?:RT )?(@\w{1,30}):\s")
_HEADED: Final = re.compile("([^\\n(\u2014\u2013.!?]{1,60} \\(@\\w{1,30}\\))[^\\n]{0,30}$")
_LABEL: Final = re.compile(
    rf"[^\w\s#@\"'\u201c\u2018(\[]{{0,4}}\s?([#@]?)({_NAME}) ?(?:\([^)\n]{{1,30}}\))?:\s+(?=\S)"
)
_NO_LABELS: Final = word_set(
    "update updated watch breaking video exclusive opinion analysis abstract full text note "
    "editor related read more correction photo photos image source sources fact check live "
    "listen review recap editorial follow also example background summary report question "
    "answer latest clarification"
)
_LINK_TAIL: Final = re.compile(r"\s(?:https?://|pic\.twitter|t\.co/|www\.)")
_BYLINE_LINES: Final = 6


def author_of(text: str) -> str | None:
    r"""Return the account or the byline a text is signed with, as written, or ``None``.

    A byline is looked for in the first lines only. A tweet is a text of one passage that ends with
    "— Name (@handle) date", begins with "@handle:", or has "Name (@handle)" as its first line.

    >>> author_of("By Jana Novak\n\nThe talks have failed.")
    'Jana Novak'
    >>> author_of("We stay. — Ministry of Ports (@ports) May 2, 2021")
    'Ministry of Ports (@ports)'
    """
    lines = [line.strip() for line in text[:2000].split("\n") if line.strip()][:_BYLINE_LINES]
    if not lines:
        return None
    for line in lines:
        byline = _BYLINE.match(line)
        if byline:
            return byline.group(1)
    handle = _HANDLE.match(lines[0]) or _HEADED.match(lines[0])
    if handle:
        return handle.group(1)
    signature = signature_of(text.rstrip(), 0, len(text.rstrip()))
    return text[slice(*signature)] if signature and len(lines) <= 3 else None


def signature_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the account that signs the passage ``text[start:end]``.

    >>> signature_of("We stay. — Ports (@ports) May 2, 2021", 0, 37)
    (11, 25)
    """
    if "(@" not in text[max(start, end - 80) : end]:
        return None
    found = _SIGNATURE.search(text, max(start, end - 130), end)
    return found.span(1) if found else None


def signed_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the words of a signed passage, without its links and its signature.

    >>> signed_words("We stay. https://t.co/x — Ports (@ports) May 2", 0, 46)
    (0, 8)
    """
    found = _SIGNATURE.search(text, max(start, end - 130), end)
    end = found.start() if found else end
    link = _LINK_TAIL.search(text, start, end)
    end = link.start() if link else end
    return start, start + len(text[start:end].rstrip())


def label_of(text: str, start: int, end: int, *, headline: bool) -> re.Match[str] | None:
    """Return the label that opens a passage: "#Novak: ...", "NOVAK: ...", "Novak: ..." as headline.

    Group 2 of the match is the name; the match ends where the words begin. Outside headlines only
    names in capitals, hashtags and handles count.
    """
    if ":" not in text[start : start + 90]:
        return None
    found = _LABEL.match(text, start, end)
    if found is None or end - found.end() < 8 or text[found.end() :][:1] in '"\u201c\u00ab\u201e':
        return None
    name = found.group(2)
    if not _NO_LABELS.isdisjoint(name.lower().split()):
        return None
    marked = found.group(1) != "" or (name.isupper() and len(name) > 3)
    return found if marked or headline else None
