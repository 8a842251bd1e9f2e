"""The errors Footnote raises for things a person can put right."""


class FootnoteError(Exception):
    """Something a person can act on: its message says what happened, to what, and what to do.

    `gone` is true where it is that something which was there is not there any more.
    """

    gone = False


class LoadError(FootnoteError):
    """A file, folder or page could not be turned into text."""
