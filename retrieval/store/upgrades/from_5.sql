-- To version 6: where what a document says can be opened, if that isn't its source.
CREATE TABLE links (
    document TEXT NOT NULL REFERENCES documents (version) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (document, start)
) WITHOUT ROWID;
