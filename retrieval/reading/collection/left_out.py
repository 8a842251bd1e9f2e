"""The files of a folder or an archive that are left out, counted by the reason."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import PurePosixPath

from retrieval.reading.formats.registry import BY_SUFFIX as FORMATS
from retrieval.reading.formats.registry import IN_FOLDERS, SHARED

MOST_KINDS = 8  # that are named when they are left out
UNKNOWN = "file of an unknown kind"
ARCHIVE, LINK = "archive", "link"
# By the reasons' names, one of a kind; those of several end in "s".
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

    def __str__(self) -> str:
        """A sentence that counts them by their reasons; "" where none was left out."""
        if not self.reasons:
            return ""
        ordered = sorted(self.reasons.items(), key=lambda each: (each[0] == UNKNOWN, -each[1]))
        told = [_many(count, reason) for reason, count in ordered]
        return f"Left out: {', '.join(told)}{self._named()}."

    def _named(self) -> str:
        if not self.kinds:
            return ""
        named = self.kinds.most_common(MOST_KINDS)
        kinds = ", ".join(f"{count:,} {suffix or 'without a suffix'}" for suffix, count in named)
        return f" ({kinds}{', …' if len(self.kinds) > MOST_KINDS else ''})"


def _many(count: int, reason: str) -> str:
    """A count and what it counts, whose first noun takes the "s": "2 files of a site"."""
    if count == 1:
        return f"1 {reason}"
    noun, *rest = re.split("(?= of | without )", reason, maxsplit=1)
    return f"{count:,} {noun}s{''.join(rest)}"
