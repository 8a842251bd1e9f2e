"""Escape text from documents and people, so that Discord shows it to the letter.

Whatever would be markup, a mention, an emoji or a link with a preview in it stays plain text.
"""

import re
from urllib.parse import quote

from bot.output.text import printable

# A backslash before any of these takes its meaning away, wherever it stands.
ANYWHERE = r"[\\`*_~|\[\]<>]"
# These mean something only at the start of a line: headings, lists, small print.
AT_LINE_START = r"(?m:^(?=[^\S\n]*[#+\-]))(?P<indent>[^\S\n]*)(?P<opener>[#+\-])"
NUMBERED = r"(?m:^(?=[^\S\n]*\d+[.)]))(?P<item>[^\S\n]*\d+)(?P<dot>[.)])"
EMOJI = r":(?=\S*:)"
# The rest of an address that is none, or of another kind: Discord links some of these too.
SCHEME = r"(?<=:)/(?=/)"
# In angle brackets an address is a link without a preview.
ADDRESS = r"https?://[^\s<>\\`|\"]*[^\s<>\\`|\".,;:!?)\]'*_~]"
TOKENS = re.compile(
    rf"(?P<address>{ADDRESS})|{AT_LINE_START}|{NUMBERED}|(?P<mark>{ANYWHERE}|{EMOJI}|{SCHEME})",
    re.IGNORECASE,
)
# An invisible character between @ and the name: nobody is notified or highlighted.
NOBODY = "\u200b"
CALLS = re.compile(r"@(?=everyone|here)|(?<=<)@(?=[!&]?\d)", re.IGNORECASE)
# A block of code that begins and ends a line, as only we write them: all else is escaped.
CODE_BLOCK = r"```[\w+#.-]*\n.*?\n```"
SHOWN = re.compile(
    rf"(?P<code>{CODE_BLOCK}|`[^`\n]+`)|<(?P<address>{ADDRESS})>"
    r"|\\(?P<mark>[^0-9A-Za-z\s])|(?P<bold>\*\*)",
    re.DOTALL | re.IGNORECASE,
)
# The characters that Discord takes for the end of a link's text or address.
LINK_TEXT = str.maketrans({"[": "(", "]": ")"})
LONGEST_ADDRESS = 1000  # a longer one would leave too little of a message
LINK_END = re.compile(r"[\s<>()\\]")


def plain(text: str) -> str:
    """Escape all that Discord would act on; the text reads the same."""
    calm = CALLS.sub(f"@{NOBODY}", printable(text).replace("\u2028", "\n").replace("\u2029", "\n"))
    return TOKENS.sub(_harmless, calm)


def on_one_line(text: str) -> str:
    """Escape a text on a single line, its white space folded."""
    return plain(" ".join(text.split()))


def linked(title: str, source: str) -> str:
    """Return a title, as a link where its source is an address; never with a preview."""
    text = on_one_line(title)
    if not source.startswith(("http://", "https://")) or len(source) > LONGEST_ADDRESS:
        return text
    address = f"<{LINK_END.sub(lambda match: quote(match[0]), printable(source))}>"
    # Discord refuses a link whose text looks like another link.
    if "://" in title:
        return f"{text} {address}"
    return f"[{on_one_line(title.translate(LINK_TEXT))}]({address})"


def readable(shown: str) -> str:
    """Undo `plain`, and take bold away: the text as a person reads it."""
    bare = SHOWN.sub(lambda match: match["code"] or match["address"] or match["mark"] or "", shown)
    return bare.replace(NOBODY, "")


def _harmless(match: re.Match[str]) -> str:
    if match["address"]:
        return f"<{match['address']}>"
    if match["opener"]:
        return f"{match['indent']}\\{match['opener']}"
    if match["dot"]:
        return f"{match['item']}\\{match['dot']}"
    return f"\\{match['mark']}"
