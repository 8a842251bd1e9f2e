"""The blocks of a reStructuredText document → a gathering, as its page shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.hyperlinks import linked
from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.reading.formats.plain.markdown.inline import SAYS_SOMETHING
from retrieval.reading.formats.tables import named_columns, spanned, unnumbered, write_table
from retrieval.text.special_characters import raised

from .nodes import fence, field_name, is_lifted, is_unseen, joined, numeral, within

INDENT = "  "
UNSEEN = (
    *(nodes.comment, nodes.substitution_definition, nodes.decoration, nodes.raw, nodes.pending),
    *(nodes.target, nodes.meta, nodes.label, nodes.generated),
)
# Facts for the builder, which no page shows.
SETTINGS = frozenset(("orphan", "tocdepth", "nocomments", "nosearch"))
BOXES = (nodes.admonition, nodes.topic, nodes.sidebar)


def write_document(tree: nodes.document, gathering: Gathering) -> None:
    """Add all that a page shows of a document."""
    Blocks(gathering, _places(tree)).write(tree, 0)


def _places(tree: nodes.document) -> dict[str, str]:
    """The titles of the places that can be referred to by a label."""
    places: dict[str, str] = {}
    for node in tree.findall(nodes.Element):
        names: list[str] = [*node.get("names", ()), *node.get("ids", ())]
        title = _title_of(node) if names else ""
        for name in names if title else ():
            places.setdefault(nodes.fully_normalize_name(name), title)
    if tree.children and isinstance(tree[0], nodes.title):
        for name in (*tree.get("names", ()), *tree.get("ids", ())):
            places.setdefault(name, tree[0].astext())
    return places


def _title_of(node: nodes.Element) -> str:
    kinds = (nodes.title, nodes.caption)
    return next((child.astext() for child in node.children if isinstance(child, kinds)), "")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Writes the blocks of a document; a list is one block, a line an item."""

    gathering: Gathering
    places: dict[str, str]

    def write(self, parent: nodes.Element, level: int) -> None:
        """Write all that stands in an element, whose headings are of a level below `level`."""
        for node in parent.children:
            self._write(node, level)

    def _write(self, node: nodes.Node, level: int) -> None:
        if isinstance(node, nodes.section):
            self.write(node, level + 1)
        elif isinstance(node, nodes.title | nodes.subtitle):
            self._head(node, level)
        elif isinstance(node, nodes.table):
            self._table(node)
        elif isinstance(node, nodes.definition_list | nodes.field_list | nodes.option_list):
            for item in node.children:
                self._define(item)
        elif isinstance(node, nodes.docinfo):
            self._facts(node)
        elif isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            self.gathering.add_text("\n".join(self._lines(node)))
        elif not isinstance(node, UNSEEN):
            self._say(node, level)

    def _say(self, node: nodes.Node, level: int) -> None:
        if isinstance(node, nodes.rubric):
            self.gathering.add_text(self.words(node), 6)
        elif isinstance(node, nodes.TextElement) or not isinstance(node, nodes.Element):
            self.gathering.add_text("\n".join(self._lines(node)))
        elif isinstance(node, nodes.image):
            self.gathering.add_text(self.words(node))
        elif isinstance(node, nodes.line_block):
            self.gathering.add_text("\n".join(self._lines(node)))
        elif isinstance(node, nodes.system_message):
            self._recover(node)
        else:
            self.write(node, level)

    def _head(self, node: nodes.Element, level: int) -> None:
        if isinstance(node.parent, BOXES):
            self.gathering.add_text(labelled(self.words(node)))
        elif not isinstance(node.parent, nodes.table):
            document = isinstance(node.parent, nodes.document)
            lifted = is_lifted(node)
            self.gathering.add_text(
                self.words(node),
                min(level + lifted + document * isinstance(node, nodes.subtitle), 9) or 1,
            )

    def _facts(self, info: nodes.Element) -> None:
        for fact in info.children:
            if isinstance(fact, nodes.field):
                name = fact[0].astext()
                if name.lower() not in SETTINGS:
                    self._define(fact)

    def _define(self, item: Any) -> None:
        """A term with what it means, the first words of which stand on its line."""
        if not isinstance(item, nodes.Element):
            return
        holders = (nodes.definition, nodes.field_body, nodes.description)
        terms = [self.words(child) for child in item.children if not isinstance(child, holders)]
        term = ", ".join(filter(None, terms))
        lines: list[str] = []
        for holder in item.children:
            if isinstance(holder, holders):
                lines = self._inside(holder)
        self.gathering.add_text("\n".join(joined(field_name(term, item), lines)))

    def _inside(self, holder: nodes.Element) -> list[str]:
        """The text in an element as lines, a blank one between blocks."""
        into = Gathering(self.gathering.most)
        Blocks(into, self.places).write(holder, 0)
        return into.marked_text().split("\n") if into.marked_text() else []

    def _lines(self, node: nodes.Node, indent: str = "") -> list[str]:
        if isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            return [line for item in self._items(node, indent) for line in item]
        if isinstance(node, nodes.literal_block | nodes.doctest_block):
            return [f"{indent}{line}".rstrip() for line in fence(node)]
        if isinstance(node, nodes.line_block):
            return [line for child in node.children for line in self._lines(child, indent)]
        return [f"{indent}{line}" for line in self.words(node).split("\n")]

    def _items(self, node: nodes.Element, indent: str) -> Iterator[list[str]]:
        numbered = isinstance(node, nodes.enumerated_list)
        first = int(node.get("start", 1))
        for number, item in enumerate(node.children, first):
            mark = f"{numeral(node, number)}. " if numbered else "- "
            lines: list[str] = []
            for child in item.children if isinstance(item, nodes.Element) else ():
                if isinstance(child, UNSEEN):
                    continue
                if isinstance(
                    child, nodes.bullet_list | nodes.enumerated_list | nodes.literal_block
                ):
                    lines += self._lines(child, INDENT)
                elif isinstance(child, nodes.paragraph):
                    lines += within(self._lines(child), bool(lines))
                else:
                    holder = nodes.container("", child.deepcopy())
                    lines += within([each for each in self._inside(holder) if each], bool(lines))
            if lines or numbered:
                lines = lines or [""]
                yield [
                    f"{indent}{mark}{lines[0].lstrip()}",
                    *(f"{indent}{line}" for line in lines[1:]),
                ]

    def _table(self, table: nodes.Element) -> None:
        title = _title_of(table)
        if title:
            self.gathering.add_text(labelled(title))
        heads = [
            self._cells(row)
            for head in table.findall(nodes.thead)
            for row in head.findall(nodes.row)
        ]
        rows = spanned(
            [
                self._cells(row)
                for body in table.findall(nodes.tbody)
                for row in body.findall(nodes.row)
            ]
        )
        header = named_columns(spanned(heads)) if heads else None
        write_table(unnumbered(rows), self.gathering, header=header)

    def _cells(self, row: nodes.Element) -> list[tuple[str, int, int]]:
        """The cells of a row: their words, and how many columns and rows more they take."""
        return [
            (
                _on_one_line(self._inside(entry)),
                int(entry.get("morecols", 0)),
                int(entry.get("morerows", 0)),
            )
            for entry in row.children
            if isinstance(entry, nodes.entry)
        ]

    def _recover(self, message: nodes.Element) -> None:
        """The text of a directive that is broken: without its name and options."""
        for block in message.findall(nodes.literal_block):
            first, *rest = block.astext().split("\n")
            opening = first.partition("::")[2].strip()
            kept = [line.strip() for line in rest if not line.strip().startswith(":")]
            self.gathering.add_text("\n".join(filter(None, [opening, *kept])))

    def words(self, node: nodes.Node) -> str:
        """The words that a reader sees of an element, on one line but for its own breaks."""
        said = "".join(self._pieces(node))
        if isinstance(node, nodes.FixedTextElement):
            return said
        return " ".join(said.split())

    def _pieces(self, node: nodes.Node) -> Iterator[str]:
        if isinstance(node, nodes.Text):
            yield node.astext()
        elif isinstance(node, nodes.image):
            alternative = node.get("alt", "")
            yield alternative if SAYS_SOMETHING.search(alternative) else ""
        elif isinstance(node, nodes.superscript):
            yield raised(node.astext())
        elif isinstance(node, nodes.citation_reference):
            yield f"[{node.astext()}]"
        elif isinstance(node, nodes.problematic):
            yield node.astext().strip("|`").rstrip("_").strip("`")
        elif isinstance(node, nodes.inline) and node.get("place"):
            yield self._titled(node["place"])
        elif isinstance(node, nodes.reference) and node.get("refuri"):
            words = "".join(piece for child in node.children for piece in self._pieces(child))
            yield linked(words, str(node["refuri"]))
        elif isinstance(node, nodes.Element) and not is_unseen(node):
            for child in node.children:
                yield from self._pieces(child)

    def _titled(self, place: str) -> str:
        """The title of a place, or, where it stands in another file, the last of its path."""
        named = self.places.get(nodes.fully_normalize_name(place))
        return named or place.rstrip("/").rpartition("/")[2]


def _on_one_line(lines: Sequence[str]) -> str:
    """The words of a cell; the items of a list in it are parted by semicolons."""
    items = [line.strip() for line in lines if line.strip()]
    between = "; " if all(item.startswith("- ") for item in items) else " "
    return between.join(item.removeprefix("- ") if between == "; " else item for item in items)
