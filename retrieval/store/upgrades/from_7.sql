-- To version 8: languages. What is there is English until `footnote reindex` tells otherwise.
ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE earlier ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE passages ADD COLUMN terms TEXT;
CREATE INDEX documents_by_language ON documents (state, language);
DROP TRIGGER passages_added;
DROP TRIGGER passages_removed;
DROP TABLE passages_terms;
DROP TABLE passages_text;
CREATE VIEW passages_indexed AS SELECT id, coalesce(terms, text) AS text FROM passages;
CREATE VIRTUAL TABLE passages_text USING fts5 (
    text, content = 'passages_indexed', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE passages_terms USING fts5vocab (passages_text, 'row');
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_text (rowid, text) VALUES (new.id, coalesce(new.terms, new.text));
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_text (passages_text, rowid, text)
    VALUES ('delete', old.id, coalesce(old.terms, old.text));
END;
INSERT INTO passages_text (passages_text) VALUES ('rebuild');
