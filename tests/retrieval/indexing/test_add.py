"""Documents go into a library whole, once, in one version, and out of it without a trace."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.embedding.embedder import SentenceEmbedder, Vectors
from retrieval.embedding.model import Span
from retrieval.embedding.pooling import Embedded
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.reading.source import from_file, from_memory, from_paths, from_text, sample
from retrieval.store.passages import StoredPassage, all_numbers, read_passages
from tests.support.homes import contents, extracted, note, opened, put
from tests.support.texts.any_text import DOCUMENTS

pytestmark = pytest.mark.long

TEA = "Tea is brewed from leaves. The water should be hot."
COFFEE = "Coffee is brewed from roasted beans. The water should be a little cooler."
LONG = "\n\n".join(
    f"Part {number} of the record says that ferry {number} carried {number * 37} people. " * 6
    for number in range(12)
)


class OddError(RuntimeError):
    """An error that no one foresaw."""


class FailingEmbedder(SentenceEmbedder):
    """A model that gives up after a number of passages."""

    def __init__(self, base: SentenceEmbedder) -> None:
        super().__init__(base.name, load=lambda: base.model)
        self.base = base
        self.left = 1000

    @property
    def twin(self) -> "FailingEmbedder":
        """Itself: it is the twin that adding uses."""
        return self

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> Iterator[tuple[int, Embedded]]:
        for found in super().embed_passages(texts, sentences):
            if self.left == 0:
                raise OddError
            self.left -= 1
            yield found

    def _encode(self, texts: list[str]) -> Vectors:
        return encoded(self.base, tuple(texts))


@cache
def encoded(embedder: SentenceEmbedder, texts: tuple[str, ...]) -> Vectors:
    """The vectors of texts, computed once."""
    return embedder.model.encode(texts)


# Adding


@settings(max_examples=10)
@given(text=DOCUMENTS, other=DOCUMENTS)
def test_adding_twice_changes_nothing(
    text: str, other: str, house: Library, unused_name: Callable[[], str]
) -> None:
    name = unused_name()
    put(house, [note("a", text), note("b", other)], name)
    once = contents(house, name)
    again = put(house, [note("b", other), note("a", text)], name)
    assert all(result.unchanged for result in again)
    assert contents(house, name) == once


@settings(max_examples=10)
@given(text=DOCUMENTS, other=DOCUMENTS.filter(lambda text: len(text) > 20))
def test_remove_undoes_add(
    text: str, other: str, house: Library, unused_name: Callable[[], str]
) -> None:
    name = unused_name()
    put(house, [note("a", text)], name)
    before = contents(house, name)
    [added] = put(house, [note("b", text + "\n\n" + other)], name)
    assert added.document is not None
    house.remove([added.document.id], name)
    assert contents(house, name) == before


@settings(max_examples=10)
@given(text=DOCUMENTS)
def test_the_stored_text_is_what_was_extracted(
    text: str, house: Library, unused_name: Callable[[], str]
) -> None:
    [added] = put(house, [note("notes.txt", text)], name := unused_name())
    assert added.document is not None
    [part] = extracted(note("notes.txt", text))
    assert house.text(added.document.id, name) == part.page_content
    assert added.document.bytes == len(text.encode())


def test_a_document_is_told_of_when_it_is_in(library: Library) -> None:
    [added] = put(library, [note("tea", TEA, title="About tea")])
    assert added.document is not None
    assert (added.source, added.unchanged, added.replaced) == ("tea", False, False)
    assert (added.document.title, added.document.source) == ("About tea", "tea")
    assert (added.document.state, added.document.added_by) == ("ready", "cli")
    assert added.document.added_at.endswith("Z")
    assert library.documents() == [added.document]


def test_progress_counts_every_passage_once(library: Library) -> None:
    seen: list[int] = []
    list(library.add([note("a", LONG), note("b", TEA)], progress=seen.append))
    assert sum(seen) == sum(document.passages for document in library.documents())


def test_one_content_from_two_sources_of_one_call_is_one_document(library: Library) -> None:
    first, second = put(library, [note("a", TEA), note("b", TEA)])
    assert not first.unchanged
    assert second.unchanged
    assert first.document == second.document
    assert contents(library).texts == {"a": TEA}


def test_known_content_from_another_source_is_unchanged(library: Library) -> None:
    put(library, [note("a", TEA)])
    [result] = put(library, [note("b", TEA)])
    assert result.unchanged
    assert result.document is not None
    assert result.document.source == "a"
    assert list(contents(library).texts) == ["a"]


def test_what_cannot_be_read_does_not_stop_the_rest(library: Library, tmp_path: Path) -> None:
    (tmp_path / "tea.txt").write_text(TEA)
    (tmp_path / "empty.txt").write_text("  \n")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    named = [*sorted(map(str, tmp_path.glob("*.txt"))), str(tmp_path / "gone.txt")]
    results = list(library.add(from_paths(named)))
    assert [Path(r.source).name for r in results if r.error] == [
        "empty.txt", "picture.txt", "gone.txt",
    ]  # fmt: skip
    assert list(contents(library).texts.values()) == [TEA]


def test_standard_input_is_known_by_its_content(library: Library) -> None:
    put(library, [from_text(TEA.encode()), from_text(COFFEE.encode())])
    assert sorted(contents(library).texts.values()) == sorted([TEA, COFFEE])


# New versions


@settings(max_examples=10)
@given(versions=st.lists(DOCUMENTS, min_size=2, max_size=4))
def test_the_newest_version_of_a_source_is_the_only_one(
    versions: list[str], house: Library, unused_name: Callable[[], str]
) -> None:
    name = unused_name()
    put(house, [note("other", "Of another source.")], name)
    for version in versions:
        put(house, [note("source", version)], name)
        [part] = extracted(note("source", version))
        assert contents(house, name).texts == {
            "other": "Of another source.",
            "source": part.page_content,
        }


def test_a_new_version_is_told_of_as_one(library: Library) -> None:
    put(library, [note("a", TEA)])
    [result] = put(library, [note("a", COFFEE)])
    assert result.replaced
    assert not result.unchanged


def test_until_a_new_version_is_in_the_old_one_answers(library: Library) -> None:
    put(library, [note("a", TEA), note("b", COFFEE)])
    question = "How is it brewed, and how hot should the water be?"
    before, seen = library.search(question, k=10), []
    listed = library.documents()

    def look(_: int) -> None:
        seen.append(library.search(question, k=10))
        assert [d for d in library.documents() if d.state == "ready"] == listed

    list(library.add([note("a", f"{TEA} {LONG}"), note("c", LONG)], progress=look))
    assert seen
    assert {p.text for found in seen for p in found} == {p.text for p in before}
    assert {p.document for found in seen for p in found} == {p.document for p in before}
    assert len(library.search(question, k=10)) > len(before)


def test_two_versions_in_one_call_leave_the_later_one(library: Library) -> None:
    results = list(library.add([note("a", TEA), note("b", LONG), note("a", COFFEE)]))
    assert contents(library).texts == {"a": COFFEE, "b": LONG}
    assert all(result.error is not None or result.document is not None for result in results)


def test_a_source_that_now_says_what_another_says_keeps_no_older_version(library: Library) -> None:
    put(library, [note("a", TEA), note("b", COFFEE)])
    put(library, [note("b", TEA)])
    assert list(contents(library).texts.values()) == [TEA]


def test_an_older_version_comes_back_when_its_source_says_it_again(library: Library) -> None:
    for text in (TEA, COFFEE, TEA):
        put(library, [note("a", text)])
        assert contents(library).texts == {"a": text}


def test_the_version_that_was_known_comes_back_if_it_is_the_later_one(library: Library) -> None:
    put(library, [note("a", TEA)])
    put(library, [note("a", COFFEE), note("a", TEA)])
    assert contents(library).texts == {"a": TEA}


def test_refresh_reads_files_again(library: Library, tmp_path: Path) -> None:
    tea, coffee = tmp_path / "tea.txt", tmp_path / "coffee.txt"
    tea.write_text(TEA)
    coffee.write_text(COFFEE)
    put(library, [from_file(tea), from_file(coffee)])
    tea.write_text(LONG)
    results = {Path(result.source).name: result for result in library.refresh()}
    assert results["tea.txt"].replaced
    assert results["coffee.txt"].unchanged
    assert sorted(contents(library).texts.values()) == sorted([LONG, COFFEE])


def test_refresh_of_one_leaves_the_others(library: Library, tmp_path: Path) -> None:
    paths = [tmp_path / "tea.txt", tmp_path / "coffee.txt"]
    for path in paths:
        path.write_text(path.stem)
    put(library, map(from_file, paths))
    for path in paths:
        path.write_text(f"More on {path.stem}")
    tea = next(d.id for d in library.documents() if d.source.endswith("tea.txt"))
    assert len(list(library.refresh([tea]))) == 1
    assert sorted(contents(library).texts.values()) == ["More on tea", "coffee"]


def test_refresh_keeps_what_can_no_longer_be_read(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "tea.txt"
    path.write_text(TEA)
    put(library, [from_file(path), sample()])
    before = contents(library)
    path.unlink()
    assert [result.error is None for result in library.refresh()] == [False, True]
    assert contents(library) == before


def test_what_was_piped_in_is_refreshed_only_where_it_is_named(library: Library) -> None:
    put(library, [from_text(COFFEE.encode()), sample()])
    before = contents(library)
    piped = next(d for d in library.documents() if d.source.startswith("stdin:"))
    assert [result.source for result in library.refresh()] == ["footnote:sample"]
    [result] = library.refresh([piped.id])
    assert result.error is not None
    assert contents(library) == before


# Titles


def test_a_title_given_later_is_taken_over(library: Library) -> None:
    put(library, [note("a", TEA)])
    [result] = put(library, [note("a", TEA, title="All about tea")])
    assert result.unchanged
    assert result.document is not None
    assert result.document.title == "All about tea"
    [passage] = library.search("tea", k=1)
    assert passage.title == "All about tea"


def stored(library: Library, name: str) -> list[StoredPassage]:
    """Return what a library keeps of its passages, in the order of its texts."""
    connection = library.home.store(name).catalog.connection
    found = read_passages(connection, all_numbers(connection))
    return sorted(found, key=lambda passage: (passage.document, passage.start))


def nearness(library: Library, question: str, name: str) -> dict[tuple[str, int], float]:
    """Return how near each passage's vector is to a question, by the passage's source and start."""
    places = {passage.id: (passage.source, passage.start) for passage in stored(library, name)}
    vector = library.embedder.query_vector(question)
    cosines = library.home.store(name).index.nearest(vector, 50)
    return {places[number]: cosine for number, cosine in cosines.items()}


def test_a_passage_is_embedded_under_the_title_of_its_document(library: Library) -> None:
    put(library, [note("a", LONG, title="Ferries of Holm")], "titled")
    put(library, [note("a", LONG, title="Untold")], "other")
    for one, other in zip(stored(library, "titled"), stored(library, "other"), strict=True):
        assert not np.allclose(one.vectors, other.vectors, atol=0.01)
        assert one.text == other.text
        assert one.sentences.tolist() == other.sentences.tolist()
        assert one.pieces.tolist() == other.pieces.tolist()
        assert one.piece_spans.tolist() == other.piece_spans.tolist()
    titled, other_title = (nearness(library, "Ferries of Holm", n) for n in ("titled", "other"))
    assert all(titled[place] > other_title[place] for place in titled)


def test_a_new_title_is_read_by_the_model_as_if_it_had_been_there_from_the_start(
    library: Library,
) -> None:
    put(library, [note("a", LONG, title="Ferries of Holm")], "at-once")
    put(library, [note("a", LONG, title="Untold"), note("b", TEA, title="Tea")], "later")
    put(library, [note("a", LONG, title="Ferries of Holm")], "later")
    assert contents(library, "later").titles == {"a": "Ferries of Holm", "b": "Tea"}
    later = [passage for passage in stored(library, "later") if passage.source == "a"]
    for one, other in zip(stored(library, "at-once"), later, strict=True):
        assert np.allclose(one.vectors, other.vectors, atol=1e-3)
    expected, found = (nearness(library, "Holm", name) for name in ("at-once", "later"))
    assert all(found[place] == pytest.approx(expected[place], abs=1e-4) for place in expected)


def test_known_content_is_embedded_again_only_for_a_new_title(
    tmp_path: Path, other_embedder: SentenceEmbedder
) -> None:
    embedder = FailingEmbedder(other_embedder)
    with opened(tmp_path, embedder) as library:
        put(library, [note("a", TEA, title="About tea"), note("b", COFFEE)])
        embedder.left = 0
        known = [note("a", TEA), note("a", TEA, title=" About\ttea"), note("b", COFFEE)]
        assert all(result.unchanged for result in put(library, known))
        with pytest.raises(OddError):
            put(library, [note("a", TEA, title="All about tea")])


def test_a_text_at_hand_is_a_document_under_the_name_and_title_it_is_given(
    library: Library,
) -> None:
    put(library, [from_memory("memory:tea", f"# Heading\n\n{TEA}", "About tea")])
    assert contents(library).titles == {"memory:tea": "About tea"}
    assert library.search("How hot should the water be?")[0].source == "memory:tea"


def test_a_title_is_tidied_alike_whenever_it_is_given(library: Library) -> None:
    for title, tidy in (("  All about\n tea ", "All about tea"), ("t" * 500, "t" * 200)):
        put(library, [note("a", TEA, title), note("b", COFFEE)])
        put(library, [note("a", TEA, title), note("b", COFFEE, title)])
        assert contents(library).titles == {"a": tidy, "b": tidy}
        library.remove([document.id for document in library.documents()])


def test_an_empty_title_is_none(library: Library) -> None:
    put(library, [note("a", TEA)])
    before = contents(library).titles
    put(library, [note("a", TEA, title=" ")])
    assert contents(library).titles == before


def test_a_title_stays_when_a_document_is_added_again_without_one(library: Library) -> None:
    put(library, [note("a", TEA, title="All about tea")])
    put(library, [note("a", TEA)])
    assert contents(library).titles == {"a": "All about tea"}


def test_refresh_keeps_a_title_that_was_given(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "tea.txt"
    path.write_text(TEA)
    put(library, [from_file(path, "All about tea")])
    path.write_text(COFFEE)
    list(library.refresh())
    assert list(contents(library).titles.values()) == ["All about tea"]


# Removing


def test_removal_is_of_all_or_none(library: Library) -> None:
    put(library, [note("a", TEA), note("b", COFFEE)])
    before = contents(library)
    with pytest.raises(FootnoteError, match="no document 'nonsense'"):
        library.remove([library.documents()[0].id, "nonsense"])
    assert contents(library) == before


def test_what_was_removed_no_longer_answers(library: Library) -> None:
    put(library, [note("a", TEA), note("b", COFFEE)])
    [removed] = library.remove([library.documents()[0].id])
    assert removed.source == "a"
    assert {passage.document for passage in library.search("How is tea brewed?")} == {
        library.documents()[0].id
    }
    with pytest.raises(FootnoteError, match="no document"):
        library.text(removed.id)


def test_a_document_named_twice_is_removed_once(library: Library) -> None:
    put(library, [note("a", TEA)])
    id = library.documents()[0].id
    assert len(library.remove([id, id])) == 1


# Failing on the way


@pytest.mark.parametrize("after", [0, 1, 9, 270])
def test_a_failure_on_the_way_leaves_the_library_as_it_was(
    after: int, tmp_path: Path, other_embedder: SentenceEmbedder
) -> None:
    embedder = FailingEmbedder(other_embedder)
    longer = "\n\n".join(f"{number}. {LONG}" for number in range(15))
    news = [note("b", COFFEE), note("a", longer)]
    with opened(tmp_path, embedder) as library:
        put(library, [note("a", TEA)])
        before = contents(library)
        embedder.left = after
        with pytest.raises(OddError):
            list(library.add(news))
        assert contents(library) == before
        embedder.left = 1000
        put(library, news)
        assert set(contents(library).texts) == {"a", "b"}
        assert contents(library).texts["b"] == COFFEE
        assert contents(library).passages > 270


def test_whoever_asks_while_a_source_is_replaced_finds_one_version_of_it(library: Library) -> None:
    put(library, [note("a", "The kettle stands in room 0.")])
    replaced, found = Event(), list[int]()

    def ask() -> None:
        while not replaced.is_set():
            found.append(len(library.search("Where is the kettle?")))

    with ThreadPoolExecutor() as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        for room in range(1, 26):
            put(library, [note("a", f"The kettle stands in room {room}.")])
        replaced.set()
        for asked in asking:
            asked.result()
    assert set(found) == {1}
