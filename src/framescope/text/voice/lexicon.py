"""The words that hand the floor to somebody else: verbs and nouns of speech, thought and writing.

Each line of the lexicon is one set of complements and one class, followed by verbs. Complements:

* ``s``: a clause, a quotation, what-clauses ("said that ...", "asked whether ...")
* ``n``: a noun phrase as object ("condemned the attack")
* ``i``: an infinitive ("vowed to fight", "expected to win")
* ``t``: somebody addressed before the clause ("told reporters that ...")
* ``x``: a shape of its own with prepositions only ("called for", "accused X of")
"""

from __future__ import annotations

from typing import Final

from framescope.records import CueClass
from framescope.text.wordclasses import word_set

VERBS: Final[tuple[tuple[str, CueClass, str], ...]] = (
    (
        "sn",
        "neutral",
        "say add note explain state mention recall comment reiterate repeat conclude recount "
        "reveal confirm announce report clarify indicate write tweet remark stress emphasize "
        "emphasise underline underscore highlight signal hint concede admit acknowledge "
        "declare proclaim testify joke quip respond answer retort post retweet predict "
        "forecast estimate speculate guess proffer muse whisper shout yell scream chant "
        "stipulate read detail relay imply cite quote reckon opine elaborate recite echo "
        "reference specify rehash illustrate recommend propose suggest pledge vow promise "
        "swear narrate conjecture surmise theorize",
    ),
    (
        "s",
        "neutral",
        "continue reply observe",
    ),
    (
        "sn",
        "claim",
        "claim allege assert maintain contend argue insist purport boast brag profess posit "
        "presume assume affirm reaffirm swear",
    ),
    (
        "sn",
        "denial",
        "deny refute rebut dispute reject dismiss disavow contradict disbelieve doubt "
        "question challenge debunk",
    ),
    (
        "sn",
        "warning",
        "warn caution fear worry fret",
    ),
    (
        "sn",
        "neutral",
        "believe think feel know realize realise recognize consider judge find learn discover "
        "remember see hear notice sense conclude determine decide expect anticipate hope wish "
        "foresee envision regret demonstrate show document calculate rule confess agree "
        "concur",
    ),
    (
        "tsi",
        "neutral",
        "tell inform assure remind notify convince persuade brief",
    ),
    (
        "tsni",
        "demand",
        "ask beg implore plead urge",
    ),
    (
        "nsi",
        "demand",
        "demand order command instruct advise recommend encourage invite challenge forbid insist",
    ),
    (
        "ni",
        "neutral",
        "want desire prefer intend plan propose aim hope wish expect pledge vow promise agree "
        "decline refuse decide vote swear consent opt prepare",
    ),
    (
        "n",
        "accusation",
        "accuse blame condemn criticize criticise denounce attack blast slam rip lambast "
        "lambaste lash bash deride mock ridicule decry assail castigate chastise rebuke "
        "reprimand berate disparage belittle insult fault impugn charge scold skewer "
        "excoriate pillory vilify demonize smear slander bemoan lament deplore trash savage "
        "pan scoff chide admonish grill protest resent hate detest loathe despise oppose",
    ),
    (
        "n",
        "neutral",
        "praise applaud hail laud commend welcome endorse defend support favor favour "
        "advocate champion promote tout embrace celebrate salute thank congratulate describe "
        "characterize characterise portray depict label brand dub term discuss debate address "
        "outline unveil publish present propound envisage view admire love respect appreciate "
        "dislike analyze analyse examine compare liken equate contrast invoke voice express "
        "air vent issue identify approve downplay minimize exaggerate overstate understate "
        "interpret perceive suspect prohibit pan recount reconsider critique condone "
        "encourage second apologize ponder contemplate await mourn rationalize",
    ),
    (
        "ni",
        "neutral",
        "call",
    ),
    (
        "x",
        "neutral",
        "speak talk refer allude point object respond react appeal look lean complain argue "
        "lobby apologize agree disagree believe vote rail inquire vow hint touch elaborate "
        "comment crow rave gush gripe grumble care worry testify write tweet",
    ),
    (
        "ni",
        "warning",
        "threaten",
    ),
)

