-- A question that was answered (or abstained on), or a query whose passages were listed.
CREATE TABLE asked (
    id       INTEGER PRIMARY KEY,  -- Discord's own, of the interaction or message
    guild    INTEGER,              -- null in direct messages
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('question', 'query')),
    question TEXT NOT NULL,
    answered INTEGER,              -- null for a query
    cited    TEXT NOT NULL         -- JSON: places in documents
) STRICT;

CREATE TABLE votes (
    asked  INTEGER NOT NULL REFERENCES asked (id) ON DELETE CASCADE,
    member INTEGER NOT NULL,
    up     INTEGER NOT NULL,
    PRIMARY KEY (asked, member)
) STRICT, WITHOUT ROWID;
