-- Who asked a question that is on record. It goes with the question.
CREATE TABLE IF NOT EXISTS askers (
    asked  INTEGER PRIMARY KEY,
    member INTEGER NOT NULL     -- 0 for somebody who opted out, of whose question no word is kept
) STRICT;

-- Who opted out, in a server or everywhere: keyed digests, so that nobody's number stands here.
CREATE TABLE IF NOT EXISTS opted_out (mark BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS opted_out_key (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL) STRICT;
