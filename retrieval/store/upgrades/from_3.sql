-- To version 4: a document keeps its id, and each content is a version of it.
ALTER TABLE documents RENAME COLUMN id TO version;
ALTER TABLE documents ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE documents SET id = version;
CREATE INDEX documents_by_id ON documents (id);
