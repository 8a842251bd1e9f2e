"""The files of indexes that Chroma no longer knows: it never removes them (chromadb 1.5.9)."""

import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE = "chroma.sqlite3"


def left_over(vectors: Path) -> list[Path]:
    """The folders of indexes, among a home's vectors, that belong to no collection.

    To be called when Chroma has been started there.
    """
    folders = [path for path in vectors.iterdir() if path.is_dir()]
    if not folders:
        return []
    whole = f"{(vectors / DATABASE).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(whole, uri=True)) as database:
        try:
            known = {row[0] for row in database.execute("SELECT id FROM segments")}
        except sqlite3.DatabaseError:
            return []  # damaged: Chroma will say so to whoever uses it
    return [folder for folder in folders if folder.name not in known]
