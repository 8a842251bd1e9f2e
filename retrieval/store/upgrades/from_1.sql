-- To version 2: what the model's tokenizer made of passages. They are to be embedded anew.
ALTER TABLE passages ADD COLUMN pieces BLOB;
ALTER TABLE passages ADD COLUMN piece_spans BLOB;
UPDATE settings SET value = '(an older Footnote)' WHERE name = 'embedding_model';
