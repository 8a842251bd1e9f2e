"""What a server calls a page's kind → a file name for it, from which its reader can tell."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from .errors_x import NoPageError
from .url import Place

LONGEST_NAME = 200  # characters
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([a-z0-9][a-z0-9_.:+-]{0,39})")
UNFIT = re.compile(r"[\x00-\x1f\x7f/\\]")
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
# For each kind the suffix to give, and others that say the same.
SUFFIXES = {
    "text/html": (".html", ".htm", ".xhtml"),
    "application/xhtml+xml": (".html", ".htm", ".xhtml"),
    "text/markdown": (".md", ".markdown"),
    "text/x-markdown": (".md", ".markdown"),
    "text/x-rst": (".rst",),
    "text/csv": (".csv",),
    "application/json": (".json",),
    "application/pdf": (".pdf",),
    "application/epub+zip": (".epub",),
    f"{OFFICE}wordprocessingml.document": (".docx",),
    f"{OFFICE}presentationml.presentation": (".pptx",),
    f"{OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{OPEN}text": (".odt",),
    f"{OPEN}spreadsheet": (".ods",),
}
# Of programs that make pages: they say nothing of what comes out.
PROGRAMS = frozenset({".php", ".asp", ".aspx", ".jsp", ".cgi", ".pl", ".do"})
HOPELESS = {"image": "a picture", "audio": "a sound", "video": "a film", "font": "a font"}
NO_TEXT = "is {kind}, and no text. Give the address of a page or a document."


def media_type(content_type: str | None) -> str:
    """The type that a Content-Type header names, in lower case; "" where there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def charset(content_type: str | None) -> str | None:
    """The label of the encoding that a Content-Type header names, in lower case; unchecked."""
    found = CHARSET.search((content_type or "").lower())
    return found[1] if found else None


def check_readable(kind: str) -> None:
    """Raises NoPageError for a media type that never holds text, such as a picture's.

    All other types are let through: servers name them wrongly, and contents tell better.
    """
    family = kind.partition("/")[0]
    if family in HOPELESS:
        raise NoPageError(NO_TEXT.format(kind=HOPELESS[family]))


def file_name(place: Place, kind: str) -> str:
    """A file name for a page: the last part of its path, with a suffix that says its media type.

    A page without a path is called by its host. "" where neither path nor type says anything.
    """
    path = place.target.partition("?")[0]
    last = UNFIT.sub("_", unquote(path.rpartition("/")[2], errors="replace"))[-LONGEST_NAME:]
    suffix = PurePosixPath(last).suffix.lower()
    if kind == "text/plain":
        # Much of what is sent as plain text is more than that, and its name says what.
        wanted: tuple[str, ...] = (".txt",) if suffix in PROGRAMS | {""} else (suffix,)
    else:
        wanted = SUFFIXES.get(kind, (suffix,))
    if suffix in wanted:
        return last
    stem = last[: -len(suffix)] if suffix in PROGRAMS else last
    return f"{stem or place.host}{wanted[0]}"
