"""Guess the encoding of a text that doesn't say: the one in which its letters make up a language.

A text's own statistics, as charset_normalizer takes them, tell little where it is a sentence; but
hardly a language has both “ø” and “ì”, or a “³” inside of a word.
"""

from contextlib import suppress
from dataclasses import dataclass

from .ideographs import MULTI_BYTE, Script, fitness_of_script

# --- The letters of languages besides a to z, and the encodings that such texts are found in

WESTERN = (
    "äöüßéàÄÖÜ",  # German
    "éèêàâçùûîïôœëÉÈÀÇÊŒ",  # French
    "áéíóúñüÁÉÍÓÚÑ¡¿ºª",  # Spanish
    "áâãàçéêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚºª",  # Portuguese
    "àèéìòùÀÈÉÌÒÙ",  # Italian
    "éëïèöüóá",  # Dutch
    "åäöæøéÅÄÖÆØ",  # Danish, Finnish, Norwegian, Swedish
)
ICELANDIC = "áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ"
CENTRAL = (
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",  # Polish
    "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",  # Czech
    "áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ",  # Slovak
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",  # Hungarian
    "ăâîşţĂÂÎŞŢ",  # Romanian
    "čćđšžČĆĐŠŽ",  # Croatian, Slovenian
)
TURKISH = ("çğıöşüâîûÇĞİÖŞÜ",)
CYRILLIC = (
    "оеаинтсрвлкмдпуябьыгзчйхжшюцщэфъё"  # Russian, Bulgarian
    "ОЕАИНТСРВЛКМДПУЯБЬЫГЗЧЙХЖШЮЦЩЭФЪЁ",
    "оаинтверсікдлпумязьбгчйхцжїєюшщфґ"  # Ukrainian
    "ОАИНТВЕРСІКДЛПУМЯЗЬБГЧЙХЦЖЇЄЮШЩФҐ",
    "аоиенртсјкувдпмлзгбчхцшњђћжфљџ"  # Serbian
    "АОИЕНРТСЈКУВДПМЛЗГБЧХЦШЊЂЋЖФЉЏ",
)
GREEK = ("ατοιενσρκπμςληυδγωχθφβξζψίόάήέύώϊϋΐΰΑΤΟΙΕΝΣΡΚΠΜΛΗΥΔΓΩΧΘΦΒΞΖΨΆΈΉΊΌΎΏΪΫ",)
HEBREW = ("יוהלארתמבנשעדחקפםצגטכסזןךףץ",)
ARABIC = ("اليمنروتبدعسهفكقحجشصةأىخطضزذثغإءئؤآظ",)
SCRIPTS = (*CYRILLIC, *GREEK, *HEBREW, *ARABIC)
# In an alphabet that is all of a text, so many letters at its start make up most of it.
FREQUENT = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding and the alphabets of its languages. `handicap` is taken off its score, which is
    1 at best, as it is far less common than others that fit.
    """

    encoding: str
    alphabets: tuple[str, ...]
    handicap: float = 0


DATED = 0.15
# The more common come first: among equals, the first is taken.
SINGLE_BYTE = (
    Candidate("cp1252", WESTERN),
    Candidate("cp1250", CENTRAL),
    Candidate("cp1254", TURKISH),
    # Its letters stand where those of Turkish do, which far more people write.
    Candidate("cp1252", (ICELANDIC,), 0.05),
    Candidate("cp1251", CYRILLIC),
    Candidate("cp1253", GREEK),
    Candidate("cp1255", HEBREW),
    Candidate("cp1256", ARABIC),
    Candidate("iso8859-15", WESTERN),
    Candidate("iso8859-2", CENTRAL),
    Candidate("iso8859-7", GREEK),
    Candidate("koi8-r", CYRILLIC),
    Candidate("iso8859-5", CYRILLIC, DATED),
    # DOS and old Macs.
    Candidate("cp866", CYRILLIC, DATED),
    Candidate("cp850", WESTERN, DATED),
    Candidate("cp852", CENTRAL, DATED),
    Candidate("mac-roman", WESTERN, DATED),
    # Nearly all of its small letters are those of cp1251.
    Candidate("mac-cyrillic", CYRILLIC, DATED / 3),
)

# --- How well a text fits

SAMPLE = 32 * 1024  # bytes
GOOD = 0.5  # a lower score tells nothing
# Signs of their own that texts in any language have.
SIGNS = set("“”‘’–—…«»„‚‹›€£§°©®™·•\xa0\xad")
BESIDE_NUMBERS = set("€£§")
APOSTROPHES = set("’‘·\xad\xa0—–")
# Letters that are words, as far as they aren't in ASCII.
ALONE = set("àáèéìóòùüÀÁÈÉÓаивксуяоАИВКСУЯОγηοόὁΗΟ")
# A letter that is usual adds 1 to the score; other characters add less, and misfits take off.
SIGN, RARE, ALONE_RARE, WRONG = 0.9, 0.6, 0.5, -1.0


def guess(data: bytes) -> str | None:
    """The text that some bytes hold if one encoding clearly fits, else None."""
    sample = _sample(data)
    scores = [(_score(sample, candidate), candidate) for candidate in (*SINGLE_BYTE, *MULTI_BYTE)]
    for score, candidate in sorted(scores, key=lambda pair: -pair[0]):
        with suppress(UnicodeDecodeError):
            return data.decode(candidate.encoding) if score >= GOOD else None
    return None


def _sample(data: bytes) -> bytes:
    """Lines that aren't ASCII alone, from all over."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    every = sum(map(len, lines)) // SAMPLE + 1
    return b"\n".join(lines[::every])[:SAMPLE]


def _score(sample: bytes, candidate: Candidate | Script) -> float:
    # The sample may end within a character.
    try:
        text = sample.decode(candidate.encoding, "strict" if len(sample) < SAMPLE else "ignore")
    except UnicodeDecodeError:
        return WRONG
    if isinstance(candidate, Script):
        return fitness_of_script(text, candidate)
    return max(_fitness(text, letters) for letters in candidate.alphabets) - candidate.handicap


def _fitness(text: str, letters: str) -> float:
    usual = dict.fromkeys(letters, 1.0)
    if letters in SCRIPTS:
        usual |= dict.fromkeys(letters[FREQUENT:], RARE)
        # Signs alone are no reason to think of one.
        if usual.keys().isdisjoint(text):
            return WRONG
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    weights = [_weight(*three, usual) for three in around if three[1] > "\x7f"]
    return sum(weights) / len(weights) if weights else WRONG


def _weight(before: str, here: str, after: str, usual: dict[str, float]) -> float:
    """The weight of a character in the score, by itself and by its neighbours."""
    inside, beside = before.isalpha() and after.isalpha(), before.isalpha() or after.isalpha()
    if here in SIGNS:
        misplaced = beside if here in BESIDE_NUMBERS else inside and here not in APOSTROPHES
        return WRONG if misplaced else SIGN
    if (before.islower() and here.isupper()) or (inside and not here.isalpha()):
        return WRONG
    if not beside and here not in ALONE:
        return ALONE_RARE
    return usual.get(here, WRONG)
