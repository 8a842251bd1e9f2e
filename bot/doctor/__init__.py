"""The checks of `footnote doctor`, one module a subject."""
