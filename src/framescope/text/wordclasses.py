"""Closed classes of English words that tell where a phrase begins and ends."""

from __future__ import annotations

from typing import Final


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line as a set.

    >>> sorted(word_set("he she"))
    ['he', 'she']
    """
    return frozenset(words.split())


DETERMINERS: Final = word_set(
    "the a an his her their its my our your this these those any every each no some such another"
)
PRONOUNS: Final = word_set("he she they it i we you who there")
OBJECT_PRONOUNS: Final = word_set("him her them me us reporters")
CLAUSE_OPENERS: Final = word_set("he she they it there we i")
BE: Final = word_set("is are was were be been being isn't aren't wasn't weren't")
AUXILIARIES: Final = BE | word_set(
    "has have had will would could can may might must should shall do does did don't doesn't "
    "didn't won't wouldn't couldn't can't hasn't haven't hadn't not never n't to 've 's 'd he's"
)
MODALS: Final = word_set(
    "to would will could can may might must should shall do does did don't doesn't didn't won't "
    "wouldn't couldn't can't and i we they you he she it who which"
)
FINITE: Final = word_set(
    "is are was were be been has have had will would can could may might must should do does did "
    "said says say isn't aren't wasn't weren't won't don't didn't doesn't can't"
)
ADVERBS: Final = word_set(
    "also then later now again once first still even just often already soon too long yet ever "
    "always never only further sometimes instead not simply much so quite almost ahead well "
    "recently reportedly"
)
TIMES: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight "
    "morning afternoon evening night last earlier this later week month year recently january "
    "february march april may june july august september october november december jan feb mar "
    "aug sept oct nov dec"
)
PREPOSITIONS: Final = word_set(
    "in on at during to through via by from after before with for of about over under into against "
    "near amid among between within without upon as outside inside since"
)
SUBORDINATORS: Final = word_set(
    "that if when while as because after before although though since where whether but unless "
    "until so which who whom whose than"
)
QUESTION_WORDS: Final = word_set("what how why whether who where when if which whom")
RELATIVES: Final = word_set("who which that whom")
JOINERS: Final = word_set("and but or then by after before in while when of")
DASHES: Final = frozenset("\u2014\u2013\u2015-")
#: What ends a noun phrase to its left, whatever stands there.
PHRASE_BREAKS: Final = frozenset(',;:\u2014\u2013\u2015-?!\u201c"')
LEADING_SMALL_WORDS: Final = word_set(
    "and but or so still yet also even however 's ) . in on at for of after before with by despite "
    "like unlike meanwhile"
)


def is_adverb(word: str) -> bool:
    """Tell whether a lower-case word is an adverb that may stand between subject and verb.

    >>> is_adverb("repeatedly"), is_adverb("reporters")
    (True, False)
    """
    return word in ADVERBS or (word[-2:] == "ly" and len(word) > 4)
