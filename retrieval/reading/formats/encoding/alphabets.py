"""The letters that languages write besides a to z, and the encodings such texts are found in."""

from dataclasses import dataclass

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
SCRIPTS = (*CYRILLIC, *GREEK, *HEBREW)
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
