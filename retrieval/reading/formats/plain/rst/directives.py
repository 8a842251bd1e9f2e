"""The directives of Sphinx and its extensions: what a page shows of them, and nothing dropped.

A directive that nobody has heard of keeps all its text: what follows its name is a label over what
stands in it.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from retrieval.reading.formats.plain.markdown.dialects import labelled

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.parsers.rst import Directive

# For the builder alone, or pictures and lists that it makes.
UNSEEN = frozenset(
    """
    toctree include literalinclude currentmodule module default-domain highlight highlightlang
    index tabularcolumns contents sectnum meta section-numbering sectionauthor codeauthor
    moduleauthor todo todolist graphviz digraph graph mermaid uml plantuml inheritance-diagram
    program testsetup testcleanup autosummary raw bibliography currentlibrary namespace
    namespace-push namespace-pop cssclass acks-list genindex plot youtube video iframe
    button-link ogp tags role-def target-notes
    """.split()
)
# Their content stands by itself; what follows the name is a condition or a setting.
UNLABELLED = frozenset(
    """
    only ifconfig tab-set tabs grid grid-item hlist rst-class acks card-carousel tab-set-code
    ifslides ifnotslides container div centered button-ref compound conditional cond slide
    example-block productionlist
    """.split()
)
VERSIONS = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
    "deprecated-removed": "Deprecated since version",
    "versionremoved": "Removed in version",
    "version-added": "Added in version",
    "version-changed": "Changed in version",
    "version-deprecated": "Deprecated since version",
    "version-removed": "Removed in version",
}
CODE = frozenset(
    """
    code-block sourcecode code prompt code-tab testcode testoutput doctest ipython ipython3
    jupyter-execute parsed-literal-code terminal cli exec highlight-block literal-block
    console
    """.split()
)
# What docutils does well by itself.
PLAIN = frozenset(
    """
    admonition attention caution danger error hint important note tip warning csv-table
    list-table table date default-role epigraph figure footer header highlights image
    line-block math parsed-literal pull-quote replace role rubric sidebar title topic unicode
    """.split()
)
# How a page looks: docutils' directive, whose name Sphinx has for classes of Python.
CSS_CLASSES = re.compile(r"[a-z][a-z\d-]*(?:\s+[a-z][a-z\d-]*)*")
OPTION = re.compile(r"^:(?P<name>[\w-]+):(?:\s+(?P<value>.*))?$")
# Options of descriptions that a page shows.
SHOWN_OPTIONS = ("type", "default", "value")
DESCRIBES = re.compile(
    r"(?:^|:)(?:\w*function|class|exception|data|attribute|(?:class|static|async)?method|property"
    r"|decorator\w*|confval|option|cmdoption|envvar|describe|object|struct|union|enum|enumerator"
    r"|macro|member|var|type|typedef|directive|role|setting|signal|command|token|templatetag"
    r"|templatefilter|fieldlookup|django-admin\w*|alias|concept|namespace|rule|opcode|pdbcommand"
    r"|monitoring-event|availability|automethod|autofunction|autoclass|autoattribute|autodata"
    r"|automodule|autoexception)$"
)


def plain_directives() -> frozenset[str]:
    """The names that are left to docutils."""
    return PLAIN


@cache
def make_directive(name: str) -> "type[Directive]":
    """The directive of a name that docutils doesn't know, or doesn't know as Sphinx does."""
    from docutils.parsers.rst import Directive

    class Kept(Directive):
        """A directive whose first line, options and content are told apart here."""

        has_content = True

        def run(self) -> "list[nodes.Node]":
            return _nodes(name.rpartition(":")[2], name, self)

    return Kept


def _nodes(last: str, name: str, directive: "Directive") -> "list[nodes.Node]":
    head, options, start = _split(directive)
    found: list[Any] = []
    if last in CODE:
        found = _code(last, head, options, directive, start)
    elif last == "glossary":
        found = _glossary(directive, start)
    elif last in VERSIONS:
        found = [_versioned(VERSIONS[last], head, directive, start)]
    elif name == "class" and CSS_CLASSES.fullmatch(" ".join(head)):
        found = _labelled("", [], directive, start)
    elif last not in UNSEEN and (DESCRIBES.search(name) or ":" in name):
        found = _described(head, options, directive, start)
    elif last not in UNSEEN:
        found = _titled(last, head, directive, start)
    return found


def _titled(last: str, head: list[str], directive: "Directive", start: int) -> "list[nodes.Node]":
    """The nodes that stand in a directive, below what follows its name if that is a title."""
    if last == "seealso":
        return _labelled("" if head else "See also", head, directive, start)
    if last in UNLABELLED:
        shown = head if last in ("centered", "productionlist") else []
        return _labelled("", shown, directive, start)
    return _labelled(" ".join(head) if _is_title(head) else "", [], directive, start)


def _is_title(head: list[str]) -> bool:
    """Return whether what follows a directive's name is words, and no file, address or setting."""
    said = " ".join(head)
    return bool(said) and not re.fullmatch(r"\S*[/\\]\S*|\S+\.\w{1,5}|[\d\s]+", said)


