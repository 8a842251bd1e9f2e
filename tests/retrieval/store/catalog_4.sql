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
    id TEXT NOT NULL DEFAULT ''          -- what people know the document by
);
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX documents_by_sha256 ON documents (sha256);
CREATE INDEX documents_by_state ON documents (state);

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
    rows BLOB                -- int32 pairs: offset and number of each row of a table in it
);
CREATE INDEX passages_by_document ON passages (document);

CREATE VIRTUAL TABLE passages_text USING fts5 (
    text, content = 'passages', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE passages_terms USING fts5vocab (passages_text, 'row');
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_text (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_text (passages_text, rowid, text) VALUES ('delete', old.id, old.text);
END;
