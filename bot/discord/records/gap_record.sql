-- What somebody did about a question that had no good answer.
CREATE TABLE IF NOT EXISTS settled (
    asked    INTEGER PRIMARY KEY REFERENCES asked (id) ON DELETE CASCADE,
    gap      INTEGER NOT NULL,  -- the question by which those settled with it are found again
    how      TEXT NOT NULL CHECK (how IN ('answered', 'pointed', 'not ours')),
    document TEXT,              -- the id of the document that was written, or pointed at
    title    TEXT,              -- and its title
    member   INTEGER,           -- who did it; null where a document was found to answer it by now
    at       TEXT NOT NULL
) STRICT;

-- Who wants to be told when there is an answer, and where.
CREATE TABLE IF NOT EXISTS waiting (
    asked   INTEGER NOT NULL REFERENCES asked (id) ON DELETE CASCADE,
    member  INTEGER NOT NULL,
    channel INTEGER,            -- null: directly, because nobody else saw the question
    message INTEGER,
    told    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (asked, member)
) STRICT, WITHOUT ROWID;
