-- One library. Documents and passages are the truth; the full text index follows them by triggers.

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- A row is one version of a document. Its id stays when a source has new content, so two versions
-- share it while the one takes the other's place; but only one of them is ever ready.
CREATE TABLE documents (
    version TEXT PRIMARY KEY, -- the first 48 bits of its content's SHA-256
    title TEXT NOT NULL,
    title_given INTEGER NOT NULL, -- 1 where a person gave it, 0 where it was read
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,    -- of the bytes it was read from
    bytes INTEGER NOT NULL,
    text TEXT NOT NULL,      -- what was extracted, whole
    parts TEXT NOT NULL,     -- JSON: [offset, page or null] for each page or part, in order
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    state TEXT NOT NULL,     -- pending, ready, removing
    kind TEXT NOT NULL DEFAULT 'text',   -- what it was: pdf, docx, html …
    author TEXT NOT NULL DEFAULT '',     -- as the document says, like the date
    date TEXT NOT NULL DEFAULT '',
    headings TEXT NOT NULL DEFAULT '[]', -- JSON: [offset, level, title] for each, in order
    rows TEXT NOT NULL DEFAULT '[]',     -- JSON: [offset, number] for each row of a table, in order
    validators TEXT,                     -- JSON: what a web server knows this version by
    id TEXT NOT NULL DEFAULT '',         -- what people know the document by
    declined TEXT,                       -- JSON: SHA-256 and version of what it was taken back from
    language TEXT NOT NULL DEFAULT ''    -- ISO 639-1; '' for English that nobody told
);
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX documents_by_sha256 ON documents (sha256);
CREATE INDEX documents_by_state ON documents (state);
CREATE INDEX documents_by_language ON documents (state, language);

-- AUTOINCREMENT: a passage's number is never used again, so that a vector left behind by a crash
-- can never be taken for another passage's.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL REFERENCES documents (version) ON DELETE CASCADE,
    page INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    sentences BLOB NOT NULL, -- int32 pairs: offsets into the document's text
    vectors BLOB,            -- float16 rows: one for each sentence
    pieces BLOB,             -- int32: the word pieces of the text, as the model's tokenizer has them
    piece_spans BLOB,        -- int32 pairs: from and up to which of them each sentence goes
    section TEXT NOT NULL DEFAULT '', -- the headings that it stands under, outermost first
    rows BLOB,               -- int32 pairs: offset and number of each row of a table in it
    terms TEXT               -- what the full text has of it, where it isn't in English
);
CREATE INDEX passages_by_document ON passages (document);

-- English is stemmed by the index itself.
CREATE VIEW passages_indexed AS SELECT id, coalesce(terms, text) AS text FROM passages;
CREATE VIRTUAL TABLE passages_text USING fts5 (
    text, content = 'passages_indexed', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE passages_terms USING fts5vocab (passages_text, 'row');
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_text (rowid, text) VALUES (new.id, coalesce(new.terms, new.text));
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_text (passages_text, rowid, text)
    VALUES ('delete', old.id, coalesce(old.terms, old.text));
END;

-- What documents came from and is looked at again: a folder, a site, an archive; or `single`, for
-- all files and pages that were added one by one.
CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,                 -- a whole path, or an address
    most INTEGER,                        -- pages of a site that are taken at most
    every TEXT NOT NULL DEFAULT '',      -- hourly, daily, weekly or never; '' as the setting says
    added_at TEXT NOT NULL,
    looked_at TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0, -- looks in a row that came to nothing
    failure TEXT NOT NULL DEFAULT ''     -- and why the last of them did
);
-- The files or pages that such a source lists.
CREATE TABLE places (
    source TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    document TEXT NOT NULL DEFAULT '',     -- the id of what stands there; '' where nothing was read
    own INTEGER NOT NULL DEFAULT 0,        -- 1 where the document was read there, not elsewhere
    left_out INTEGER NOT NULL DEFAULT 0,   -- 1 where a person removed the document
    failure TEXT NOT NULL DEFAULT '',      -- why it could not be read the last time
    failed_since TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (source, place)
);
CREATE INDEX places_by_document ON places (document);

-- The version that a document had before the one it has now, as in `documents`.
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
    validators TEXT,
    language TEXT NOT NULL DEFAULT ''
);

-- Where people can open what begins at an offset of a version's text: a message, a file at a commit.
CREATE TABLE links (
    document TEXT NOT NULL REFERENCES documents (version) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (document, start)
) WITHOUT ROWID;

-- The hyperlinks that a reader sees in a version's text, and where they lead.
CREATE TABLE hyperlinks (
    document TEXT NOT NULL REFERENCES documents (version) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (document, start)
) WITHOUT ROWID;
