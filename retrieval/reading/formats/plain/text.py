"""Plain text: kept as it is."""

from retrieval.reading.formats.content import Gathering


def read_plain(text: str, gathering: Gathering) -> None:
    """Add the text as it is."""
    gathering.add_laid_out(text)
