"""A home held against its journal: what was acknowledged is there and answers, nothing by half."""

from collections.abc import Iterable

from retrieval.library import Library
from retrieval.types import Passage
from tests.support.homes import contents, wait_until_whole

from .journal import Expected, Key
from .texts import GONE, VERSIONS, mark, text_of
from .vectors import wrong_vectors


class BrokenError(Exception):
    """A home is not what it must be."""


def check(library: Library, expected: Expected) -> dict[Key, int]:
    """Return what a home that was just opened holds, as the versions of its sources.

    Raises BrokenError, which says what is wrong, where it is not what was written down.
    """
    held = find(library)
    for key in expected.keys() | set(held):
        version = held.get(key, GONE)
        if version not in expected.allowed(key):
            raise BrokenError(f"{key} is there as {version}, not as {expected.allowed(key)}")
    _check_together(held, expected)
    for name in library.home.names():
        _check_answers(library, name, {source: v for (at, source), v in held.items() if at == name})
    return held


def find(library: Library) -> dict[Key, int]:
    """Return what a home holds, after checking that its parts agree with each other."""
    found = dict[Key, int]()
    for name in library.home.names():
        wait_until_whole(library, name)
        connection = library.home.store(name).catalog.connection
        (left,) = connection.execute(
            "SELECT count(*) FROM documents WHERE state <> 'ready'"
        ).fetchone()
        if left:
            raise BrokenError(f"{left} documents of {name} are neither in nor out")
        if wrong := wrong_vectors(library.home.store(name), library.embedder):
            raise BrokenError(f"of {name}, {wrong}")
        for source, text in contents(library, name).texts.items():
            found[name, source] = _version(source, text)
    return found


def _version(source: str, text: str) -> int:
    for version in range(1, VERSIONS + 1):
        if text == text_of(source, version):
            return version
    raise BrokenError(f"{source} holds a text that nobody gave it: {text[:80]!r}")


def _check_together(held: dict[Key, int], expected: Expected) -> None:
    for operation in expected.under_way.values():
        if not operation.together:
            continue
        keys = {
            (operation.library, source): version for source, version in operation.wanted.items()
        }
        if len({held.get(key, GONE) == version for key, version in keys.items()}) > 1:
            raise BrokenError(f"of {operation} a part was done")


def _check_answers(library: Library, name: str, held: dict[str, int]) -> None:
    """Each document is found by its own word and quoted verbatim; its other versions are not."""
    for source, version in held.items():
        text = text_of(source, version)
        for passage in library.search(mark(source, version), libraries=[name])[:1]:
            _check_verbatim(passage, source, text)
            break
        else:
            raise BrokenError(f"{source} of {name} is not found")
        answer = library.ask(f"Where does {mark(source, version)} stand?", libraries=[name])
        if source not in {cited.source for cited in answer.citations}:
            raise BrokenError(f"{source} of {name} does not answer: {answer}")
        for cited in answer.citations:
            if cited.quote != text_of(cited.source, held[cited.source])[cited.start : cited.end]:
                raise BrokenError(f"{cited} is not verbatim")
        others = set(range(1, VERSIONS + 1)) - {version}
        _check_gone(library, name, (mark(source, other) for other in others))


def _check_verbatim(passage: Passage, source: str, text: str) -> None:
    if passage.source != source or passage.text != text[passage.start : passage.end]:
        raise BrokenError(f"{passage} is not what {source} says")


def _check_gone(library: Library, name: str, marks: Iterable[str]) -> None:
    connection = library.home.store(name).catalog.connection
    for word in marks:
        found = connection.execute(
            "SELECT count(*) FROM passages_text WHERE passages_text MATCH ?", [f'"{word}"']
        ).fetchone()
        if found != (0,):
            raise BrokenError(f"{word} is still there")
