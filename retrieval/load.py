"""Turns files, folders and downloaded pages into documents: plain text, Markdown and HTML."""

import codecs
import hashlib
import logging
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count, repeat
from pathlib import Path, PurePath
from typing import Any

from langchain_core.documents import Document

from .errors import LoadError

# A long novel is one or two MiB of text. Far past that a file is a data dump or a mistake, and
# taking a page apart needs many times its size in memory.
SIZE_LIMIT = 20 * 1024 * 1024
MARKDOWN_SUFFIXES = {".md", ".markdown"}
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
SUFFIXES = {".txt", ".text"} | MARKDOWN_SUFFIXES | HTML_SUFFIXES

FIRST_LINE_LENGTH = 60
TITLE_LENGTH = 200

SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "an Office document or another ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
}
# UTF-32 comes first because its little-endian mark begins with UTF-16's.
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

# Atomic (*+), so that a long row of comments is tried one way only.
HTML_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", re.I | re.S
)
CODE_FENCE = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.M | re.S)
HEADING = re.compile(r"^ {0,3}#[ \t]+(.+)$|^(.+)\n=+[ \t]*$", re.M)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")

# Parts of a page that are no part of its text. Not "form": some sites put a whole page in one.
FURNITURE = ("head", "nav", "noscript", "iframe", "object", "button", "select", "textarea")
# The gap that goes before and after an element, in HTML's words and in trafilatura's.
GAPS = ("", " · ", "\n", "\n\n")
LISTS = {"ul", "ol", "dl", "list"}
CELLS = dict.fromkeys(("td", "th", "cell"), GAPS[1])
LINES = dict.fromkeys(("br", "lb", "li", "dt", "dd", "item", "tr", "row"), GAPS[2])
BLOCKS = dict.fromkeys(
    [*("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "caption", "div")]
    + [*("section", "article", "main", "header", "figure", "figcaption", "summary", "hr")]
    + ["head", "quote", *LISTS],
    GAPS[3],
)
GAP_AROUND = CELLS | LINES | BLOCKS
ITEMS = {"li", "item"}
# Stand-ins that carry the spaces and line breaks of code past the squeezing of white space.
HARD = {ord(" "): "\xa0", ord("\t"): "\xa0" * 4, ord("\n"): "\u2028"}
SOFT = {ord("\xa0"): " ", ord("\u2028"): "\n"}


def find(source: str) -> list[Path]:
    """Lists the files that one command-line source names, sorted.

    A file is tried whatever its name. A folder gives the files in it, and in its folders, whose
    suffix we read; hidden names are skipped, and so are links that lead out of the folder.
    Raises LoadError when there is nothing at that path, or nothing there that we read.
    """
    path = Path(source)
    with _explaining(path):
        if not stat.S_ISDIR(path.stat().st_mode):
            return [path]
        # Keyed by where they lead, so that a link and its target count as one file.
        found = {file.resolve(): file for file in sorted(_files_in(path))}
    if not found:
        kinds = ", ".join(sorted(SUFFIXES))
        raise LoadError(f"{source} holds no file to read. Put in one that ends in {kinds}.")
    return sorted(found.values())


def _files_in(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for here, folders, names in os.walk(folder, onerror=_stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(here, name) for name in names if not name.startswith(".")):
            wanted = path.suffix.lower() in SUFFIXES and path.is_file()
            if wanted and path.resolve().is_relative_to(inside):
                yield path


def _stop(error: OSError) -> None:
    # Left alone, os.walk passes over a folder it may not open, and its documents go missing.
    raise error


def load_file(path: Path, title: str | None = None) -> list[Document]:
    """Reads one file into documents; see load_bytes for what they hold.

    Their source is the file's absolute path. Raises LoadError when the path is not a file we may
    read, is too large, or holds nothing we can read as text.
    """
    with _explaining(path):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise LoadError(f"{path} is not a file. Name a file, or one of the files in it.")
        _check_size(status.st_size, str(path))
        data, source = path.read_bytes(), str(path.resolve())
    if source.encode(errors="replace").decode() != source:
        raise LoadError(f"The path {source!a} is not valid UTF-8. Rename it and try again.")
    return load_bytes(data, source, path.name, title)


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        advice = "Check the path, and that you may read it."
        raise LoadError(f"Could not read {path}: {reason}. {advice}") from error


def load_bytes(
    data: bytes, source: str, name: str = "", title: str | None = None
) -> list[Document]:
    """Reads the bytes of one file or page into documents (one, for the kinds we read so far).

    `source` says where they came from; `name`, if there is one, is the file name. A document holds
    the whole text and, as metadata, its title, source, sha256 and bytes (digest and length of
    `data`), and page, which is None. Raises LoadError for data that is too large, is not text, or
    holds no words.
    """
    _check_size(len(data), source)
    text, heading = _decode(data, source), ""
    suffix = PurePath(name or source).suffix.lower()
    if suffix in HTML_SUFFIXES or HTML_OPENING.match(text):
        text, heading = _read_html(text, source)
    elif suffix in MARKDOWN_SUFFIXES:
        heading = _markdown_heading(text)
    if not text.strip():
        raise LoadError(f"{source} holds no text. Check that it is the one you meant.")
    metadata = {
        "title": _title(title or "", heading, name, text),
        "source": source,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "page": None,
    }
    return [Document(page_content=text, metadata=metadata)]


def _check_size(size: int, source: str) -> None:
    if size > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1024 // 1024
        raise LoadError(f"{source} is larger than {limit} MiB. Split it into smaller files.")


def _decode(data: bytes, source: str) -> str:
    looks = next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), None)
    text = None if looks else _decode_as_declared(data)
    if not looks and (text is None or _mostly_binary(text)):
        text = _guess(data)
    if text is None or _mostly_binary(text):
        advice = "Footnote reads plain text, Markdown and HTML; save it as one of those."
        raise LoadError(f"{source} looks like {looks or 'binary data'}. {advice}")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _decode_as_declared(data: bytes) -> str | None:
    marks = (name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark))
    with suppress(UnicodeDecodeError):
        return data.decode(next(marks, "utf-8-sig"))
    return None


