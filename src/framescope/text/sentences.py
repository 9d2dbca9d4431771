"""Cut a text into statements, with the exact offsets of each.

The decisions follow Punkt (Kiss & Strunk 2006): a full stop ends a sentence unless the word before
it is an abbreviation, an initial or an ordinal, and then what follows decides. They are written
out over compiled expressions because NLTK's tokenizer, with the same parameters, does a third of
the speed and costs its import; ``tests/text/test_sentences.py`` holds the two against each other.
"""

from __future__ import annotations

import re
from typing import Final

from framescope.text.abbreviations import (
    ALWAYS_GO_ON,
    GO_ON_BEFORE_NUMBER,
    MAY_GO_ON,
    MONTHS,
    SENTENCE_STARTERS,
)

# A run of end marks with the quotes and brackets that belong to it. Not inside "3.5" or "a.b".
_CLOSERS: Final = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u2039\u203a)\\]}"
_END_MARK: Final = re.compile(
    r"[.!?\u2026\u061f\u0964\u3002\uff01\uff1f](?<![.!?\u2026]{2})[.!?\u2026\u3002\uff01\uff1f]*+"
    rf"[{_CLOSERS}.!?\u2026\u300d\u300f\uff09]{{0,6}}+"
    r"(?:(?=\s)|(?<=[\u3002\uff01\uff1f\u300d\u300f\uff09]))"
)
# The next word, past quotes, brackets and dashes that open the next sentence.
_NEXT_WORD: Final = re.compile(
    "\\s*[\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a(\\[{\u2014\u2013\u00bf\u00a1*-]{0,4}"
    "\\s?([^\\W\\d_]{1,40}|\\d{1,12}|.?)",
    re.DOTALL,
)
_WORD_BREAKS: Final = re.compile(
    "[\\s\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb(\\[{/\u2014\u2013]"
)
_ACRONYM: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_QUOTE_END: Final = frozenset("\"'\u2018\u2019\u201c\u201d\u00ab\u00bb")
# "Will they?" Novak asked. The name and the verb belong to the question before them.
_TAG_AFTER_QUOTE: Final = re.compile(
    r"\s+[^!?\n\"\u201c\u00ab]{2,90}?\s"
    r"(?:said|says|asked|asks|added|replied|wrote|told|tells|wondered|tweeted|exclaimed|shouted|"
    r"demanded|continued|noted|yelled|quipped|joked|declared|responded)"
    r"(?=[.,:]|\s(?:on|in|at|to|of|as|during|after|before|me|him|her|reporters|while|when|last)\b)"
)
_BULLET: Final = re.compile(
    r"\s*(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014]\s|\(?\w{1,3}[.)]\s)"
)
# What may trail a tweet: hashtags, handles, links, emoji.
_TAIL_TOKEN: Final = re.compile(
    r"#\w+[.,!]?|@\w+|https?://\S+|www\.\S+|pic\.twitter\.com/\S+|t\.co/\S+|"
    "[^\\w\\s.,;:!?'\"()\\[\\]\u2026\u201c\u201d\u00ab\u00bb\u2018\u2019\u2013\u2014-]+"
)
_TAIL_LETTERS: Final = "hpwt"
_SIGNATURE: Final = re.compile(r"\s[\u2014\u2013-]\s?[^\n\u2014]{1,60}\(@\w{1,30}\)[^\n]{0,30}$")
_WRAP_WIDTHS: Final = range(50, 121)


def split_statements(text: str) -> list[tuple[int, int]]:
    """Return the character spans ``(start, end)`` of the statements of a text, in order.

    ``text[start:end]`` is the statement, without white space around it, never empty; spans do not
    overlap, and only white space lies between them. Blank lines always part statements; a single
    line break does unless the line looks wrapped. Never raises; takes time linear in the text.

    >>> text = "Lt. Gen. Novak spoke in the U.S. on Monday. “We stay.” Then he left"
    >>> [text[start:end] for start, end in split_statements(text)]
    ['Lt. Gen. Novak spoke in the U.S. on Monday.', '“We stay.”', 'Then he left']
    """
    return cut_passages(text, find_passages(text))


