-- A question that was handed to people, once, and what became of it.
CREATE TABLE IF NOT EXISTS hand_offs (
    asked          INTEGER PRIMARY KEY REFERENCES asked (id) ON DELETE CASCADE,
    member         INTEGER NOT NULL,  -- who wanted a person
    channel        INTEGER,           -- where the answer goes; null: directly to them
    message        INTEGER,
    at             TEXT NOT NULL,
    helper_channel INTEGER,           -- where it was posted, and the message; null until then
    post           INTEGER,
    helper         INTEGER,           -- who replied, under which name, and what; null until then
    name           TEXT,
    reply          TEXT,
    link           TEXT
) STRICT;
