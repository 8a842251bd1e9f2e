-- The channels and roles whose people may read a collection of a server's documents. A collection
-- without a row is read by those alone who may manage the server.
CREATE TABLE IF NOT EXISTS collection_bindings (
    server INTEGER NOT NULL,
    collection TEXT NOT NULL, -- its store: names change
    kind TEXT NOT NULL,       -- channel or role
    target INTEGER NOT NULL,
    PRIMARY KEY (server, collection, kind, target)
) WITHOUT ROWID;
