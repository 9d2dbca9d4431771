"""Tell whether a statement is asserted, denied, questioned or hypothetical."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from framescope.records import Assertion, VoiceSpan

# What denies the clause behind it. Not "not only", "no doubt", "cannot deny".
_DENIES: Final = re.compile(
    r"\b(?:it|that|this)(?:'s| is| was) (?:simply |just |absolutely |categorically )?"
    r"(?:not (?:true|the case|correct|so)|untrue|false|a lie|wrong)\b"
    r"|\b(?:is|are|was|were) (?:false|untrue|baseless|unfounded|groundless|a lie|lies|fabricated)\b"
    r"|\b(?:no|without(?: any)?) (?:evidence|proof|truth|basis|indication|grounds)\b"
    r"|\bfalse(?:ly)? (?:claims?|claimed|claiming|allegations?|reports?|alleged|accus\w+)\b"
    r"|\b(?:reject|rejects|rejected|rejecting|dismiss|dismisses|dismissed|dismissing|refut\w+"
    r"|rebut\w*|deny|denies|denied|denying|disavow\w*|debunk\w*)\b"
    r"|\b(?:never|not) (?:happened|took place|existed|occurred)\b|\bis no such\b"
)
_NEGATED_DENIAL: Final = re.compile(
    r"\b(?:not|never|n't|cannot|can't|without|nobody|no one|neither|hardly)(?: \w+)? "
    r"(?:deny|denies|denied|denying|reject\w*|dismiss\w*)\b"
)
_HYPOTHETICAL: Final = re.compile(
    r"^\W*(?:if|unless|suppose|supposing|imagine|assuming|in case|should)\b"
    r"|\b(?:would|could|might) (?:have |be |also |then )?\w+"
    r"|(?<!\d )(?<!in )(?<!of )(?<!last )(?<!next )\bmay [a-z]+"
    r"|\b(?:if|unless) (?:\w+ ){1,8}(?:would|could|were to)\b"
    r"|\b(?:perhaps|possibly|hypothetically|maybe)\b"
)
_ASKS: Final = re.compile(r"\?[\"'\u201d\u2019\u00bb)\]\s]*(?:(?:https?://|#|@)\S*\s*)*$")
_ASKED: Final = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|question(?:s|ed|ing)?|wonder(?:s|ed|ing)?|doubt(?:s|ed|ing)?|unclear"
    r"|unknown|uncertain)\b(?: \w+){0,3} (?:whether|if|why|how|what|when|where|who)\b"
    r"|^\W*whether\b"
)
_ANSWER_TAG: Final = re.compile(r"^[\"\u201c]?(?:[^?]{0,300})\?[\"\u201d]")


def assertion_of(text: str, start: int, end: int, voices: Sequence[VoiceSpan]) -> Assertion:
    """Return whether ``text[start:end]`` is asserted, denied, questioned or hypothetical.

    A cue of denial counts when it stands in the statement or governs more than half of it, so that
    the words of a denied claim are denied and those next to it are not. The label says nothing of
    who denies; read it next to ``voices``. Never raises.

    >>> text = "The ministry denied the participation of its troops."
    >>> assertion_of(text, 0, len(text), ())
    'denied'
    >>> assertion_of("Who gave the order?", 0, 19, ())
    'questioned'
    """
    statement = text[start:end].lower().replace("\u2019", "'")
    if _ASKS.search(statement[-200:]) or _ANSWER_TAG.match(statement):
        return "questioned"
    if _is_denied(statement) or _governed(start, end, voices, "denial"):
        return "denied"
    if _ASKED.search(statement):
        return "questioned"
    return "hypothetical" if _HYPOTHETICAL.search(statement) else "asserted"


def _is_denied(statement: str) -> bool:
    """Tell whether a statement denies something, and does not deny that it does."""
    found = _DENIES.search(statement)
    return found is not None and _NEGATED_DENIAL.search(statement) is None


def _governed(start: int, end: int, voices: Sequence[VoiceSpan], cue_class: str) -> bool:
    """Tell whether a cue of this class governs more than half of the statement from outside it."""
    half = (end - start) / 2
    return any(
        span.cue_class == cue_class
        and span.cue_start is not None
        and not start <= span.cue_start < end
        and span.cue is not None
        and span.cue.lower().startswith(("den", "reject", "refut", "rebut", "disavow", "debunk"))
        and min(end, span.end) - max(start, span.start) > half
        for span in voices
    )
