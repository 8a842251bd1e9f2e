-- A channel or forum that documents are taken from.
CREATE TABLE IF NOT EXISTS followed_channels (
    channel    INTEGER PRIMARY KEY,
    server     INTEGER NOT NULL,
    name       TEXT NOT NULL,
    take       TEXT NOT NULL CHECK (take IN ('chosen', 'all')),
    collection TEXT NOT NULL,      -- that its documents go into; '' where all may read them
    added_by   INTEGER,            -- who added it, and in which channel; null from the shell
    added_in   INTEGER,
    added_at   TEXT NOT NULL,
    cursor     TEXT NOT NULL,      -- how far its history has been read
    read       INTEGER NOT NULL,   -- threads and messages that have been read
    whole      INTEGER NOT NULL    -- 1 once all of its history has been
) STRICT;
CREATE INDEX IF NOT EXISTS followed_channels_server ON followed_channels (server);
