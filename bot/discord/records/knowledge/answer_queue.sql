-- An answer that somebody proposed, until a moderator takes or declines it. Its words stand where
-- they were written, and nowhere here.
CREATE TABLE IF NOT EXISTS answer_queue (
    id      INTEGER PRIMARY KEY,
    server  INTEGER NOT NULL,
    channel INTEGER NOT NULL,      -- the channel or forum
    thread  INTEGER NOT NULL,      -- the thread; the channel itself where it is in none
    message INTEGER NOT NULL UNIQUE,
    member  INTEGER NOT NULL,      -- who proposed it; 0 for a tag
    how     TEXT NOT NULL CHECK (how IN ('menu', 'tag', 'reply')),
    asked   INTEGER,               -- the question that a helper's reply is for
    state   TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'declined')),
    at      TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS answer_queue_server ON answer_queue (server, state);
