-- A thread, a message by itself, or one that a moderator edited or added, that became a document.
CREATE TABLE IF NOT EXISTS kept_threads (
    id       INTEGER PRIMARY KEY,  -- Discord's, of the thread or the message; below 0 for a file
    server   INTEGER NOT NULL,
    channel  INTEGER NOT NULL,     -- the channel or forum
    place    INTEGER NOT NULL,     -- the thread or the channel in which its messages are
    kind     TEXT NOT NULL,        -- 'thread', 'message', 'edited', 'added', 'file'
    document TEXT NOT NULL,        -- the document's id; '' while there is none
    digest   TEXT NOT NULL,        -- of what the document was made of; '' while it is erased
    store    TEXT NOT NULL,        -- the library or collection that it went into; '' if unknown
    tagged   INTEGER NOT NULL      -- 1 where the thread had the tag of what is solved
) STRICT;
CREATE INDEX IF NOT EXISTS kept_threads_channel ON kept_threads (channel);

-- The messages whose words a document is made of, and who wrote them.
CREATE TABLE IF NOT EXISTS kept_messages (
    message INTEGER NOT NULL,
    thread  INTEGER NOT NULL REFERENCES kept_threads (id) ON DELETE CASCADE,
    author  INTEGER NOT NULL,
    PRIMARY KEY (message, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept_messages_thread ON kept_messages (thread);
CREATE INDEX IF NOT EXISTS kept_messages_author ON kept_messages (author);

-- A message that somebody marked as an answer.
CREATE TABLE IF NOT EXISTS marked_answers (
    message INTEGER PRIMARY KEY,
    thread  INTEGER NOT NULL,
    server  INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    member  INTEGER NOT NULL,      -- who did
    trusted INTEGER NOT NULL,      -- 1 where staff did, or whom the server trusts
    at      TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS marked_answers_thread ON marked_answers (thread);
