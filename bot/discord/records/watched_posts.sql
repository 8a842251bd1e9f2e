-- A forum post, or a question in a watched channel, that the bot answers unasked or lets be.
CREATE TABLE IF NOT EXISTS watched_posts (
    id       INTEGER PRIMARY KEY,  -- Discord's own, of the message; a forum post's thread has the same
    server   INTEGER NOT NULL,
    channel  INTEGER NOT NULL,     -- the forum, or the channel
    asker    INTEGER NOT NULL,
    at       TEXT NOT NULL,        -- when it was written
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'answering', 'answered', 'let be')),
    why      TEXT NOT NULL,        -- of what is let be
    thread   INTEGER,              -- the thread that it is answered in, if any
    answered TEXT                  -- when an answer was begun
) STRICT;
CREATE INDEX IF NOT EXISTS watched_posts_answered ON watched_posts (server, answered);
CREATE INDEX IF NOT EXISTS watched_posts_thread ON watched_posts (thread);
