"""The files of a folder or an archive that are left out, counted by the reason."""

from collections import Counter
from collections.abc import Callable
from itertools import starmap
from pathlib import PurePosixPath

from retrieval.errors import Counted, Sentence, in_a_row, plural
from retrieval.reading.formats.registry import BY_SUFFIX as FORMATS
from retrieval.reading.formats.registry import IN_FOLDERS, SHARED

MOST_KINDS = 8  # that are named when they are left out
UNKNOWN = "file of an unknown kind"
ARCHIVE, LINK = "archive", "link"
# What is left out, by the name of the reason, which is what one is called.
REASONS = {
    "picture": plural("{count} picture", "{count} pictures"),
    "recording": plural("{count} recording", "{count} recordings"),
    "video": plural("{count} video", "{count} videos"),
    "font": plural("{count} font", "{count} fonts"),
    ARCHIVE: plural("{count} archive", "{count} archives"),
    LINK: plural("{count} link", "{count} links"),
    "program file": plural("{count} program file", "{count} program files"),
    "lock file": plural("{count} lock file", "{count} lock files"),
    "drawing": plural("{count} drawing", "{count} drawings"),
    "redirect": plural("{count} redirect", "{count} redirects"),
    "page of talk": plural("{count} page of talk", "{count} pages of talk"),
    "page of another kind": plural("{count} page of another kind", "{count} pages of another kind"),
    "part of other pages": plural("{count} part of other pages", "{count} parts of other pages"),
    "table of contents": plural("{count} table of contents", "{count} tables of contents"),
    "view of a table": plural("{count} view of a table", "{count} views of a table"),
    "list of the export": plural("{count} list of the export", "{count} lists of the export"),
    "template of the site": plural("{count} template of the site", "{count} templates of the site"),
    "settings file of the site": plural(
        "{count} settings file of the site", "{count} settings files of the site"
    ),
    "channel without messages": plural(
        "{count} channel without messages", "{count} channels without messages"
    ),
    UNKNOWN: plural("{count} file of an unknown kind", "{count} files of an unknown kind"),
}
# The suffixes of files that are left out, by the reasons' names.
KINDS = {
    "picture": ".png .jpg .jpeg .gif .webp .svg .bmp .tif .tiff .ico .heic .heif .avif .psd .ai",
    "recording": ".mp3 .wav .ogg .oga .opus .flac .m4a .aac .wma .mid",
    "video": ".mp4 .mov .avi .mkv .webm .m4v .wmv .mpg .mpeg",
    "font": ".ttf .otf .woff .woff2 .eot",
    ARCHIVE: ".zip .gz .tgz .tar .bz2 .xz .7z .rar .zst .jar .whl .dmg .iso",
    "program file": ".py .js .mjs .cjs .ts .tsx .jsx .css .scss .less .sass .c .h .cc .cpp .hpp .cs"
    " .go .rs .java .kt .swift .rb .php .pl .lua .sh .bash .zsh .bat .ps1 .sql .vue .svelte .map"
    " .exe .dll .so .dylib .o .class .wasm .lock",
}
BY_SUFFIX = {suffix: reason for reason, named in KINDS.items() for suffix in named.split()}


LOOKED_AT = 20_000  # bytes of a file whose name doesn't tell enough


def is_read(name: str, opening: Callable[[], bytes]) -> bool:
    """Return whether a file in a folder or an archive is of a kind that is read: by its suffix, or
    where other files have that as well, by how it begins."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in SHARED:
        return FORMATS[suffix].fits(opening()[:LOOKED_AT].decode(errors="replace"))
    return suffix in IN_FOLDERS


class LeftOut:
    """Counts of what is left out, for each reason; `kinds` are suffixes of unknown files."""

    def __init__(self) -> None:
        self.reasons = Counter[str]()
        self.kinds = Counter[str]()

    def add(self, reason: str, count: int = 1) -> None:
        """Count some for a reason, which is called by one of them: "picture"."""
        if count:
            self.reasons[reason] += count

    def add_unread(self, path: str) -> None:
        """Count a file whose kind is not read."""
        suffix = PurePosixPath(path).suffix.lower()
        reason = BY_SUFFIX.get(suffix, UNKNOWN)
        self.add(reason)
        if reason == UNKNOWN:
            self.kinds[suffix] += 1

    def update(self, other: "LeftOut") -> None:
        """Count what another has counted as well."""
        self.reasons.update(other.reasons)
        self.kinds.update(other.kinds)

    def told(self) -> str:
        """A sentence that counts them by their reasons; "" where none was left out."""
        if not self.reasons:
            return ""
        ordered = sorted(self.reasons.items(), key=lambda each: (each[0] == UNKNOWN, -each[1]))
        what = in_a_row(Counted(*REASONS[reason], count) for reason, count in ordered)
        if not self.kinds:
            return Sentence("Left out: {what}.", what=what)
        kinds = in_a_row(starmap(_many, self.kinds.most_common(MOST_KINDS)))
        if len(self.kinds) > MOST_KINDS:
            return Sentence("Left out: {what} ({kinds}, …).", what=what, kinds=kinds)
        return Sentence("Left out: {what} ({kinds}).", what=what, kinds=kinds)


def _many(suffix: str, count: int) -> str:
    if not suffix:
        return Counted("{count} without a suffix", "{count} without a suffix", count)
    return f"{count:,} {suffix}"
