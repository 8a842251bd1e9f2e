"""The errors Footnote raises for things a person can put right."""


class FootnoteError(Exception):
    """Something a person can act on: its message says what happened, to what, and what to do.

    `gone` is true where it is that something which was there is not there any more. A message with
    `{fields}` and the values for them can be said in other languages as well.
    """

    gone = False

    def __init__(self, said: str = "", /, **values: object) -> None:
        super().__init__(said.format(**values) if values else said)
        self.said, self.values = said, values


class LoadError(FootnoteError):
    """A file, folder or page could not be turned into text."""