def cut_passages(text: str, passages: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the statements of the given passages of a text, in order.

    >>> cut_passages("It is. It was.", [(0, 14)])
    [(0, 6), (7, 14)]
    """
    spans: list[tuple[int, int]] = []
    for start, end in passages:
        _cut_passage(text, start, end, spans)
    return spans


def find_passages(text: str) -> list[tuple[int, int]]:
    r"""Return the stretches that no line break may part: paragraphs, headlines, list items.

    >>> find_passages("A headline\n\nA paragraph.")
    [(0, 10), (12, 24)]
    """
    lines = _lines(text)
    widths = _paragraph_widths(lines)
    passages: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line[0] == line[1]:
            continue
        if index and lines[index - 1][0] != lines[index - 1][1]:
            start = passages[-1][0]
            if _goes_on(text, lines[index - 1], line, widths[index]):
                passages[-1] = (start, line[1])
                continue
        passages.append(line)
    return passages


def _lines(text: str) -> list[tuple[int, int]]:
    """Return every line as a span without white space around it; a blank line is an empty span."""
    lines: list[tuple[int, int]] = []
    end = 0
    for line in text.splitlines(keepends=True):
        end += len(line)
        kept = line.lstrip()
        start = end - len(kept)
        lines.append((start, start + len(kept.rstrip())))
    return lines


def _paragraph_widths(lines: list[tuple[int, int]]) -> list[int]:
    """Return, for each line, the length of the longest line of its paragraph."""
    widths = [0] * len(lines)
    first = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or lines[index][0] == lines[index][1]:
            widest = max((end - start for start, end in lines[first:index]), default=0)
            widths[first:index] = [widest] * (index - first)
            first = index + 1
    return widths


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Tell whether the sentence at the end of a line may go on in the line below it."""
    start, end = following
    if _BULLET.match(text, start, end):
        return False
    if _is_tail(text, start, end):
        return True
    if width > _WRAP_WIDTHS[-1]:
        return False
    if text[start].islower():
        return True
    first_word = len(text[start : start + width].split(None, 1)[0])
    filled = line[1] - line[0] + 1 + first_word > width
    return filled and width in _WRAP_WIDTHS


def _is_tail(text: str, start: int, end: int) -> bool:
    """Tell whether a line holds nothing but hashtags, handles, links and emoji."""
    if text[start].isalnum() and text[start] not in _TAIL_LETTERS:
        return False
    return all(_TAIL_TOKEN.fullmatch(token) for token in text[start:end].split())


def _cut_passage(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Append the statements of one passage."""
    limit: int | None = None
    for match in _END_MARK.finditer(text, start, end):
        limit = _tail_start(text, start, end) if limit is None else limit
        if match.end() >= limit:
            break
        if match.start() > start and _ends_sentence(text, start, match):
            spans.append((start, match.end()))
            start = match.end()
            while text[start].isspace():
                start += 1
    spans.append((start, end))


def _tail_start(text: str, start: int, end: int) -> int:
    """Return where the hashtags, links, emoji and signature at the end of a passage begin."""
    if text.find("(@", max(start, end - 80), end) >= 0:
        signature = _SIGNATURE.search(text, max(start, end - 130), end)
        end = signature.start() if signature else end
    while end > start:
        cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end), start - 1) + 1
        if text[cut : cut + 1].isalnum() and text[cut] not in _TAIL_LETTERS:
            break
        if not _TAIL_TOKEN.fullmatch(text, cut, end):
            break
        end = cut - 1
        while end > start and text[end - 1].isspace():
            end -= 1
    return end


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Decide whether an end mark ends a sentence, from the words on its two sides."""
    mark = match.group()
    found = _NEXT_WORD.match(text, match.end())
    following = found.group(1) if found else ""
    if mark[0] in "\u3002\uff01\uff1f":
        return True
    asks = mark[0] in "!?" and mark[-1] in _QUOTE_END
    if asks and _TAG_AFTER_QUOTE.match(text, match.end()):
        return False
    word = _word_before(text, start, match.start())
    if mark[0] == ".":
        opens = match.start() - len(word)
        dotted = following == "." or (not word and text[opens - 2 : opens] == ". ")
        return not dotted and _full_stop_ends(word, mark, following, at_start=opens == start)
    if following[:1].islower():
        return len(mark) == 1 and word.islower()
    return mark[0] != "\u2026" or bool(word)


def _word_before(text: str, start: int, end: int) -> str:
    """Return the word that ends where the mark begins, at most 24 characters of it."""
    reach = max(start, end - 24)
    space = text.rfind(" ", reach, end)
    word = text[max(reach, space + 1) : end]
    return word if word.isalnum() else _WORD_BREAKS.split(word)[-1]


def _full_stop_ends(word: str, mark: str, following: str, *, at_start: bool) -> bool:
    """Decide for a full stop, or an ellipsis of full stops, after a word."""
    if not word:
        return mark == "." and following[:1].isupper()
    if following[:1].islower():
        return mark == "." and len(word) >= 5 and word.isalpha() and word.islower()
    if mark[:2] == ".." or len(mark) > 1:
        return not (len(word) == 1 and word.isupper() and mark == ".")
    return not _is_abbreviated(word, following, at_start=at_start)


def _is_abbreviated(word: str, following: str, *, at_start: bool) -> bool:
    """Tell whether the full stop belongs to the word rather than to the sentence."""
    folded = word.lower()
    if folded in ALWAYS_GO_ON:
        return True
    if following[:1].isdigit():
        return folded in GO_ON_BEFORE_NUMBER or (at_start and word.isdigit())
    starter = following.lower() in SENTENCE_STARTERS
    if folded in MAY_GO_ON or _ACRONYM.search(word):
        return not starter and bool(following) and following[:1] not in "#@"
    if word.isdigit():
        return at_start or (len(word) <= 2 and following.lower() in MONTHS)
    return len(word) == 1 and word.isupper() and not starter
