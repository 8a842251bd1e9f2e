"""The words of a line of AsciiDoc, with its attributes, links and marks as a reader sees them."""

import re

from retrieval.reading.formats.hyperlinks import linked
from retrieval.reading.formats.plain.markdown.inline import SAYS_SOMETHING
from retrieval.text.special_characters import RAISED

ANCHOR = re.compile(r"^\[(?:\[([\w:.-]+)(?:,[^\]]*)?\]|#([\w:.-]+)[^\]]*)\]\s*$")
HEADLINE = re.compile(r"^={1,6}\s+(\S.*?)\s*$")
REFERENCE = re.compile(r"\{([\w-]{1,80})\}")
LONGEST_LINE = 20_000  # characters; longer ones stand as they are
MOST_SUBSTITUTED, DEEPEST = 10_000, 5
BUILT_IN = {
    **{
        "nbsp": " ",
        "sp": " ",
        "empty": "",
        "blank": "",
        "zwsp": "",
        "wj": "",
        "lt": "<",
        "gt": ">",
    },
    **{"amp": "&", "plus": "+", "apos": "'", "quot": '"', "lsquo": "‘", "rsquo": "’"},
    **{"ldquo": "“", "rdquo": "”", "deg": "°", "brvbar": "¦", "vbar": "|", "startsb": "["},
    **{
        "endsb": "]",
        "caret": "^",
        "asterisk": "*",
        "tilde": "~",
        "backslash": "\\",
        "backtick": "`",
    },
    **{"two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "pp": "++"},
}
FOOTNOTE = re.compile(r"\s*footnote:[\w-]*\[([^\]\n]{0,1000})\]")
CROSS = re.compile(
    r"<<([^<>,\n]{1,300})(?:,\s*([^<>\n]{1,500}))?>>|xref:([^\s\[\]]{1,300})\[([^\]\n]{0,500})\]"
)
LINK = re.compile(
    r"(?:link:|mailto:)([^\s\[\]]{1,500})\[([^\]\n]{0,500})\]"
    r"|<?(https?://[^\s\[\]<>]{1,500})(?:\[([^\]\n]{0,500})\]|>)"
)
MENU = re.compile(r"menu:([^\[\]\n]{1,100})\[([^\]\n]{0,200})\]")
KEYS = re.compile(r"(?:kbd|btn):\[([^\]\n]{1,100})\]")
PICTURE = re.compile(r"(?:image|icon):[^\s:\[\]]{1,300}\[([^\]\n]{0,300})\]")
PASSED = re.compile(
    r"pass:[a-z,]*\[([^\]\n]{0,500})\]|(?:stem|latexmath|asciimath):\[([^\]\n]{0,500})\]"
)
INDEXED = re.compile(r"\(\(\([^()\n]{1,300}\)\)\)|indexterm:\[[^\]\n]{0,300}\]")
VISIBLE = re.compile(r"(?<!\()\(\(([^()\n]{1,300})\)\)|indexterm2:\[([^\]\n]{0,300})\]")
INLINE_ANCHOR = re.compile(
    r"\[\[[\w:.-]{1,100}(?:,[^\]\n]{0,100})?\]\]|anchor:[\w:.-]{1,100}\[[^\]\n]{0,100}\]"
)
STRUCK = re.compile(r"\[\.?(?:line-through|strike)\]#{1,2}[^#\n]{1,500}#{1,2}")
ROLE = re.compile(r"\[(?:\.[\w.-]{1,50}|#[\w-]{1,50}|\w{1,20})\](?=[#*_`])")
CARETS = re.compile(r"\^(\S[^\^\n]{0,100}?)\^")
LOWERED = re.compile(r"~(\S[^~\s]{0,100})~")
TWICE = re.compile(r"(\*\*|__|``|##|\+\+)(\S(?:[^\n]{0,500}?\S)?)\1")
ONCE = re.compile(r"(?<![\w\\*_`#+])([*_`#+])(\S(?:[^\n]{0,500}?\S)?)\1(?!\w)")
ESCAPED = re.compile(r"\\(?=[*_`#^~{<\[+]|https?:|link:|xref:)")


class Inline:
    """Shows lines of a document, by its attributes and the titles of its sections."""

    def __init__(self, lines: list[str]) -> None:
        self.attributes: dict[str, str] = {}
        self._titles = _titles(lines)

    def substituted(self, words: str) -> str:
        """The words with attributes replaced by what they stand for; unknown ones stay."""
        for _ in range(DEEPEST):
            if "{" not in words or len(words) > MOST_SUBSTITUTED:
                break
            replaced = REFERENCE.sub(self._value, words)
            if replaced == words:
                break
            words = replaced
        return words

    def _value(self, reference: re.Match[str]) -> str:
        name = reference[1].lower()
        return self.attributes.get(name, BUILT_IN.get(name, reference[0]))

    def shown(self, words: str) -> str:
        """The words of a line that a reader sees."""
        words = self.substituted(words)
        if len(words) > LONGEST_LINE:
            return words.strip()
        words = INLINE_ANCHOR.sub("", INDEXED.sub("", STRUCK.sub("", words)))
        words = VISIBLE.sub(lambda term: term[1] or term[2] or "", words)
        words = CROSS.sub(self._crossed, words)
        words = LINK.sub(_linked, words)
        words = MENU.sub(
            lambda menu: " ‣ ".join(filter(None, (menu[1], menu[2].replace(">", "‣")))), words
        )
        words = PICTURE.sub(
            lambda image: image[1] if SAYS_SOMETHING.search(image[1]) else "", words
        )
        words = KEYS.sub(r"\1", words)
        words = PASSED.sub(lambda passed: passed[1] or passed[2] or "", words)
        words = FOOTNOTE.sub(lambda note: f" ({note[1].rstrip('.')})" if note[1] else "", words)
        words = ROLE.sub("", words)
        words = CARETS.sub(lambda raised: raised[1].translate(RAISED), LOWERED.sub(r"\1", words))
        for _ in range(3):
            words = ONCE.sub(r"\2", TWICE.sub(r"\2", words))
        return ESCAPED.sub("", words.removesuffix(" +")).strip()

    def _crossed(self, cross: re.Match[str]) -> str:
        if words := cross[2] or cross[4]:
            return words
        target = (cross[1] or cross[3] or "").strip()
        place = target.rpartition("#")[2] or target.rstrip("#").rpartition("/")[2]
        return self._titles.get(place.lower(), place.removesuffix(".adoc"))


def _titles(lines: list[str]) -> dict[str, str]:
    """The titles of the sections, by the names under which they can be referred to."""
    titles: dict[str, str] = {}
    named = ""
    for line in lines:
        if anchor := ANCHOR.match(line):
            named = anchor[1] or anchor[2] or ""
        elif headline := HEADLINE.match(line):
            title = headline[1]
            key = re.sub(r"[\W_]+", "_", title.lower()).strip("_")
            for name in filter(None, (named, f"_{key}", title, key.replace("_", "-"))):
                titles.setdefault(name.lower(), title)
            named = ""
        elif line and not line.startswith("["):
            named = ""
    return titles


def _linked(link: re.Match[str]) -> str:
    words = link[2] or link[4] or ""
    named = words.split(",")[0] if "=" in words else words
    shown = named.strip('"^ ') or link[1] or link[3] or ""
    return shown if link[0].startswith("mailto:") else linked(shown, link[1] or link[3])
