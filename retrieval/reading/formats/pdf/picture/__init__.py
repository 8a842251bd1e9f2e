"""Read the text in pictures: photographs, scans, and pages of a PDF that are pictures."""
