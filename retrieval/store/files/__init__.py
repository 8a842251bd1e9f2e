"""Files of a home beside its libraries: records in SQLite, and the synonyms."""
