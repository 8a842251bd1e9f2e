"""Words within a line → what Discord shows: code, bold and links stay such, all else is escaped."""

import re
from collections.abc import Iterator

from bot.discord.messages.markdown import linked, plain
from bot.output.text import printable
from retrieval.text.segmentation.sentences import sentences

# Characters of a text that need not be cut: a paragraph that is moved whole reads better.
SHORT = 400
# A sentence longer than this is cut; each of its characters may need a backslash.
LONGEST = 900
# Where people write marks in plain text: `code`, **bold**, [a title](https://an.address).
MARKED_UP = re.compile(
    r"(?<![`\\])`(?P<code>(?!\s)[^`\n]{1,300}(?<!\s))`(?!`)"
    r"|(?<![\w*\\])\*\*(?P<bold>(?![\s*])[^*\n]{1,300}(?<![\s\\]))\*\*(?![\w*])"
    r"|(?<!\\)\[(?P<title>(?![^\]]*://)[^\[\]\n]*[^\W\d_][^\[\]\n]*)\]"
    r"\((?P<address>https?://[^\s()<>\\]{1,300})\)"
)


def units(text: str, bold: bool = False, links: bool = True) -> Iterator[str]:
    """Yield a text in parts, each with the white space before it, fit for a message: the whole of
    a short one, the sentences of a long one.

    `bold` puts all of it into bold; without `links`, only bare addresses become links.
    """
    begin = 0
    for end in _ends(text) if len(text) > SHORT else [len(text.rstrip())]:
        part = text[begin:end]
        words = part.lstrip()
        shown = inline(words, bold, links)
        yield part[: len(part) - len(words)] + (_in_bold(shown) if bold else shown)
        begin = end
    yield text[begin:]


def _ends(text: str) -> list[int]:
    """The ends of the sentences, but within what is marked up."""
    held = [match.span() for match in MARKED_UP.finditer(text)]
    return [s.end for s in sentences(text, LONGEST) if not any(a < s.end < z for a, z in held)]


def inline(text: str, bold: bool = False, links: bool = True) -> str:
    """Words as Discord shows them; within `bold` there is no other bold."""
    shown, end = "", 0
    for match in MARKED_UP.finditer(text):
        shown += plain(text[end : match.start()]) + _marked_up(match, bold, links)
        end = match.end()
    return shown + plain(text[end:])


def _marked_up(match: re.Match[str], bold: bool, links: bool) -> str:
    if match["code"]:
        return f"`{printable(match['code'])}`"
    if match["bold"]:
        return plain(match["bold"]) if bold else f"**{plain(match['bold'])}**"
    return linked(match["title"], match["address"]) if links else plain(match[0])


def _in_bold(shown: str) -> str:
    # Bold ends with its line: around several it would show as asterisks.
    return re.sub(r"\S(?:.*\S)?", r"**\g<0>**", shown)
