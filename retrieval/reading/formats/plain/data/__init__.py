"""Read data in text: CSV, JSON, YAML and TOML, as records, settings and messages."""
