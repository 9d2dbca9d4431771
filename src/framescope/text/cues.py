"""The words that hand the floor to somebody else: verbs and nouns of speech, thought and writing.

Each line of the lexicon is one set of complements and one class, followed by verbs. Complements:

* ``s``: a clause, a quotation, what-clauses ("said that ...", "asked whether ...")
* ``n``: a noun phrase as object ("condemned the attack")
* ``i``: an infinitive ("vowed to fight", "expected to win")
* ``t``: somebody addressed before the clause ("told reporters that ...")
* ``x``: a shape of its own with prepositions only ("called for", "accused X of")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from framescope.records import CueClass


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word: its lemma, what may follow it, its class, and the form of the verb.

    ``form`` is "base", "third", "past" or "ing"; ``particles`` are prepositions after which the
    content begins.
    """

    lemma: str
    complements: str
    cue_class: CueClass
    form: str
    particles: frozenset[str]


_VERBS: Final = (
    # speech with a clause
    ("sn", "neutral", "say add note explain state mention recall  comment reiterate repeat "
     "conclude recount disclose reveal confirm announce report clarify indicate write tweet "
     "remark stress emphasize emphasise underline underscore highlight signal hint concede admit "
     "acknowledge declare proclaim testify joke quip  respond answer retort post retweet "
     "predict forecast estimate speculate guess proffer volunteer muse whisper shout yell scream "
     "chant stipulate certify read summarize detail relay relate imply cite quote reckon opine "
     "elaborate recite echo reference specify rehash illustrate recommend propose suggest pledge vow promise "
     "swear continue narrate conjecture surmise theorize marvel"),
    ("sn", "claim", "claim allege assert maintain contend argue insist purport boast brag "
     "profess posit  presume assume  attest affirm reaffirm swear"),
    ("sn", "denial", "deny refute rebut dispute reject dismiss disavow contradict  "
     "disbelieve doubt question challenge debunk"),
    ("sn", "warning", "warn caution fear worry fret"),
    # thought, knowledge and perception with a clause
    ("sn", "neutral", "believe think feel know understand realize realise recognize consider judge "
     "find learn discover remember  see hear notice sense conclude determine decide expect "
     "anticipate hope wish foresee envision regret "
     "prove demonstrate show document calculate rule "
     "confess agree concur "),
    # addressed speech
    ("tsi", "neutral", "tell inform assure remind notify convince persuade brief"),
    ("tsni", "demand", "ask beg implore plead urge"),
    # demands and wishes
    ("nsi", "demand", "demand order command   instruct  advise recommend "
     "encourage invite   challenge forbid insist"),
    ("ni", "neutral", "want desire prefer  intend plan propose seek aim hope wish expect pledge vow promise "
     "threaten agree decline refuse decide vote offer swear commit resolve consent opt "
     "prepare commit"),
    # verdicts and attitudes with an object
    ("n", "accusation", "accuse blame condemn criticize criticise denounce attack blast slam rip "
     "lambast lambaste lash bash deride mock ridicule decry assail castigate chastise rebuke "
     "reprimand berate disparage belittle insult fault impugn indict charge scold skewer excoriate "
     "pillory vilify demonize smear slander bemoan lament deplore trash savage pan "
     "scoff chide admonish grill  "
     "protest resent hate detest loathe despise oppose"),
    ("n", "neutral", "praise applaud hail laud commend welcome endorse defend support  favor "
     "favour advocate champion promote tout embrace celebrate salute thank congratulate "
     "describe characterize characterise portray depict label brand dub term discuss debate "
     "address outline unveil publish release present "
     "propound envisage view  admire love respect  appreciate  dislike "
     "analyze analyse assess examine  compare liken equate contrast invoke "
     "raise voice express air vent issue identify   "
     "approve tackle downplay minimize exaggerate overstate understate "
     "interpret perceive suspect  "
     "prohibit pan recount reconsider critique  "
     "condone encourage second apologize "
     "ponder contemplate await "
     "mourn  rationalize call"),
    # own shapes
    ("x", "neutral", "speak talk refer allude point object respond react appeal look lean  "
     "complain campaign argue lobby apologize agree disagree believe vote rail "
     "inquire vow hint  touch elaborate comment crow rave gush gripe grumble "
     "care worry testify write tweet"),
)