def _mostly_binary(text: str) -> bool:
    # Valid UTF-8 can still be a table of small numbers; text has a stray NUL at most.
    return text.count("\0") * 10 > len(text)


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    # UTF-7 is left out: nobody writes it, and it can smuggle in lone surrogates.
    matches = from_bytes(data, cp_exclusion=["utf_7"])
    best = matches.best()
    if best is None:
        return None
    # A short Western text often fits Central European just as well, and browsers read Latin-1
    # as windows-1252 too; where several fit equally, the common one is the better bet.
    ties = (m for m in matches if (m.chaos, m.coherence) == (best.chaos, best.coherence))
    if any({"cp1252", "latin_1"} & set(match.could_be_from_charset) for match in ties):
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    return str(best)


def _title(given: str, heading: str, name: str, text: str) -> str:
    from_name = re.sub("[-_]", " ", PurePath(name).stem)
    first_line = text.strip().partition("\n")[0][:FIRST_LINE_LENGTH]
    lines = (" ".join(line.split()) for line in (given, heading, from_name, first_line))
    return next(filter(None, lines))[:TITLE_LENGTH].rstrip()


def _markdown_heading(text: str) -> str:
    # A "#" inside a code fence is a comment in some script.
    match = HEADING.search(CODE_FENCE.sub("", text))
    line = LINK.sub(r"\1", (match[1] or match[2])[:TITLE_LENGTH]) if match else ""
    return re.sub(r"\s#+$", "", line.translate({ord("*"): None, ord("`"): None}).strip())


def _read_html(page: str, source: str) -> tuple[str, str]:
    """Gives a page's text and title, either of which may be empty."""
    try:
        return _extract(page)
    except Exception as error:  # whatever a broken page sets off in the parsers is one problem
        advice = "Open it in a browser and save it as text."
        raise LoadError(f"{source} could not be read as a web page. {advice}") from error


def _extract(page: str) -> tuple[str, str]:
    import trafilatura

    # It logs an error for each page without an article; we have an answer for those.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # It turns away what does not soon say "html", so a fragment needs to.
    tree = trafilatura.load_html(page if "html" in page[:50].lower() else f"<html>\n{page}")
    if tree is None:
        return "", ""
    title = trafilatura.extract_metadata(tree, extensive=False).title
    title = title or tree.findtext(".//title") or ""
    article = getattr(trafilatura.bare_extraction(tree, include_comments=False), "body", None)
    # One lone paragraph is how it hands over everything on a page too short for an article.
    if article is None or [block.tag for block in article] == ["p"]:
        article = _without_furniture(tree)
    return _write_out(article), title


def _without_furniture(tree: Any) -> Any:
    from trafilatura.baseline import basic_cleaning

    for element in list(tree.iterdescendants(*FURNITURE)):
        element.drop_tree()
    return basic_cleaning(tree)


def _write_out(body: Any) -> str:
    """Gives a tree's text: blank lines between blocks, a line to each list item and table row."""
    _mark_layout(body)
    pieces: list[str] = []
    lists: list[Iterator[str]] = []
    gap = marker = ""
    for opening, element in _walk(body):
        around = GAP_AROUND.get(element.tag, "")
        # Items stay close together, whatever paragraphs they are made of.
        gap = max(gap, GAPS[2] if lists and around == GAPS[3] else around, key=GAPS.index)
        if element.tag in LISTS:
            lists.append(_markers(element)) if opening else lists.pop()
        if element.tag in LISTS | ITEMS:
            marker = _marker(lists) if opening and element.tag in ITEMS else ""
        words = re.sub("[ \t\n\r\f]+", " ", (element.text if opening else element.tail) or "")
        if words.strip(" "):
            pieces.append(gap + marker + words.lstrip(" ") if gap or marker else words)
            gap = marker = ""
        elif not gap:
            pieces.append(words)
    return _tidy("".join(pieces))


def _walk(element: Any) -> Iterator[tuple[bool, Any]]:
    # The parser goes no deeper than 256 elements, so this stays clear of Python's own limit.
    yield True, element
    for child in element:
        yield from _walk(child)
    yield False, element


def _mark_layout(body: Any) -> None:
    for cell in body.iter(*CELLS):
        # A lone paragraph in a cell would break the row in two.
        if len(cell) == 1 and cell[0].tag not in LISTS:
            cell[0].tag = "span"
    for code in body.iter("pre", "code"):
        # trafilatura calls a block of code what HTML calls code in a line.
        if code.tag == "pre" or "\n" in "".join(code.itertext()):
            code.tag = "pre"
            for part in code.iter():
                part.text = (part.text or "").translate(HARD)
                part.tail = (part.tail or "").translate(HARD if part is not code else {})


def _markers(element: Any) -> Iterator[str]:
    kind = element.get("rend") or element.tag
    if kind == "ol":
        return (f"{number}. " for number in count(1))
    return repeat("" if kind == "dl" else "- ")


def _marker(lists: list[Iterator[str]]) -> str:
    return "  " * (len(lists) - 1) + next(lists[-1]) if lists else "- "


def _tidy(text: str) -> str:
    text = re.sub(" {2,}", " ", text).translate(SOFT)
    lines = (line.rstrip(" ") for line in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()
