"""Special characters: invisible ones, look-alikes, and those that are raised or lowered.

What people don't see, and a model reads all the same, is taken out of a text.

Known carriers of hidden instructions: tag characters (“ASCII smuggling”), variation selectors (a
byte each, as P. Butler showed in 2025), zero-width characters and invisible operators (a bit
each), bidirectional controls (Boucher and Anderson, “Trojan Source”, 2021), and terminal escapes.
What is invisible is told by Unicode's general categories and its Default_Ignorable_Code_Point.

Some of them are part of how text is written, and stay exactly there: joiners within the scripts
that need them (UAX #31 and RFC 5892, appendix A), and what holds an emoji together (UTS #51).

Look-alike letters and brackets are taken for the plain ones that they look like. Superscripts and
subscripts are written as plain text has them: 10⁶ m², H₂O.
"""

import re
import unicodedata

# All that is a line's end to some reader, so that there is one kind only to look out for.
LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# ECMA-48: control sequences (colours), control strings (titles, links), and character sets.
TERMINAL_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*+(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[#%()*+][0-~]"
)
# Controls, formats, private use, and half surrogate pairs.
UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs"})
# Ignorable by default, though letters and marks by category (fillers, variation selectors); no
# characters at all; and the planes of tags, of variation selectors 17 to 256 and of private use.
# Below those, what is unassigned here may be a newer Unicode's letter or emoji, and is shown.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2065\u3164\ufe01-\ufe0d\uffa0\ufff0-\ufff8"
    "\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U0010ffff]"
)
# Formats that are drawn: the signs which Arabic, Syriac and Kaithi put around numbers.
SEEN = frozenset(
    "\n\t\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)

JOINERS = "\u200c\u200d"
# The scripts whose letters change shape next to each other.
JOINING = (
    "\u0600-\u0dff\u1000-\u109f\u1780-\u17ff\u1820-\u18aa\u1b00-\u1b7f\ua840-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010aff\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
ARABIC = "\u0620-\u06d3"
MONGOLIAN, MONGOLIAN_SELECTORS = "\u1820-\u18aa", "\u180b-\u180f"
# The blocks in which Unicode has emoji; of one alone it makes none.
EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
# England, Scotland and Wales: the only flags of tags that Unicode recommends.
FLAG_TAGS = (
    "\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
IN_PLACE = "|".join((
    rf"(?<=[{JOINING}])[{JOINERS}](?=[{JOINING}])",
    # At a word's end too: a bare consonant, and the Arabic that is cut short, as in dates.
    rf"(?<=[{VIRAMAS}])[{JOINERS}]|(?<=[{ARABIC}])\u200d",
    rf"(?:(?<=[{EMOJI}])|(?<=[{EMOJI}]\ufe0f))\u200d(?=[{EMOJI}])",
    rf"(?<=[{EMOJI}])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)",
    rf"(?<=\U0001f3f4){FLAG_TAGS}",
    rf"(?<=[{MONGOLIAN}])[{MONGOLIAN_SELECTORS}]",
    # A relation or operator of mathematics in its other shape.
    "(?<=[\u2200-\u22ff\u2a00-\u2aff])\ufe00",
))  # fmt: skip
SOMETIMES = f"{JOINERS}\ufe00\ufe0e\ufe0f{MONGOLIAN_SELECTORS}\U000e0062-\U000e0077\U000e007f"
SEEN_SOMETIMES = re.compile(f"[{SOMETIMES}]")
OUT_OF_PLACE = re.compile(f"(?P<in_place>{IN_PLACE})|[{SOMETIMES}]")
JOINER_RUNS = re.compile(f"([{JOINERS}])[{JOINERS}]+")


def visible(text: str) -> str:
    """The text without what isn't seen; lines end with a line feed, and tabs stay.

    What comes out is never longer, and comes out the same if put in again. Takes time linear in
    the text's length.
    """
    text = TERMINAL_ESCAPES.sub("", LINE_ENDS.sub("\n", text))
    text = text.translate({ord(c): None for c in set(text) if _is_never_seen(c)})
    text = JOINER_RUNS.sub(r"\1", text)
    return OUT_OF_PLACE.sub(lambda match: match["in_place"] or "", text)


def _is_never_seen(character: str) -> bool:
    if character in SEEN or SEEN_SOMETIMES.match(character):
        return False
    unseen = unicodedata.category(character) in UNSEEN_CATEGORIES
    return unseen or UNSEEN.match(character) is not None


# Beyond Unicode's own compatibility forms: brackets that chat models cite with, colons, and the
# Cyrillic and Greek letters that look most Latin (from the confusables of UTS #39). The brackets
# 〔 〕 are not among them: Chinese law numbers its documents with them.
LIKE = dict(
    zip(
        "【⟦⁅〚❲】⟧⁆〛❳꞉∶ːаеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈΑΒΕΗΙΚΜΝΟΡΤΥΧοαρν",
        "[[[[[]]]]]:::aeopcyxisjdhqwABEKMHOPCTYXISJABEHIKMNOPTYXoapv",
        strict=True,
    )
)


def plain(text: str) -> str:
    """The text, character for character as long, with each look-alike as what it looks like."""
    others = {character for character in text if not character.isascii()}
    read = {ord(character): _read_as(character) for character in others}
    return text.translate({code: as_ for code, as_ in read.items() if len(as_) == 1})


def _read_as(character: str) -> str:
    return LIKE.get(character) or unicodedata.normalize("NFKC", character)


RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
# Only signs that have such a form; a lone "n" is a power, and "nd" (in 2nd) is not.
RAISABLE = re.compile(r"[0-9+\-−=()]*n?[0-9+\-−=()]*")
LOWERABLE = re.compile(r"[0-9+\-−=()]*")
ORDINARY = re.compile(r"[^\W\d_]*|\W*")


def raised(text: str) -> str:
    """A superscript: with characters of its own where they exist, else after a "^"."""
    inner = text.strip()
    if RAISABLE.fullmatch(inner):
        return text.translate(RAISED)
    # Ordinals and marks (2nd, 3ᵉ, ™) read well on the line.
    return text if ORDINARY.fullmatch(inner) else text.replace(inner, f"^{inner}", 1)


def lowered(text: str) -> str:
    """A subscript: with characters of its own where they exist, else on the line."""
    return text.translate(LOWERED) if LOWERABLE.fullmatch(text.strip()) else text
