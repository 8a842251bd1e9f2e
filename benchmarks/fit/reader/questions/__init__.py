"""Questions on communities' documents, written for Footnote, without the documents' texts."""
