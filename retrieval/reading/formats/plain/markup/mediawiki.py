"""MediaWiki's text: what its page shows, without templates that only lay it out."""

import re
from collections.abc import Iterator
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError
from retrieval.reading.formats.hyperlinks import linked
from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.reading.formats.plain.markdown.inline import SAYS_SOMETHING
from retrieval.reading.formats.tables import spanned, unnumbered, write_table
from retrieval.text.special_characters import RAISED

from .flow import Flow

LISTED = re.compile(r"^(?P<marks>[*#:;]+)\s*(?P<words>.*)$")
MAGIC = re.compile(r"__[A-Z]{3,30}__")
REDIRECT = re.compile(r"^\s*#REDIRECT", re.I)
LOOSE = re.compile(r"(?<!\s)\s++(?=[.,;:!?](?:\s|$))")
SENTENCE = re.compile(r"\b\w++\W++\w++\W++\w")
PICTURES = ("file:", "image:", "datei:", "fichier:", "archivo:", "media:")
STRUCK = frozenset(("s", "del", "strike"))
UNSEEN = frozenset(("ref", "references", "gallery", "templatestyles", "section", "categorytree"))
CODE = frozenset(("pre", "syntaxhighlight", "source"))
BLOCK = "\x02"  # stands in the text where a table or code was, with its number
PLACED = re.compile(f"{BLOCK}(\\d+){BLOCK}")
THIRD = 3  # the number of rows begun once the first two are known
LONGEST = 5_000_000  # characters


def read_mediawiki(text: str, gathering: Gathering) -> None:
    """Add the text of a page. Raises OtherFormatError where it only leads to another."""
    import mwparserfromhell

    if REDIRECT.match(text) or len(text) > LONGEST:
        raise OtherFormatError
    page = _Page(gathering)
    page.write(mwparserfromhell.parse(text.replace(BLOCK, ""), skip_style_tags=False))


