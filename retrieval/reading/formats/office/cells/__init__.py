"""The cells of Excel: their formats, and what they show of a value."""
