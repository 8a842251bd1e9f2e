"""The built-in sample has a library of its own, and goes when documents come."""

from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.source import from_file, sample
from retrieval.types import COMMON, SAMPLE, SAMPLE_LIBRARY
from tests.support.homes import contents, note, opened, put

TEA = "Tea is brewed with water of ninety degrees."
QUESTION = "Who left the UN's human rights office in New York, and why?"


def add_as_before(library: Library, name: str = COMMON) -> None:
    """Adds the sample where older versions put it."""
    [added] = library.add([sample()], name, "footnote")
    assert added.error is None


def sources(library: Library, name: str) -> list[str]:
    return [document.source for document in library.documents(name)]


def test_the_sample_is_added_to_a_home_that_holds_nothing(library: Library) -> None:
    assert library.add_sample()
    assert not library.add_sample()
    assert sources(library, SAMPLE_LIBRARY) == [SAMPLE]
    assert library.ask(QUESTION, libraries=[SAMPLE_LIBRARY]).answered


def test_the_sample_never_stands_in_common(library: Library) -> None:
    library.add_sample()
    assert sources(library, COMMON) == []
    assert library.search(QUESTION) == []


def test_the_sample_is_not_added_beside_documents(library: Library) -> None:
    put(library, [note("tea", TEA)], "somewhere-else")
    assert not library.add_sample()
    assert not library.has(SAMPLE_LIBRARY)
    assert library.documents() == []


@pytest.mark.parametrize("name", [COMMON, "guild-1", SAMPLE_LIBRARY])
def test_the_first_document_of_the_homes_own_ends_it(name: str, library: Library) -> None:
    library.add_sample()
    tea, coffee = library.add([note("tea", TEA), note("coffee", f"{TEA} Not so coffee.")], name)
    assert (tea.ended_sample, coffee.ended_sample) == (True, False)
    assert SAMPLE not in sources(library, SAMPLE_LIBRARY)
    assert contents(library, SAMPLE_LIBRARY).vectors == (2 if name == SAMPLE_LIBRARY else 0)


@pytest.mark.parametrize("name", [COMMON, "guild-1"])
def test_one_from_before_in_common_goes_as_well(name: str, library: Library) -> None:
    add_as_before(library)
    [tea] = put(library, [note("tea", TEA)], name)
    assert tea.ended_sample
    assert SAMPLE not in sources(library, COMMON)


def test_a_document_that_cannot_be_read_ends_nothing(library: Library, tmp_path: Path) -> None:
    library.add_sample()
    [failed] = library.add([from_file(tmp_path / "gone.txt")])
    assert failed.error is not None
    assert not failed.ended_sample
    assert sources(library, SAMPLE_LIBRARY) == [SAMPLE]


def test_one_left_beside_documents_is_dropped(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea", TEA)], "guild-1")
        # As it is where a process was killed between the two, or wrote both long ago.
        list(library._add([sample()], COMMON, "footnote", lambda _: None))
    with opened(tmp_path, embedder) as library:
        assert sources(library, COMMON) == [SAMPLE]
        assert library.drop_sample()
        assert not library.drop_sample()
        assert sources(library, COMMON) == []


def test_a_sample_alone_is_not_dropped_but_moves_out_of_common(library: Library) -> None:
    add_as_before(library)
    assert not library.drop_sample()
    assert library.add_sample()
    assert (sources(library, COMMON), sources(library, SAMPLE_LIBRARY)) == ([], [SAMPLE])


def test_a_document_that_a_person_added_under_that_source_is_theirs(library: Library) -> None:
    [added] = library.add([sample()], added_by="cli")
    assert added.document is not None
    assert library.has_own_documents()
    assert not library.drop_sample()
    assert not library.clear_common()
    assert sources(library, COMMON) == [SAMPLE]


def test_a_refreshed_sample_is_still_the_sample(library: Library) -> None:
    list(library.add([note(SAMPLE, "An older briefing.")], SAMPLE_LIBRARY, "footnote"))
    [refreshed] = library.refresh(library=SAMPLE_LIBRARY)
    assert refreshed.replaced
    assert not library.has_own_documents()


def test_when_the_last_document_goes_the_sample_comes_again(library: Library) -> None:
    library.add_sample()
    [tea] = put(library, [note("tea", TEA)])
    assert tea.document is not None
    library.remove([tea.document.id])
    assert library.add_sample()


def test_a_backup_is_restored_into_a_home_with_the_sample_alone(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    backup = tmp_path / "backup"
    with opened(tmp_path / "old", embedder) as old:
        add_as_before(old)
        list(old._add([note("tea", TEA)], COMMON, "cli", lambda _: None))
        old.back_up(backup)
    with opened(tmp_path / "new", embedder) as new:
        new.add_sample()
        new.restore(backup)
        assert sources(new, COMMON) == ["tea"]
        assert contents(new).vectors == 1
        put(new, [note("coffee", "Coffee is brewed hotter.")], SAMPLE_LIBRARY)
        assert contents(new, SAMPLE_LIBRARY).vectors == 1
