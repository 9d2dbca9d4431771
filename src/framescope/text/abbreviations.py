"""Words that end in a full stop without ending a sentence, by what may follow them.

The three groups are Punkt's (Kiss & Strunk 2006, "Unsupervised Multilingual Sentence Boundary
Detection"), written down by hand instead of learnt: abbreviations that always go on, those that
go on before a number, and those that may also close a sentence. All are lower case, without the
last full stop.
"""

from __future__ import annotations

from typing import Final

from framescope.text.wordclasses import word_set

ALWAYS_GO_ON: Final = word_set(
    # English titles, ranks and offices
    "mr mrs ms mx dr prof hon rev fr sr msgr gen lt col maj capt cpt cmdr cdr adm brig sgt "
    "cpl pvt pfc cpo ens rear-adm maj-gen lt-gen lt-col brig-gen sen rep gov pres amb sec min "
    "dir supt insp det atty asst assoc dep del messrs mmes st ste mt ft vs v cf viz e.g i.e "
    "eg ie approx esp incl resp ca ph.d cit op "
    # German
    "hr fr frl dipl ing mag bzw z.b d.h u.a z.t i.d.r vgl sog evtl ggf inkl zzgl geb gest "
    # Serbian, Croatian, Bosnian (Latin and Cyrillic)
    "gđa gdin g-din tzv npr odn tj čl ul sv puk potpuk gosp гђа тзв нпр одн тј чл пук потпук "
    "госп "
    # Russian, Ukrainian
    "т.е т.к т.н т.о см ср им ул пл просп проф акад ген полк подполк кап адм пос респ обл тов "
    "гр"
)

GO_ON_BEFORE_NUMBER: Final = word_set(
    "no nos art arts para paras par p pp vol vols ch chap sec sect fig figs ex res doc item "
    "jan feb mar apr jun jul aug sep sept oct nov dec nr br str abs ziff s st gl стр ст п пп "
    "гл бр № рис табл"
)

MAY_GO_ON: Final = word_set(
    "co inc ltd corp bros llc plc jr sr esq etc al dept div dist est govt intl natl univ assn "
    "ave blvd rd ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss "
    "mo mont neb nev okla ore pa tenn tex va vt wash wis wyo usw itd i.t.d sl u.s.w god г гг "
    "др пр млн млрд тыс руб долл т.д т.п год итд сл mio mrd mil mln"
)

SENTENCE_STARTERS: Final = word_set(
    "the a an this that these those it its he his she her they their we our i my you your "
    "there here in on at as by but and or so yet if when while after before although though "
    "because since however meanwhile moreover still then now today yesterday for from with "
    "without under who what why how where no not all some many most both each every another "
    "other one two three according instead despite during last next also even only der die "
    "das ein eine er sie es wir ich dies diese dieser doch aber und in im am auf bei nach on "
    "ona ono oni mi ja to ovo ali kada kako u na он она оно они мы я это этот эта эти но а и "
    "в на по при как когда если что"
)

MONTHS: Final = word_set(
    "januar februar märz mai juni juli august september oktober november dezember jänner "
    "january february march april may june july october december"
)
