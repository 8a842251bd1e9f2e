#!/usr/bin/env bash
# SQLite 3.40.1 (apsw 3.40.1.0 holds it): FTS5's 'optimize', and 'merge' with a number below nothing, put
# an index two levels higher each time something small was changed before, and only 'rebuild' takes a
# level away. An index of more than 2,000 levels FTS5 takes for damaged: so it did at 2,002, after 1,001
# changes each with its 'optimize', or 'merge', -500, of a table with one long text (this stops far below).
# A search and an insert then say "database disk image is malformed", 'rebuild' still helps on the same
# connection, a new one finds the table unusable ("vtable constructor failed"), for 'rebuild' too, and
# PRAGMA integrity_check says "ok". It takes an index of more pages than the change: of one page it stays
# at two levels. Changes alone, 'merge' with a number above nothing, and 'automerge' don't add so many.
# From 3.41.0 on (seen to 3.54.1) it ends at 65 levels, and 'optimize' after a change brings down to that
# what an older one left; but a file of more than 2,000 levels is refused by 3.54.1 too.
# Seen after 150 changes, in 3.40.1 'optimize' and 'merge', -500: 300 levels, in 3.41.0 and 3.54.1: 65; in
# all of them the other ways: 1 to 3; the file of 300 levels after a change and 'optimize' in 3.41.0: 65.
# apsw 3.40.1.0 has wheels up to CPython 3.11.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3.11 -m venv "$folder/venv"
cat > "$folder/try.py" <<'PYTHON'
import sys

import apsw

CHANGES = 150
WAYS = {
    "changes alone": None,
    "automerge, 2": ("automerge", 2),
    "merge, 500": ("merge", 500),
    "rebuild": ("rebuild", None),
    "merge, -500": ("merge", -500),
    "optimize": ("optimize", None),
}


def levels(connection):
    """The number of levels, as the record says it: after four bytes, seven bits a byte."""
    (record,) = next(connection.execute("SELECT block FROM t_data WHERE id = 10"))
    found = 0
    for byte in record[4:]:
        found = found << 7 | byte & 127
        if byte < 128:
            return found


def change(connection, way):
    connection.execute("INSERT INTO t VALUES ('a small change')")
    if way:
        connection.execute("INSERT INTO t (t, rank) VALUES (?, ?)", way)


def changed(path, way):
    connection = apsw.Connection(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
    connection.execute("INSERT INTO t VALUES (?)", [" ".join(f"word{n}" for n in range(3_000))])
    for _ in range(CHANGES):
        change(connection, way)
    return levels(connection)


step, path, old = apsw.sqlitelibversion(), sys.argv[1], "3.40.1"
if step != old:
    connection = apsw.Connection(path)
    before = levels(connection)
    change(connection, WAYS["optimize"])
    print(step, "| the file of", old, "|", before, "levels, then", levels(connection))
    assert levels(connection) <= 65, "a later SQLite no longer brings the levels back"
for name, way in WAYS.items():
    last = path if step == old and name == "optimize" else ":memory:"
    found = changed(last, way)
    print(step, "|", name, "|", CHANGES, "changes:", found, "levels")
    if name not in ("merge, -500", "optimize"):
        assert found <= 3, "levels grow in other ways too"
    elif step == old:
        assert found == 2 * CHANGES, "the levels of this SQLite don't grow by two a change"
    else:
        assert found == 65, "the levels of a later SQLite don't end at 65"
PYTHON
for version in 3.40.1.0 3.41.0.0 3.54.1.0; do
    "$folder/venv/bin/pip" install --quiet --only-binary :all: "apsw==$version"
    "$folder/venv/bin/python" "$folder/try.py" "$folder/index.db"
done