#: Adjectives of belief and will: "afraid that ...", "unwilling to ...", "aware of ...".
ADJECTIVES: Final = word_set(
    "afraid sure certain convinced concerned confident hopeful glad proud aware unaware clear "
    "unclear adamant surprised disappointed skeptical optimistic doubtful wary willing unwilling "
    "eager reluctant determined keen hesitant likely unlikely"
)

#: Prepositions and particles after which what a verb governs begins: "called for ...".
PARTICLES: Final[dict[str, str]] = {
    "call": "for on upon",
    "ask": "for about",
    "speak": "of about out against",
    "talk": "about of up",
    "refer": "to",
    "allude": "to",
    "point": "to out",
    "object": "to",
    "respond": "to by",
    "react": "to",
    "appeal": "for to",
    "warn": "of against about",
    "complain": "about of that",
    "lobby": "for against",
    "apologize": "for",
    "agree": "with on to about",
    "disagree": "with on about",
    "believe": "in",
    "vote": "for against to",
    "rail": "against",
    "lash": "out",
    "inquire": "about",
    "advocate": "for",
    "argue": "for against about",
    "worry": "about over that",
    "fear": "for",
    "hope": "for",
    "wish": "for",
    "know": "about of",
    "hear": "about of",
    "learn": "about of",
    "think": "about of",
    "hint": "at",
    "touch": "on",
    "elaborate": "on",
    "comment": "on",
    "rave": "about",
    "gripe": "about",
    "grumble": "about",
    "care": "about",
    "plead": "for with",
    "insist": "on",
    "testify": "about to",
    "write": "about of",
    "tweet": "about",
    "plan": "for on",
    "look": "forward",
    "scoff": "at",
    "crow": "about",
    "gush": "about over",
    "lean": "toward",
    "brag": "about of",
    "boast": "about of",
    "joke": "about",
    "decide": "on against",
    "approve": "of",
    "protest": "against",
    "refuse": "to",
    "report": "on",
    "caution": "against",
}

#: Past forms that no rule makes.
IRREGULAR: Final[dict[str, tuple[str, ...]]] = {
    "say": ("said",),
    "tell": ("told",),
    "write": ("wrote", "written"),
    "think": ("thought",),
    "know": ("knew", "known"),
    "feel": ("felt",),
    "find": ("found",),
    "see": ("saw", "seen"),
    "hear": ("heard",),
    "read": ("read",),
    "speak": ("spoke", "spoken"),
    "foresee": ("foresaw", "foreseen"),
    "show": ("showed", "shown"),
    "swear": ("swore", "sworn"),
    "forbid": ("forbade", "forbidden"),
    "learn": ("learned", "learnt"),
    "rebut": ("rebutted",),
    "refer": ("referred",),
    "admit": ("admitted",),
    "plan": ("planned",),
    "slam": ("slammed",),
    "rip": ("ripped",),
    "pan": ("panned",),
    "beg": ("begged",),
    "brag": ("bragged",),
    "quip": ("quipped",),
    "fret": ("fretted",),
    "dub": ("dubbed",),
    "debunk": ("debunked",),
    "label": ("labeled", "labelled"),
    "opt": ("opted",),
    "prefer": ("preferred",),
    "air": ("aired",),
}

#: Verbs that double their last letter: "referred", "planning".
DOUBLING: Final = word_set(
    "refer admit plan slam rip pan beg brag quip fret dub rebut prefer forbid"
)

#: Verbs that may follow what was said without quotation marks: "The talks failed, Novak said."
TAG_VERBS: Final = word_set(
    "say add note explain state recall observe reiterate repeat conclude reveal confirm "
    "announce report clarify write tweet remark stress emphasize underscore concede admit "
    "acknowledge declare joke quip reply respond predict estimate speculate recount claim "
    "allege assert maintain contend argue insist warn caution believe think suggest learn "
    "testify complain predict show find suspect fear hope tell"
)

#: Verbs that hand over words as they were spoken or written, not thoughts or findings.
SPEECH_VERBS: Final = word_set("tell ask call describe urge demand") | (
    TAG_VERBS - word_set("believe think learn show find suspect fear hope")
)

