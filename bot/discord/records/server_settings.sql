-- A server's own choices; a server that chose nothing has no row.
CREATE TABLE IF NOT EXISTS server_settings (
    server   INTEGER PRIMARY KEY,  -- Discord's own number
    settings TEXT NOT NULL         -- JSON: what was chosen, without what was left as it comes
) STRICT;
