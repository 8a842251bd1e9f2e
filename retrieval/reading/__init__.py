"""Read anything a person names into text with headings, rows and pages."""
