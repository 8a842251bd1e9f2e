"""Let the next export of the same things take the place of the one before, under another file name.

Notion and GitHub put what differs each time into the name of the file, and browsers number copies.
"""

import re
from collections import defaultdict
from pathlib import PurePosixPath

from retrieval.reading.collection.collection import Collection
from retrieval.reading.source import ARCHIVE
from retrieval.store.catalog import Catalog
from retrieval.store.sources.sources import id_of
from retrieval.types import Origin

# Numbers in hexadecimal digits, some of them letters, as a commit or an export has; and copies.
CHANGING = re.compile(
    r"[ _-]*\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40})\b| \(\d{1,2}\)(?=\.)"
)
PACKED = re.compile(r"(.+?\.(?:zip|tar\.gz|tar|tgz|gz|xml))/(.+)", re.IGNORECASE)
SHARED = 0.5  # of the documents of the export before: then it is one of the same things


def take_place(catalog: Catalog, collection: Collection) -> None:
    """Have the documents of the export before be known by this one's name, if there is one."""
    paths = {entry.path for entry in collection.entries}
    for name, known in _exports_before(catalog, collection.name).items():
        if len(known & paths) >= SHARED * len(known):
            _rename(catalog, name, collection.name)
            return


def _exports_before(catalog: Catalog, name: str) -> dict[str, set[str]]:
    """The archives beside one that may be the export before, each with the paths in it."""
    folder, _, file = name.rpartition("/")
    beginning = f"{folder}/" if folder else name[: name.find(":") + 1]
    rows = catalog.rows(
        "SELECT source FROM documents WHERE substr(source, 1, ?) = ? AND +state = 'ready'",
        [len(beginning), beginning],
    )
    found = defaultdict[str, set[str]](set)
    for (source,) in rows:
        packed = PACKED.fullmatch(source)
        if packed and packed[1] != name and packed[1].rpartition("/")[0] == folder:
            found[packed[1]].add(packed[2])
    constant = constant_name(file)
    return {
        other: known
        for other, known in found.items()
        if constant_name(other.rpartition("/")[2]) == constant
    }


def constant_name(file: str) -> str:
    """The name of a file without what differs from one export to the next."""
    return CHANGING.sub("", file) if PurePosixPath(file).suffix else file


def _rename(catalog: Catalog, before: str, now: str) -> None:
    old, new = id_of(Origin(ARCHIVE, before)), id_of(Origin(ARCHIVE, now))
    with catalog.transaction() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO sources SELECT ?, kind, ?, most, every, added_at, looked_at, "
            "failures, failure FROM sources WHERE id = ?",
            [new, now, old],
        )
        connection.execute(
            "UPDATE OR IGNORE places SET source = ?, place = ? || substr(place, ?) "
            "WHERE source = ?",
            [new, now, len(before) + 1, old],
        )
        connection.execute("DELETE FROM sources WHERE id = ?", [old])
        for table in ("documents", "earlier"):
            connection.execute(
                f"UPDATE {table} SET source = ? || substr(source, ?) "
                "WHERE substr(source, 1, ?) = ? || '/'",
                [now, len(before) + 1, len(before) + 1, before],
            )