#: Words that are nouns as often as verbs: their neighbours decide.
HOMOGRAPHS: Final[frozenset[str]] = word_set(
    "address addresses aim aims air answer answers appeal appeals approach attack attacks "
    "back backs bash blast brand call calls campaign campaigns care caution challenge "
    "challenges champion champions charge charges claim claims command comment comments "
    "concern contest contrast debate debates demand demands desire direct dispute "
    "disputes document documents doubt doubts estimate estimates fault fear fears focus "
    "forecast forecasts grill guess hammer hint hints hope hopes insult issue issues joke "
    "jokes judge judges label lash look looks love need needs note notes notice object "
    "objects offer offers order orders pan plan plans pledge pledges point points post "
    "posts present press pressure project promise promises protest protests question "
    "questions quote quotes rank rate read reads reason reasons recount regard regards "
    "regret regrets release releases remark remarks replies reply report reports request "
    "requests respect rip rule rules savage second sense signal signals slam state states "
    "support supports talk talks touch trash trust tweet tweets view views voice voices "
    "vote votes wish wishes worries worry"
)

#: Nouns whose that-clause, of-phrase or infinitive somebody else is responsible for.
NOUNS: Final[frozenset[str]] = word_set(
    "claim claims allegation allegations belief beliefs statement assertion assertions "
    "argument suggestion suggestions accusation accusations charge charges assumption view "
    "opinion idea notion suspicion suspicions fear fears concern concerns hope hopes warning "
    "warnings threat promise promises pledge pledges vow plan plans proposal proposals "
    "decision announcement admission conclusion finding findings report reports rumor rumors "
    "rumour rumours denial demand demands requests call calls criticism message prediction "
    "acknowledgment recognition determination reluctance eagerness evidence proof certainty "
    "complaint complaints question questions doubt doubts desire intention insistence "
    "assurance assurances contention declaration revelation confidence reports recommendation "
    "agreement speculation accusation perception sense theory expectation expectations "
    "conviction refusal willingness commitment"
)

#: Nouns that govern "of" and "about" as well: "allegations of fraud".
NOUNS_WITH_OF: Final = word_set(
    "allegations accusations charges claims criticism warnings concerns fears questions doubts "
    "speculation complaints opinion opinions views comments remarks attacks attack rhetoric "
    "accusation denial condemnation praise endorsement message"
)

#: Nouns that govern an infinitive: "the decision to leave".
NOUNS_WITH_INFINITIVE: Final = word_set(
    "plan plans decision promise promises pledge pledges vow threat desire demand demands "
    "request refusal intention proposal call calls willingness commitment"
)

_CLASSED_NOUNS: Final[tuple[tuple[CueClass, str], ...]] = (
    (
        "claim",
        "claim claims allegation allegations assertion assertions argument contention insistence",
    ),
    (
        "accusation",
        "accusation accusations charge charges criticism complaint complaints suspicion suspicions",
    ),
    (
        "denial",
        "denial refusal doubt doubts",
    ),
    (
        "warning",
        "warning warnings threat fear fears concern concerns",
    ),
    (
        "demand",
        "demand demands request requests call calls",
    ),
)

#: The class of a noun, when it is not neutral.
NOUN_CLASSES: Final[dict[str, CueClass]] = {
    noun: cue_class for cue_class, nouns in _CLASSED_NOUNS for noun in nouns.split()
}

#: The class of a verb with a preposition, when it is not the verb's own.
PARTICLE_CLASSES: Final[dict[tuple[str, str], CueClass]] = {
    ("call", "for"): "demand", ("call", "on"): "demand", ("call", "upon"): "demand",
    ("ask", "for"): "demand", ("appeal", "for"): "demand", ("appeal", "to"): "demand",
    ("push", "for"): "demand", ("plead", "for"): "demand", ("insist", "on"): "demand",
    ("lash", "out"): "accusation", ("rail", "against"): "accusation",
    ("speak", "out"): "accusation", ("complain", "about"): "accusation",
    ("complain", "of"): "accusation", ("protest", "against"): "accusation",
}  # fmt: skip
