"""The processes that read the damaged and hostile files are those of the format tests."""

from tests.retrieval.reading.formats.conftest import parsers

__all__ = ["parsers"]
