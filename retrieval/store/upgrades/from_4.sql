-- To version 5: sources that hold many documents, and the version before the present one.
ALTER TABLE documents ADD COLUMN declined TEXT;
CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    most INTEGER,
    every TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL,
    looked_at TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT ''
);
CREATE TABLE places (
    source TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    document TEXT NOT NULL DEFAULT '',
    own INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT '',
    failed_since TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (source, place)
);
CREATE INDEX places_by_document ON places (document);
CREATE TABLE earlier (
    id TEXT PRIMARY KEY,
    replaced_at TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    title_given INTEGER NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    text TEXT NOT NULL,
    parts TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    date TEXT NOT NULL,
    headings TEXT NOT NULL,
    rows TEXT NOT NULL,
    validators TEXT
);