class _Page:
    """Writes a page; tables and code are set aside while its lines are put together."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering, self._flow = gathering, Flow(gathering)
        self._aside: list[Any] = []
        self._marks = ""  # of the item before
        self._numbers: list[int] = []

    def write(self, code: Any) -> None:
        """Write all that a page shows."""
        for line in MAGIC.sub("", "".join(self._pieces(code))).split("\n"):
            if placed := PLACED.search(line):
                self._line(line[: placed.start()])
                self._place(self._aside[int(placed[1])])
                self._line(line[placed.end() :])
            else:
                self._line(line)
        self._flow.end()

    def _line(self, line: str) -> None:
        if heading := re.match(r"^\x03(\d)(.*)$", line):
            self._flow.head(heading[2].strip(), int(heading[1]))
        elif listed := LISTED.match(line):
            self._item(listed["marks"], listed["words"])
        elif not line.strip():
            self._flow.end()
        else:
            if self._flow.in_list:
                self._flow.end()
            self._flow.say(LOOSE.sub("", line))

    def _item(self, marks: str, words: str) -> None:
        """An item; numbers count on as long as the list is open."""
        if not self._flow.in_list:
            self._marks, self._numbers = "", []
        depth = len(marks) - 1
        if self._marks[: depth + 1] != marks:
            # Another kind of list begins to count anew.
            del self._numbers[depth:]
        del self._numbers[depth + 1 :]
        self._numbers += [0] * (depth + 1 - len(self._numbers))
        self._numbers[depth] += 1
        self._marks = marks
        if marks[-1] == ";":
            term, _, meaning = words.partition(" : ")
            self._flow.item(depth, "", f"{labelled(term)} {meaning}")
        elif marks == ":" and self._flow.in_list:
            self._flow.say(words)
        elif set(marks) == {":"}:
            self._flow.end()
            self._flow.say(words)
            self._flow.end()
        else:
            self._flow.item(depth, f"{self._numbers[depth]}." if marks[-1] == "#" else "-", words)

    def _place(self, aside: Any) -> None:
        if isinstance(aside, tuple):
            self._flow.code(aside[0].split("\n"), aside[1])
        else:
            self._flow.end()
            self._table(aside)

    def _words(self, code: Any) -> str:
        """The words that a reader sees of some text within a line."""
        words = "".join(self._pieces(code))
        return " ".join(PLACED.sub("", words).replace("\x03", "").split())

    def _pieces(self, code: Any) -> Iterator[str]:
        from mwparserfromhell import nodes

        for node in code.nodes if code is not None else ():
            if isinstance(node, nodes.Text):
                yield str(node.value)
            elif isinstance(node, nodes.Heading):
                yield f"\n\x03{node.level}{self._words(node.title)}\n"
            elif isinstance(node, nodes.Wikilink):
                yield self._linked(node)
            elif isinstance(node, nodes.ExternalLink):
                words = self._words(node.title) or ("" if node.brackets else str(node.url))
                yield linked(words, str(node.url))
            elif isinstance(node, nodes.HTMLEntity):
                yield str(node.normalize())
            elif isinstance(node, nodes.Template):
                yield self._template(node)
            elif isinstance(node, nodes.Argument):
                yield self._words(node.default) if node.default else ""
            elif isinstance(node, nodes.Tag):
                yield self._tag(node)

    def _linked(self, link: Any) -> str:
        title = str(link.title).strip()
        lowered = title.lower()
        if lowered.startswith(PICTURES):
            caption = self._words(link.text).rpartition("|")[2] if link.text else ""
            return f"\n\n{caption}\n\n" if SAYS_SOMETHING.search(caption) else ""
        if re.match(r"^(?:category|kategorie|categor|[a-z]{2,3}):", lowered):
            return ""
        return self._words(link.text) if link.text else title.lstrip(":").replace("#", " › ")

    def _template(self, template: Any) -> str:
        """The text of a template: its sentences, a box of facts, or a number with its unit."""
        name = str(template.name).strip().lower()
        plain = [self._words(each.value) for each in template.params if not each.showkey]
        facts = [
            (str(each.name).strip(), self._words(each.value))
            for each in template.params
            if each.showkey and not str(each.name).strip().isdigit()
        ]
        plain += [
            self._words(each.value)
            for each in template.params
            if each.showkey and str(each.name).strip().isdigit()
        ]
        if "infobox" in name:
            told = (f"{key.replace('_', ' ')}: {value}" for key, value in facts if value)
            return "\n\n" + "\n\n".join(told) + "\n\n"
        if name in ("convert", "cvt") and len(plain) > 1:
            return " ".join(plain[:2])
        if name in ("nowrap", "nobr", "lang", "abbr", "kbd", "code", "strong", "em", "small"):
            return plain[-1] if name == "lang" and plain else plain[0] if plain else ""
        return " ".join(words for words in plain if SENTENCE.search(words))

    def _tag(self, tag: Any) -> str:
        name = str(tag.tag).strip().lower()
        if name == "table":
            return self._set_aside(tag)
        if name in CODE:
            given = tag.get("lang").value if tag.has("lang") else ""
            return self._set_aside((str(tag.contents).strip("\n"), str(given).strip()))
        return self._inline(tag, name)

    def _inline(self, tag: Any, name: str) -> str:
        if name in ("li", "dt", "dd") and tag.wiki_markup:
            return str(tag.wiki_markup)
        if name == "br":
            return "\n" if not tag.wiki_markup else ""
        if name in STRUCK | UNSEEN or name == "hr":
            return ""
        if name == "sup":
            return self._words(tag.contents).translate(RAISED)
        if name in ("nowiki", "math", "code", "tt"):
            return str(tag.contents) if tag.contents else ""
        return "".join(self._pieces(tag.contents))

    def _set_aside(self, block: Any) -> str:
        self._aside.append(block)
        return f"\n{BLOCK}{len(self._aside) - 1}{BLOCK}\n"

    def _table(self, table: Any) -> None:
        rows: list[list[tuple[str, int, int]]] = [[]]
        headed = list[bool]()
        for node in table.contents.nodes:
            name = str(getattr(node, "tag", "")).strip().lower()
            if name == "tr":
                rows.append([])
                cells = node.contents.nodes
            elif name == "td" and str(node.contents).startswith("+"):
                self._gathering.add_text(labelled(self._words(node.contents).lstrip("+ ")))
                continue
            elif name in ("td", "th"):
                cells = [node]
            elif name == "caption":
                self._gathering.add_text(labelled(self._words(node.contents)))
                continue
            else:
                continue
            cells = [each for each in cells if _is_cell(each)]
            headed += [str(each.tag).strip() == "th" for each in cells] if len(rows) < THIRD else []
            rows[-1] += [self._cell(each) for each in cells]
        filled = [row for row in rows if row]
        first = len(filled[0]) if filled else 0
        written = spanned(filled)
        header = written[0] if first and all(headed[:first]) and len(written) > 1 else None
        write_table(unnumbered(written[1:] if header else written), self._gathering, header=header)

    def _cell(self, cell: Any) -> tuple[str, int, int]:
        words = self._words(cell.contents)
        return " ".join(words.lstrip("*#").split()), _span(cell, "colspan"), _span(cell, "rowspan")


def _is_cell(node: Any) -> bool:
    return str(getattr(node, "tag", "")).strip().lower() in ("td", "th")


def _span(cell: Any, name: str) -> int:
    """The columns or rows more than one a cell takes."""
    said = str(cell.get(name).value).strip() if cell.has(name) else ""
    return min(int(said), 100) - 1 if said.isdigit() and int(said) else 0
