"""Tell, in other languages than English, whether a question leans on what was said before it.

Only what surely points back does: a pronoun of the third person that hardly ever stands for
anything new, or a beginning such as "And …?". Any other question stands alone.
"""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class PointsBack:
    """Words of a language that point back at somebody or something, and that a question begins with
    which asks the same of another."""

    words: str
    begins: str = ""


# Written for Footnote. Pronouns that also stand for nothing in particular (German es, French il)
# are left out.
POINTING = {
    "de": PointsBack(
        "er ihn ihm sie ihre ihren ihrem dort dafür davon damit dazu darüber darin daran dabei"
        " danach derselbe dieselbe dasselbe deren dessen",
        "und|aber|und was ist mit|was ist mit",
    ),
    "fr": PointsBack(
        "elle elles eux lui",
        "et|mais|et pour|et si",
    ),
    "es": PointsBack("él ella ellos ellas eso ello aquello allí", "y|pero|y qué hay de|y si"),
    "pt": PointsBack("ele ela eles elas isso aquilo dele dela deles delas lá", "e|mas|e se"),
    "it": PointsBack("lui lei loro ciò esso essa essi esse", "e|ma|e se"),
    "nl": PointsBack(
        "hij hem haar zij hun daarvan daarmee daarvoor daar", "en|maar|en hoe zit het"
    ),
    "sv": PointsBack("han hon honom henne hans hennes dem deras", "och|men|och hur är det"),
    "da": PointsBack("han hun ham hende hans hendes dem deres", "og|men"),
    "no": PointsBack("han hun ham henne hans hennes dem deres", "og|men"),
    "fi": PointsBack("hän hänen hänet se sen siitä siellä niiden", "entä|ja|mutta"),
    "pl": PointsBack("on ona ono oni one jego jej ich jemu nim nią nich tam", "a|i|ale|a co z"),
    "cs": PointsBack("on ona ono oni jeho její jejich jemu ním ní nich tam", "a|ale|a co"),
    "ru": PointsBack("он она оно они его её ее их ему ей им ним ней них там", "а|и|но|а что"),
    "uk": PointsBack("він вона воно вони його її їх йому їй ним нею них там", "а|і|й|але"),
    "tr": PointsBack("o onu onun ona ondan onlar onların orada", "peki|ya|ve|ama"),
    "ro": PointsBack("el ea ei ele lui acolo acesta aceasta", "și|dar|iar"),
    "hu": PointsBack("ő őt neki övé azt ott annak azok", "és|de"),
    "el": PointsBack("αυτός αυτή αυτό αυτοί αυτές αυτά εκεί", "και|αλλά"),
    "ar": PointsBack("ذلك تلك", "وماذا عن"),
    "ja": PointsBack("それ その そこ 彼 彼女 これ", "では|じゃあ|それで"),
    "zh": PointsBack("它 他 她 它们 他们 她们 那里 这个 那个", "那|那么"),
    "ko": PointsBack("그것 그 거기 그녀", "그럼|그러면|그리고"),
}
LETTERS = re.compile(r"[^\W_]+")
POLITE = frozenset({"de", "it"})
# Languages whose words no spaces part: a pronoun stands anywhere in them.
ANYWHERE = frozenset({"ja", "zh"})


def leans_back(question: str, language: str) -> bool:
    """Return whether a question surely leans on what was said before it, as far as is known."""
    pointing = POINTING.get(language)
    if pointing is None:
        return False
    begins = _beginning(language).match(question) is not None
    if language in ANYWHERE:
        return begins or any(word in question for word in pointing.words.split())
    first, *others = LETTERS.findall(question) or [""]
    # With a capital letter it is another word: German Sie is "you".
    found = others if language in POLITE else [first.lower(), *others]
    return begins or not set(pointing.words.split()).isdisjoint(found)


@cache
def _beginning(language: str) -> re.Pattern[str]:
    pointing = POINTING[language]
    end = "" if language in ANYWHERE else r"(?!\w)"
    return re.compile(rf"\W*(?:{pointing.begins}){end}", re.IGNORECASE)
