"""The libraries of a home: questions in and cited answers back, documents in and out."""

from .library import Library, open_library

__all__ = ["Library", "open_library"]
