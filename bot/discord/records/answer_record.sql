-- Where the answer to a question is shown to all who read the channel; private ones have no row.
CREATE TABLE IF NOT EXISTS shown_answers (
    asked   INTEGER PRIMARY KEY REFERENCES asked (id) ON DELETE CASCADE,
    channel INTEGER NOT NULL,
    message INTEGER NOT NULL
) STRICT;

-- A question that was asked on an answer, and the question which that had answered.
CREATE TABLE IF NOT EXISTS follow_ups (
    asked  INTEGER PRIMARY KEY REFERENCES asked (id) ON DELETE CASCADE,
    before INTEGER NOT NULL
) STRICT;

-- Why an answer did not help a member. It counts while the member's vote is against the answer.
CREATE TABLE IF NOT EXISTS reasons (
    asked  INTEGER NOT NULL REFERENCES asked (id) ON DELETE CASCADE,
    member INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (asked, member)
) STRICT, WITHOUT ROWID;
