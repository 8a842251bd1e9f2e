"""The formats that Footnote reads, a row each: every place that lists formats derives from here.

A new format is a module with a reader, and a row. A reader is given a text (or the bytes, in a
binary format) and fills a `Gathering`; a text that isn't in its format after all it refuses with
`OtherFormatError`, before it has added anything, and the text is read as plain text.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from retrieval.errors import N_

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
# The sections of a manual: files of other kinds end in numbers, too.
SECTIONS = tuple(f".{number}" for number in range(1, 9))
ROFF = ("text/troff", "application/x-troff-man")
MARKDOWN = (".md", ".markdown", ".mdx", ".mkd", ".qmd")
MARKDOWN_TYPES, CAPTION_TYPES = (
    ("text/markdown", "text/x-markdown"),
    ("application/x-subrip", "text/vtt"),
)
YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml")

# The number of the row that stands for a part which was read from a picture.
IN_PICTURE = 0
# Those of rows from which on a text stands behind what is said, and is never quoted, and from which
# on it is said.
BACKGROUND, SAID = -1, -2
# The kinds of a thread of Discord with the answers that were marked in it: as the bot hands it
# over, and as an export has it.
THREAD, EXPORTED = "thread", "discord"
SOLVED = (THREAD, EXPORTED)


@dataclass(frozen=True, slots=True)
class Archive:
    """The members by which a ZIP archive is known to be in a format; each will do.

    `mimetype` begins what the member of that name says, `member` is one that no other format has,
    `folder` one that holds the main part of Office Open XML, and `body` the name of the element in
    the body of an OpenDocument file.
    """

    mimetype: str = ""
    member: str = ""
    folder: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, and how its files are known and read.

    `kind` is what its documents are listed as, `name` what sentences call it, `part` what one part
    of it is called. `suffixes` begin with the usual one; of texts, they tell the format.

    `reader` and `looks_like` are "module:function" below this package, imported when needed.
    `looks_like` is for what is known by its content: bytes in a `binary` format, and texts that
    nothing else says the format of, or whatever else says it, if their look `outweighs_names`.

    `headings_known` says that the reader finds every heading. In other formats a short line that
    stands alone may be one too. Files that are read `alone` are passed over in folders and
    archives, where most pictures only go with a text. Other files end in `shared` suffixes as well,
    so there it takes the look of them to be counted in.
    """

    kind: str
    name: str
    reader: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...] = ()
    part: str = ""
    binary: bool = False
    archive: Archive | None = None
    looks_like: str = ""
    outweighs_names: bool = False
    headings_known: bool = False
    alone: bool = False
    shared: tuple[str, ...] = ()

    def read(self, data: bytes | str, gathering: Any) -> None:
        """Fill a gathering with what bytes, or a text, hold in this format."""
        _imported(self.reader)(data, gathering)

    def fits(self, data: bytes | str) -> bool:
        """Return whether bytes, or a text, look as if they were in this format."""
        return bool(self.looks_like and _imported(self.looks_like)(data))


def _imported(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"{__package__}.{module}"), function)
    return found


PLAIN = Format("text", N_("plain text"), "content:read_plain", (".txt", ".text", ".log"))


def _markup(
    kind: str, name: str, suffixes: tuple[str, ...], media_types: tuple[str, ...], module: str = ""
) -> Format:
    """A language whose reader has its name, and finds every heading."""
    reader = f"plain.{module or f'markup.{kind}'}:read_{kind}"
    return Format(kind, name, reader, suffixes, media_types, headings_known=True)


def _exported(kind: str, name: str, module: str) -> Format:
    """An export that has the suffix of other texts, and is known by how it begins."""
    reader, looks = f"plain.data.{module}:read_{module}", f"plain.data.{module}:looks_like_{module}"
    return Format(kind, name, reader, (), (), "", False, None, looks, True, True)