def _split(directive: "Directive") -> tuple[list[str], dict[str, str], int]:
    """Return the lines after the name, the options, and the line where the content begins."""
    lines = list(directive.content)
    opening = directive.block_text.split("\n", 1)[0].partition("::")[2].strip()
    at, head = 0, list[str]()
    if opening:
        while at < len(lines) and lines[at].strip() and not OPTION.match(lines[at]):
            head.append(lines[at].strip())
            at += 1
    options: dict[str, str] = {}
    while at < len(lines) and (option := OPTION.match(lines[at])):
        options[option["name"]] = option["value"] or ""
        at += 1
        while at < len(lines) and lines[at].startswith(" ") and lines[at].strip():
            at += 1
    return head, options, at


def _inside(directive: "Directive", start: int, stop: int | None = None) -> "list[nodes.Node]":
    """The nodes of the content from a line on."""
    from docutils import nodes

    holder = nodes.container()
    # Titles in it are of the levels below the section that the directive stands in.
    holder.parent = directive.state.parent
    content = directive.content[start:stop]
    directive.state.nested_parse(
        content, directive.content_offset + start, holder, match_titles=stop is None
    )
    return list(holder.children)


def _said(text: str, directive: "Directive") -> "nodes.paragraph":
    from docutils import nodes

    inline, _ = directive.state.inline_text(text, directive.lineno)
    return nodes.paragraph(text, "", *inline)


def _labelled(
    label: str, head: list[str], directive: "Directive", start: int
) -> "list[nodes.Node]":
    found: list[Any] = [_said(" ".join(head), directive)] if head else []
    inside = _inside(directive, start)
    if label:
        found.insert(0, _said(labelled(label) if inside else label, directive))
    return found + inside


def _versioned(words: str, head: list[str], directive: "Directive", start: int) -> Any:
    from docutils import nodes

    version, _, first = " ".join(head).partition(" ")
    inside = _inside(directive, start)
    if not first and inside and isinstance(inside[0], nodes.paragraph):
        paragraph = inside.pop(0)
        opening = nodes.paragraph("", f"{words} {version}: ", *paragraph.children)
    else:
        opening = _said(
            f"{words} {version}: {first}" if first else f"{words} {version}.", directive
        )
    return nodes.container("", opening, *inside)


def _code(
    last: str, head: list[str], options: dict[str, str], directive: "Directive", start: int
) -> "list[nodes.Node]":
    from docutils import nodes

    lines = list(directive.content[start:])
    language = head[0].split()[0] if head and head[0] else ""
    if last in ("prompt", "testcode", "testoutput", "doctest"):
        language = language if last == "prompt" else ""
    label = options.get("caption") or (
        " ".join(head).partition(" ")[2] if last == "code-tab" else ""
    )
    found: list[Any] = [_said(labelled(label), directive)] if label else []
    text = "\n".join(lines).strip("\n")
    if not start and not "".join(head):
        text = "\n".join(directive.content).strip("\n")
    return [*found, nodes.literal_block(text, text, language=language)]


def _glossary(directive: "Directive", start: int) -> "list[nodes.Node]":
    """Terms, several of which may share a definition, each with what stands indented below."""
    from docutils import nodes

    lines = list(directive.content)
    items: list[Any] = []
    at = start
    while at < len(lines):
        terms, body = at, at
        while body < len(lines) and lines[body].strip() and not lines[body].startswith(" "):
            body += 1
        end = body
        while end < len(lines) and (lines[end].startswith(" ") or not lines[end].strip()):
            end += 1
        names = [line.partition(" : ")[0].strip() for line in lines[terms:body]]
        names = [name for name in names if not name.startswith("..")]
        content = directive.content[body:end]
        content.trim_left(_margin(list(content)))
        holder = nodes.definition()
        directive.state.nested_parse(content, directive.content_offset + body, holder)
        term = _said(", ".join(names), directive)
        items.append(nodes.definition_list_item("", nodes.term("", "", *term.children), holder))
        at = max(end, at + 1)
    return [nodes.definition_list("", *items)]


def _margin(lines: list[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)


def _described(
    head: list[str], options: dict[str, str], directive: "Directive", start: int
) -> "list[nodes.Node]":
    """A function, setting or the like: its name stands before what is said of it."""
    from docutils import nodes

    inside = _inside(directive, start)
    facts = [f"{key.capitalize()}: {options[key]}" for key in SHOWN_OPTIONS if options.get(key)]
    more = [_said(fact, directive) for fact in facts]
    names = ", ".join(head).replace("\\", "")
    if not names:
        return [*more, *inside]
    term, holder = nodes.term("", names), nodes.definition("", *more, *inside)
    return [nodes.definition_list("", nodes.definition_list_item("", term, holder))]
