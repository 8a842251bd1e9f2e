"""Dots that end no sentence: those of short forms, ordinal numbers, and marks of steps."""

import re
from collections import Counter

from retrieval.types import ENGLISH

# Short forms that the library takes for the end of a sentence, where words in lower case or numbers
# follow; in several languages.
SHORT_FORMS = frozenset(
    {"approx", "avg", "ed", "eds", "est", "excl", "incl", "lit", "max", "min", "resp", "tel"}
    | {"temp", "trans", "ver", "vol", "vols", "abs", "anm", "apt", "art", "bd", "cap", "ch", "fig"}
    | {"kap", "kl", "lim", "mind", "nr", "núm", "pag", "pág", "págs", "pp", "sec", "str", "tab"}
    | {"tél", "tlf", "ziff", "zzgl", "inkl", "bzw", "vgl", "ggf", "evtl", "par", "rue", "ul"}
)
# Short forms that stand in front of names and other words with a capital.
BEFORE_NAMES = frozenset(
    {"bzw", "bspw", "bzgl", "dhr", "dott", "dra", "evtl", "ggf", "hr", "inkl", "mevr", "mlle"}
    | {"mme", "sig", "sra", "srta", "ul", "vgl", "zzgl"}
)
# Months with a capital behind an ordinal number, as in German.
MONTHS = frozenset(
    "januar jänner februar feber märz april mai juni juli august september oktober november"
    " dezember jan feb mär apr jun jul aug sep sept okt nov dez".split()
)
# Short forms of one language that the library doesn't know, which numbers or names follow.
OF_LANGUAGE = {
    "cs": "č čl hod např odst str tj tzn tzv ul",
    "da": "bl.a ca f.eks kl nr stk",
    "fi": "esim klo n nro ns puh",
    "fr": "al art av bd ch env ex m me mgr mm p st ste tél vol",
    "hu": "dr kb pl sz ún",
    "it": "art avv dott ing n pag prof sig",
    "nl": "bijv blz ca dhr mevr mr mw nr o.a tel",
    "no": "bl.a ca f.eks kl nr",
    "pl": "al art dr godz im inż m.in mgr np nr os pkt pl płk poz prof pt rozdz rys st str tab tel"
    " tys tzn tzw ul ust zob św",
    "pt": "art av dr dra ex n pág prof sr sra tel",
    "ro": "art dl dna ex nr pag str tel",
    "ru": "вв гг гл д им кв млн млрд п пп пр проф рис руб см ст стр табл тел тыс ул",
    "sk": "č čl hod napr odst str tzn tzv ul",
    "sv": "bl.a ca d.v.s kl nr s.k t.ex tel",
    "tr": "av bkz cad dr mah no örn prof sok tel",
    "uk": "буд вул гл див ім кв млн млрд п пп проф рис ст стор тел тис",
}
LONGEST_SHORT_FORM, LONGEST_ORDINAL = 4, 3
LABEL = re.compile(r"[*_(]*(?:[^\W\d_a-z]\w{1,14} )?\d{1,3}[.)]\**")
FIRST_WORD = re.compile(r"[^\W\d_]+")
# The languages that the library knows better than English, and words that tell the others apart.
COMMON = {
    "en": "the of and to is are in a for it on with you this not be at from your or",
    "de": "der die das und ist nicht mit für von den dem ein eine auf im zu sich wird sind am um",
    "es": "el los las y es que en un una por con para se del está son al lo su",
    "fr": "le la les et est des du un une dans pour que qui sur au aux pas avec ce",
    "it": "il lo gli di e è che un una per con del della sono al alla non nel",
    "pt": "o os as e é que um uma por com para do da dos das não em no na",
    "nl": "de het een en van is op te niet met voor dat zijn aan bij",
    "sv": "och är det en ett på till av inte med för som den att i",
}
BETTER_KNOWN = ("de", "es")
LOOKED_AT = 2000  # characters


def language_of(text: str) -> str:
    """The language whose rules a text is cut by, guessed by its commonest words."""
    if "." not in text:
        return "en"
    words = Counter(text[:LOOKED_AT].lower().split())
    told = {name: sum(words[each] for each in common.split()) for name, common in COMMON.items()}
    best = max(told, key=lambda name: told[name])
    return best if best in BETTER_KNOWN and told[best] > told["en"] else "en"


def runs_on(word: str, following: str, capitalized: bool, language: str = ENGLISH) -> bool:
    """Return whether a sentence goes on after a word's dot.

    `following` is the beginning of what follows it, and `capitalized` whether the text around
    begins its sentences with capitals.
    """
    plain = word.strip("(\"'“‘[„*_").lower()
    if plain in OF_LANGUAGE.get(language, "").split():
        return True
    if following[:1].islower():
        return plain in SHORT_FORMS or ((capitalized or word[:1].isupper()) and _is_short(plain))
    if following[:1].isdigit():
        return plain in SHORT_FORMS
    if plain.isdecimal() and len(plain) < LONGEST_ORDINAL:
        month = FIRST_WORD.match(following)
        return month is not None and month[0].lower() in MONTHS
    return plain in BEFORE_NAMES


def _is_short(word: str) -> bool:
    longest = LONGEST_ORDINAL if word.isdecimal() else LONGEST_SHORT_FORM
    return len(word) <= longest and word.isalnum()


def is_label(text: str) -> bool:
    """Return whether a text only numbers what comes next: "2.", "Step 2."."""
    return bool(LABEL.fullmatch(text.strip()))