# In the order in which people are told of them.
FORMATS = (
    Format(
        "pdf",
        "PDF",
        "pdf.pdf:read_pdf",
        (".pdf",),
        media_types=("application/pdf",),
        part="page",
        binary=True,
        looks_like="pdf.pdf:looks_like_pdf",
    ),
    Format(
        "docx",
        "Word",
        "office.docx:read_docx",
        (".docx", ".docm"),
        media_types=(f"{OFFICE}wordprocessingml.document",),
        binary=True,
        archive=Archive(folder="word/"),
    ),
    Format(
        "pptx",
        "PowerPoint",
        "office.pptx:read_pptx",
        (".pptx", ".pptm"),
        media_types=(f"{OFFICE}presentationml.presentation",),
        part="slide",
        binary=True,
        archive=Archive(folder="ppt/"),
        headings_known=True,
    ),
    Format(
        "xlsx",
        "Excel",
        "office.xlsx:read_xlsx",
        (".xlsx", ".xlsm"),
        media_types=(f"{OFFICE}spreadsheetml.sheet",),
        part="sheet",
        binary=True,
        archive=Archive(folder="xl/"),
        headings_known=True,
    ),
    Format(
        "odt",
        "OpenDocument",
        "office.odt:read_odt",
        (".odt",),
        media_types=(f"{OPEN}text",),
        binary=True,
        archive=Archive(mimetype=f"{OPEN}text", body=b"text"),
    ),
    Format(
        "ods",
        "OpenDocument",
        "office.ods:read_ods",
        (".ods",),
        media_types=(f"{OPEN}spreadsheet",),
        part="sheet",
        binary=True,
        archive=Archive(mimetype=f"{OPEN}spreadsheet", body=b"spreadsheet"),
        headings_known=True,
    ),
    Format(
        "epub",
        "EPUB",
        "office.epub:read_epub",
        (".epub",),
        media_types=("application/epub+zip",),
        part="chapter",
        binary=True,
        archive=Archive(mimetype="application/epub+zip", member="META-INF/container.xml"),
    ),
    Format(
        "html",
        N_("web pages"),
        "html.webpage:read_html",
        (".html", ".htm", ".xhtml"),
        media_types=("text/html", "application/xhtml+xml"),
        looks_like="html.webpage:looks_like_html",
        outweighs_names=True,
    ),
    _markup("markdown", "Markdown", MARKDOWN, MARKDOWN_TYPES, "markdown.markdown"),
    _markup("rst", "reST", (".rst", ".rest"), ("text/x-rst",), "rst.rst"),
    _markup("csv", "CSV", (".csv", ".tsv"), ("text/csv",), "data.csv_tsv"),
    _exported("slack", "JSON", "slack"),
    _exported(THREAD, "JSON", "thread"),
    _exported(EXPORTED, "JSON", "discord_solved"),
    Format(
        "json",
        "JSON",
        "plain.data.json_lines:read_json",
        (".json", ".jsonl", ".ndjson"),
        media_types=("application/json",),
        looks_like="plain.data.json_lines:looks_like_json",
        headings_known=True,
    ),
    _markup("yaml", "YAML", (".yaml", ".yml"), YAML_TYPES, "data.yaml_toml"),
    _markup("toml", "TOML", (".toml",), ("application/toml",), "data.yaml_toml"),
    _markup("asciidoc", "AsciiDoc", (".adoc", ".asciidoc"), ("text/asciidoc", "text/x-asciidoc")),
    _markup("latex", "LaTeX", (".tex", ".latex"), ("application/x-tex", "text/x-tex")),
    _markup("mediawiki", "MediaWiki", (".wiki", ".mediawiki"), ("text/x-wiki",)),
    _markup("org", "Org", (".org",), ("text/org", "text/x-org")),
    replace(
        _markup(
            "man", N_("manual pages"), (".man", ".mdoc", *SECTIONS), ROFF, "man_pages.man_page"
        ),
        looks_like="plain.man_pages.man_page:looks_like_man",
        shared=SECTIONS,
    ),
    _markup("notebook", N_("notebooks"), (".ipynb",), ("application/x-ipynb+json",)),
    replace(
        _markup("captions", N_("captions"), (".srt", ".vtt"), CAPTION_TYPES, "captions"),
        part="minute",
    ),
    Format(
        "mail",
        N_("mail"),
        "plain.mail:read_mail",
        (".eml", ".mbox"),
        media_types=("message/rfc822", "application/mbox"),
        binary=True,
        looks_like="plain.mail:looks_like_mail",
        headings_known=True,
    ),
    _exported("chat", "plain text", "discord_text"),
    Format(
        "picture",
        N_("pictures"),
        "pdf.picture.picture:read_picture",
        (".png", ".jpg", ".jpeg", ".webp"),
        media_types=("image/png", "image/jpeg", "image/webp"),
        binary=True,
        looks_like="pdf.picture.picture:looks_like_picture",
        alone=True,
    ),
    PLAIN,
)

BY_KIND = {each.kind: each for each in FORMATS}
BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}
IN_FOLDERS = frozenset(suffix for suffix, each in BY_SUFFIX.items() if not each.alone)
SHARED = frozenset(suffix for each in FORMATS for suffix in each.shared)
BY_MEDIA_TYPE = {media_type: each for each in FORMATS for media_type in each.media_types}
NAMES = tuple(dict.fromkeys(each.name for each in FORMATS))