_PARTICLES: Final[dict[str, str]] = {
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
    "campaign": "for against",
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
    "push": "for",
    "know": "about of",
    "hear": "about of",
    "learn": "about of",
    "think": "about of",
    "hint": "at",
    "": "on",
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
    "": "in",
    "brag": "about of",
    "boast": "about of",
    "joke": "about",
    "decide": "on against",
    "approve": "of",
    "protest": "against",
    "dream": "of about",
    "marvel": "at",
    "refuse": "to",
    "report": "on",
    "caution": "against",
}

_IRREGULAR: Final[dict[str, tuple[str, ...]]] = {
    "say": ("said",), "tell": ("told",), "write": ("wrote", "written"), "think": ("thought",),
    "know": ("knew", "known"), "feel": ("felt",), "find": ("found",), "see": ("saw", "seen"),
    "hear": ("heard",), "read": ("read",), "understand": ("understood",), "speak": ("spoke", "spoken"),
    "": ("forgot", "forgotten"), "foresee": ("foresaw", "foreseen"), "show": ("showed", "shown"),
    "prove": ("proved", "proven"), "swear": ("swore", "sworn"), "forbid": ("forbade", "forbidden"),
    "seek": ("sought",), "learn": ("learned", "learnt"), "rebut": ("rebutted",),
    "refer": ("referred",), "admit": ("admitted",), "plan": ("planned",), "commit": ("committed",),
    "slam": ("slammed",), "rip": ("ripped",), "pan": ("panned",), "beg": ("begged",),
    "brag": ("bragged",), "quip": ("quipped",), "fret": ("fretted",), "dub": ("dubbed",),
    "debunk": ("debunked",), "label": ("labeled", "labelled"), "opt": ("opted",),
    "prefer": ("preferred",), "air": ("aired",),
}  # fmt: skip

_DOUBLING: Final = frozenset("refer admit plan commit slam rip pan beg brag quip fret dub rebut prefer forbid".split())


