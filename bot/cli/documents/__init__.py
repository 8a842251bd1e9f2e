"""The verbs for documents and what they came from: added, listed, kept up to date, removed."""
