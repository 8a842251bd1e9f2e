"""Dialects of Markdown: all that they add to CommonMark, rewritten into it or taken out of sight.

MDX's components, imports and exports; Liquid's tags (Jekyll, GitBook) and Hugo's shortcodes;
admonitions and tabs of MkDocs Material, Docusaurus and VitePress; attribute lists; and what
Obsidian, Logseq and mdBook write for their programs alone. Code stays as it is. A tab, a box or a
component with a title is labelled by it, so that what stands in it is told apart from its like.
"""

import re
from collections.abc import Iterator

from retrieval.reading.formats.hyperlinks import unmarked

# Code of both kinds, which is passed over; then everything that is written like a tag. Here and
# below, possessive quantifiers and bounds keep the time proportional to the length of the text.
MARKUP = re.compile(
    r"""
      (?P<code> ^[ \t]*(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n(?:.*?^[ \t]*(?P=fence)[`~]*[ \t]*$|.*\Z)
              | `[^`\n]{1,1000}` | ``[^\n]{1,1000}?`` )
    | (?P<component> <(?P<close>/?)(?P<name>[A-Z][\w.]{0,80})
          (?P<attributes>(?:\s(?:[^<>{}"']|"[^"]{0,1000}"|'[^']{0,1000}'|\{[^{}]{0,1000}\}|
              \{\{[^{}]{0,1000}\}\}){0,2000})?)>)
    | (?P<remark> \{/\*(?:(?!\{/\*).){0,5000}?\*/\} | %%.{1,5000}?%% | <!--@.{0,500}?-->
          | \{\{[<%]?\s?/\*(?:(?!\{\{).){0,5000}?\*/\s?[>%]?\}\} | \{\#\s[^\n]{0,500}?\s\#\}
          | \{%-?\s*+comment\s*+-?%\}(?:(?!\{%).){0,5000}?\{%-?\s*+endcomment\s*+-?%\} )
    | (?P<liquid> \{%-?\s*+(?P<tag>\w++)(?P<arguments>(?:[^%{]|%(?!\})){0,1000})%\} )
    | (?P<shortcode> \{\{[<%]\s*+(?P<ends>/?)\s*+(?P<called>[\w-]++)
          (?P<given>(?:[^\n{]|\{(?!\{)){0,500}?) /?\s{0,9}[>%]\}\}
          | \{\{\s*+\#(?P<directive>[^}\n]{0,300})\}\} )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
TITLED = re.compile(
    r"""\b(?:title|label|heading|summary|name|tab)\s*=\s*["'{]+([^"'{}]{1,200})["'}]"""
)
# A title that is given by its place; the last one, after the kind of a box.
QUOTED = re.compile(r"""^(?:[^"'=]*["'][^"']{1,80}["']\s)?[^"'=]*["']([^"']{1,200})["']\s*$""")
# Of components and shortcodes, those whose title a page shows.
SHOWS_TITLE = re.compile(
    r"tab|accordion|card|step|details|expand|collaps|panel|callout|admonition|notice|alert|hint"
)
# Components that describe a parameter, and the attribute that is its name.
FIELD = re.compile(r"field|param|propert")
FIELD_NAME = re.compile(r"""\b(?:path|query|body|header|name)\s*=\s*["']([^"'{}]{1,200})["']""")
# What a component or a part that is included says in an attribute.
SAYS = re.compile(
    r"""\b(?:description|content|caption|text)\s*=\s*(?:"([^"{}]{1,1000})"|'([^'{}]{1,1000})')"""
)

FENCE = re.compile(r"\s*(`{3,}|~{3,})")
INFO = re.compile(r"""^(?P<fence>\s*(?:`{3,}|~{3,}))(?P<language>[\w+#.-]*)(?P<rest>.*)$""")
NAMED_CODE = re.compile(
    r"""\[(?P<tab>[^\]]{1,100})\]|(?:title|filename|file)=["']?(?P<title>[^"'\s]+)"""
)
ADMONITION = re.compile(
    r"""^(?P<indent>\s*)(?:!!!|\?\?\?\+?)\s++[\w |-]++\s*+(?:(?<=\s)"(?P<title>[^"]*)"\s*)?$"""
)
TAB = re.compile(r"""^(?P<indent>\s*)===!?\+?\s+"(?P<title>[^"]+)"\s*$""")
CONTAINER = re.compile(
    r"^\s*+:{3,}+\s*+(?:[\w-]++\s*+)?+"
    r"(?:\[(?P<title>[^\]]*+)\]\s*+|(?P<words>[^{\s][^{]*+))?(?:\{.*\}\s*)?$"
)
CALLOUT = re.compile(r"^(?P<quoted>\s*(?:>\s?)+)\[![\w-]+\][+-]?[ \t]*(?P<title>.*)$")
IMPORT = re.compile(r"""^import\s+(?:[\w*{][^;\n]*\sfrom\s+)?["'][^"'\n]+["'];?\s*$""")
EXPORT = re.compile(
    r"^export\s+(?:default\s+\w+|(?:const|let|var)\s+\w+\s*=|(?:async\s+)?function\b)"
)
ATTRIBUTES = re.compile(r"\{:?[ \t]*+(?:[#.][\w:.-]|[\w-]++=)[^{}\n]*+\}$")
UNSEEN_LINE = re.compile(
    r"(?:\[\[?_?TOC_?\]\]?|\*\[[^\]\n]+\]:.*|\[//\]:\s*#.*|\{:?\s*toc\s*\}"
    r"|[-*]?\s*(?:id|collapsed|created-at|updated-at|card-[\w-]+):: ?.*)",
    re.IGNORECASE,
)


def to_commonmark(text: str) -> str:
    """A text in any dialect, as CommonMark without what its readers don't see."""
    return "\n".join(_lines(MARKUP.sub(_markup, text).split("\n")))


def has_components(text: str) -> bool:
    """Return whether a text is MDX, in which an indented line is no code."""
    return any(match["component"] for match in MARKUP.finditer(text))


def _markup(match: re.Match[str]) -> str:
    """Return what stands in the place of a tag: its title as a label, or nothing."""
    if match["code"]:
        return match[0]
    if match["component"]:
        return "" if match["close"] else _component(match["name"].lower(), match["attributes"])
    if match["liquid"]:
        return _liquid(match)
    if match["directive"]:
        return _label(TITLED.search(match["directive"]))
    if match["shortcode"] and not match["ends"]:
        given = match["given"] or ""
        shows = SHOWS_TITLE.search(match["called"])
        return _label(TITLED.search(given) or (QUOTED.search(given) if shows else None))
    return ""


def _component(name: str, attributes: str | None) -> str:
    """The title of a component where its page shows it, and what it says in an attribute."""
    attributes = attributes or ""
    title = TITLED.search(attributes) if SHOWS_TITLE.search(name) else None
    if FIELD.search(name):
        title = FIELD_NAME.search(attributes) or title
    return _label(title) + _said(attributes)


def _liquid(match: re.Match[str]) -> str:
    tag, arguments = match["tag"], match["arguments"]
    if tag in ("highlight", "endhighlight"):
        return "```" + (arguments.split() or [""])[0] * (tag == "highlight")
    if tag.startswith("end"):
        return ""
    return _label(TITLED.search(arguments)) + (_said(arguments) if tag == "include" else "")


def _said(attributes: str) -> str:
    said = SAYS.search(attributes)
    return f"\n\n{said[1] or said[2]}\n\n" if said else ""


def _label(title: re.Match[str] | None) -> str:
    return f"\n\n{labelled(title[1])}\n\n" if title and title[1].strip() else ""


def labelled(title: str) -> str:
    """A title as the line that announces what it is the title of."""
    title = title.strip().strip("*_`").strip()
    return title if not title or unmarked(title)[-1:] in ".:?!…" else f"{title}:"


def _lines(lines: list[str]) -> Iterator[str]:
    """The lines, without what is written a line at a time."""
    boxes: list[int] = []  # how far the heads of the open boxes are indented
    fence = ""
    exporting = False
    for given in lines:
        line = _unboxed(given, boxes)
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip(" \t`~") else fence
            yield line
        elif opened := FENCE.match(line):
            fence = opened[1]
            yield from _fence(line)
        elif exporting or EXPORT.match(line) or IMPORT.match(line):
            exporting = bool(line.strip()) and not IMPORT.match(line)
        elif box := ADMONITION.match(line) or TAB.match(line):
            boxes.append(len(box["indent"].expandtabs(4)))
            yield from ("", box["indent"] + labelled(box["title"] or ""), "")
        elif callout := CALLOUT.match(line):
            yield from (callout["quoted"] + labelled(callout["title"]), callout["quoted"])
        elif container := CONTAINER.match(line):
            yield from ("", labelled(container["title"] or container["words"] or ""), "")
        elif not UNSEEN_LINE.fullmatch(line.strip()):
            yield _without_attributes(line)


def _without_attributes(line: str) -> str:
    """A line without the attribute list at its end."""
    words = line.rstrip()
    opens = words.rfind("{") if words.endswith("}") else -1
    return words[:opens].rstrip(" \t") if ATTRIBUTES.match(words, max(opens, 0)) else line


def _unboxed(line: str, boxes: list[int]) -> str:
    """A line as far to the left as if it stood in no box; boxes that it ends are closed."""
    if not line.strip():
        return line
    line = line.replace("\t", "    ") if boxes else line
    indent = len(line) - len(line.lstrip(" "))
    while boxes and indent - 4 * (len(boxes) - 1) < boxes[-1] + 4:
        boxes.pop()
    return line[4 * len(boxes) :]


def _fence(line: str) -> Iterator[str]:
    """The line that opens code, after a label where it has a name: a file's, or a tab's."""
    info = INFO.match(line)
    if info and (named := NAMED_CODE.search(info["rest"])):
        indent = line[: len(line) - len(line.lstrip())]
        yield from ("", indent + labelled(named["tab"] or named["title"]), "")
    yield line if info is None else info["fence"] + info["language"].split(",")[0]
