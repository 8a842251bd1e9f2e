-- To version 3: kinds, authors, dates, headings, rows and validators.
ALTER TABLE documents ADD COLUMN kind TEXT NOT NULL DEFAULT 'text';
ALTER TABLE documents ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN date TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN headings TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN rows TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN validators TEXT;
ALTER TABLE passages ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE passages ADD COLUMN rows BLOB;
CREATE INDEX documents_by_sha256 ON documents (sha256);
