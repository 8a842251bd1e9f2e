-- To version 7: the hyperlinks that a reader sees in a version's text, and where they lead.
CREATE TABLE hyperlinks (
    document TEXT NOT NULL REFERENCES documents (version) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (document, start)
) WITHOUT ROWID;
