-- What the chat model was asked, a row for each day (UTC) and asker.
CREATE TABLE used (
    day TEXT NOT NULL,
    -- A server's own library, or `common` for everybody else.
    asker TEXT NOT NULL,
    questions INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    PRIMARY KEY (day, asker)
) WITHOUT ROWID;
