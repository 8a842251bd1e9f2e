"""The words of a line of Markdown, its links, emphasis, code and HTML as a reader sees them."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from retrieval.reading.formats.hyperlinks import linked
from retrieval.text.special_characters import raised

TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)[^>]*?(?P<whole>/?)>")
STRUCK = frozenset({"s", "del", "strike"})
UNSEEN = frozenset({"script", "style", "template"})
# A picture that only reports a state, or repeats in a word what the link around it says.
BADGE = re.compile(
    r"badge|shields\.io|/workflows/|/actions/|codecov|coveralls|travis-ci|\.svg", re.I
)
SAYS_SOMETHING = re.compile(r"\b\w\w++\W++\w\w")
EMBED = re.compile(
    r"!\[\[[^\[\]\n]{1,300}\]\]|\(\([0-9a-f-]{36}\)\)|(?<=\s)\^[\w-]{1,40}$"
    r"|\{\{(?:query|embed|renderer|namespace|cards?|video|youtube|tweet|pdf)\b[^{}\n]{0,500}\}\}"
)
WIKI_LINK = re.compile(r"\[\[(?P<page>[^\[\]|\n]{1,300})(?:\\?\|(?P<alias>[^\]\n]{1,300}))?\]\]")
# MkDocs Material: keys to press, ++ctrl+k++, and pictures by their names, :material-sword:.
KEYS = re.compile(r"(?<![\w+])\+\+([\w\"-]{1,30}(?:\+[\w\"-]{1,30}){0,5})\+\+(?![\w+])")
ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[a-z\d-]{1,60}:")
HIGHLIGHT = re.compile(r"==(\S(?:[^=\n]{0,500}\S)?)==")


class Line:
    """Collects what a reader sees of inline tokens."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._struck: list[str] = []  # elements open whose text does not hold
        self._raised = 0  # superscripts open
        self._links: list[tuple[int, str]] = []  # open: what was said before, and their addresses

    def add(self, tokens: Sequence[Token]) -> str:
        """The text of the tokens, on one line but for breaks that the author set."""
        for position, token in enumerate(tokens):
            if token.type in ("s_open", "s_close"):
                self._strike("s", token.type == "s_close")
            elif token.type == "html_inline":
                self._tag(token.content)
            elif token.type == "link_open":
                self._links.append((len(self._said), str(token.attrs.get("href", ""))))
            elif token.type == "link_close":
                self._end_link()
            elif not self._struck:
                self._say(token, tokens[position - 1] if position else None)
        return "".join(self._said)

    def _say(self, token: Token, before: Token | None) -> None:
        if token.type == "text":
            words = _worded(token.content)
            self._said.append(raised(words) if self._raised else words)
        elif token.type in ("code_inline", "math_inline"):
            self._said.append(token.content)
        elif token.type == "softbreak":
            self._said.append(" ")
        elif token.type == "hardbreak":
            self._said.append("\n")
        elif token.type == "image":
            self._said.append(_caption(token, before))

    def _tag(self, html: str) -> None:
        tag = TAG.match(html)
        if tag is None:
            return  # a comment
        name, closes = tag["name"].lower(), bool(tag["close"])
        if name in STRUCK | UNSEEN and not tag["whole"]:
            self._strike(name, closes)
        elif name == "br" and not self._struck:
            self._said.append("\n")
        elif name == "sup":
            self._raised = max(0, self._raised + (-1 if closes else 1))

    def _end_link(self) -> None:
        begun, address = self._links.pop()
        words = "".join(self._said[begun:])
        self._said[begun:] = [linked(words, address)]

    def _strike(self, name: str, closes: bool) -> None:
        if not closes:
            self._struck.append(name)
        elif name in self._struck:
            self._struck.remove(name)


def _worded(text: str) -> str:
    """A text without the marks of Obsidian, Logseq and MkDocs Material."""
    if any(mark in text for mark in ("[[", "((", "^", "{{")):
        text = WIKI_LINK.sub(_linked, EMBED.sub("", text))
    if "++" in text or ":" in text:
        text = KEYS.sub(r"\1", ICON.sub("", text))
    return HIGHLIGHT.sub(r"\1", text) if "==" in text else text


def _linked(link: re.Match[str]) -> str:
    """The words of a wiki link: its alias, or the page and the heading that it leads to."""
    if link["alias"]:
        return link["alias"].strip()
    page, _, heading = link["page"].partition("#")
    return " › ".join(filter(None, (page.strip(), heading.strip(" #^"))))


def _caption(image: Token, before: Token | None) -> str:
    """The text that stands for a picture, where it says something."""
    source = str(image.attrs.get("src", ""))
    badge = BADGE.search(source) or (before and BADGE.search(str(before.attrs.get("href", ""))))
    alternative = image.content
    return alternative if SAYS_SOMETHING.search(alternative) and not badge else ""


def words_of(token: Token) -> str:
    """Return what a reader sees of a block's inline token."""
    lines = Line().add(token.children or []).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def leads_within(token: Token) -> bool:
    """Return whether an inline token is nothing but a link to a heading of its own page."""
    children = [child for child in token.children or [] if child.content.strip() or child.nesting]
    links = [child for child in children if child.type == "link_open"]
    if len(links) != 1 or children[0] is not links[0] or children[-1].type != "link_close":
        return False
    return str(links[0].attrs.get("href", "")).startswith("#")