def _forms(lemma: str) -> list[tuple[str, str]]:
    """Return the written forms of a verb with their names."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma in _DOUBLING:
        stem = lemma + lemma[-1]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    past: tuple[str, ...] = _IRREGULAR.get(lemma, (stem + "ed",))
    if lemma.endswith("y") and lemma[-2] not in "aeo":
        third = lemma[:-1] + "ies"
        past = _IRREGULAR.get(lemma, (lemma[:-1] + "ied",))
    ing = lemma + "ing" if lemma.endswith("ee") else stem + "ing"
    return [(lemma, "base"), (third, "third"), (ing, "ing"), *((f, "past") for f in past)]


def _build() -> dict[str, Cue]:
    """Spell out the lexicon: every form of every verb."""
    complements: dict[str, str] = {}
    classes: dict[str, CueClass] = {}
    for shape, cue_class, verbs in _VERBS:
        for lemma in verbs.split():
            complements[lemma] = complements.get(lemma, "") + shape
            classes.setdefault(lemma, cue_class)  # type: ignore[arg-type]
    table: dict[str, Cue] = {}
    for lemma, shape in complements.items():
        particles = frozenset(_PARTICLES.get(lemma, "").split())
        for form, name in _forms(lemma):
            table[form] = Cue(lemma, shape, classes[lemma], name, particles)
    return table


CUES: Final[dict[str, Cue]] = _build()

#: Words that are nouns as often as verbs: their neighbours decide.
HOMOGRAPHS: Final[frozenset[str]] = frozenset(
    (
        "address addresses aim aims air answer answers appeal appeals approach attack attacks "
        "back backs bash blame blast brand call calls campaign campaigns care caution challenge "
        "challenges champion champions charge charges cite claim claims command comment comments "
        "concern contest contrast debate debates demand demands desire direct discuss dispute "
        "disputes document documents doubt doubts echo estimate estimates fault fear fears focus "
        "forecast forecasts grill guess hail hammer hint hints hope hopes insult issue issues "
        "joke jokes judge judges label lash look looks love need needs note notes notice object "
        "objects offer offers order orders pan plan plans pledge pledges point points post posts "
        "praise present press pressure project promise promises protest protests question "
        "questions quote quotes rank rate read reads reason reasons recount regard regards regret "
        "regrets release releases remark remarks replies reply report reports request requests "
        "respect rip rule rules savage say second sense show shows signal signals slam state "
        "states support supports talk talks touch trash trust tweet tweets view views voice "
        "voices vote votes wish wishes worries worry "
    ).split()
)

#: Nouns whose that-clause, of-phrase or infinitive somebody else is responsible for.
NOUNS: Final[frozenset[str]] = frozenset(
    "claim claims allegation allegations belief beliefs statement assertion assertions argument "
    "suggestion suggestions accusation accusations charge charges assumption view opinion idea notion "
    "suspicion suspicions fear fears concern concerns hope hopes warning warnings threat "
    "promise promises pledge pledges vow plan plans proposal proposals decision announcement "
    "admission conclusion finding findings report reports rumor rumors rumour rumours denial "
    "demand demands  requests call calls criticism message prediction "
    "complaint complaints question questions doubt doubts desire intention insistence assurance "
    "assurances contention declaration revelation confidence reports recommendation agreement "
    "speculation accusation perception sense theory expectation expectations conviction "
    "refusal willingness commitment".split()
)

#: Nouns that govern "of" and "about" as well: "allegations of fraud".
NOUNS_WITH_OF: Final = frozenset(
    "allegations accusations charges claims criticism warnings".split()
)

#: Nouns that govern an infinitive: "the decision to leave".
NOUNS_WITH_INFINITIVE: Final = frozenset(
    "plan plans decision promise promises pledge pledges vow threat desire demand demands request "
    "refusal intention proposal call calls willingness commitment".split()
)

#: The class of a noun, when it is not neutral.
NOUN_CLASSES: Final[dict[str, CueClass]] = {
    **dict.fromkeys("claim claims allegation allegations assertion assertions argument "
                    "contention insistence".split(), "claim"),
    **dict.fromkeys("accusation accusations charge charges criticism complaint complaints "
                    "suspicion suspicions".split(), "accusation"),
    **dict.fromkeys("denial refusal doubt doubts".split(), "denial"),
    **dict.fromkeys("warning warnings threat fear fears concern concerns".split(), "warning"),
    **dict.fromkeys("demand demands request requests call calls".split(), "demand"),
}  # fmt: skip

_PARTICLE_CLASSES: Final[dict[tuple[str, str], CueClass]] = {
    ("call", "for"): "demand", ("call", "on"): "demand", ("call", "upon"): "demand",
    ("ask", "for"): "demand", ("appeal", "for"): "demand", ("appeal", "to"): "demand",
    ("push", "for"): "demand", ("plead", "for"): "demand", ("insist", "on"): "demand",
    ("lash", "out"): "accusation", ("rail", "against"): "accusation",
    ("speak", "out"): "accusation", ("complain", "about"): "accusation",
    ("complain", "of"): "accusation", ("protest", "against"): "accusation",
}  # fmt: skip


def class_with_particle(cue: Cue, particle: str) -> CueClass:
    """Return the class of a verb with its preposition: "call" is neutral, "call for" a demand.

    >>> class_with_particle(CUES["called"], "for")
    'demand'
    """
    return _PARTICLE_CLASSES.get((cue.lemma, particle), cue.cue_class)
