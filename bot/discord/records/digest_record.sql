-- When a server was last sent its digest.
CREATE TABLE IF NOT EXISTS digests (
    guild INTEGER PRIMARY KEY,
    at    TEXT NOT NULL
) STRICT;
