"""One library serves many threads: each finds documents whole, once, in one version."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import numpy as np
import pytest

from retrieval.answer.citation import passage_around
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.torch_model import TorchModel
from retrieval.errors import FootnoteError
from retrieval.indexing import embed_passages as indexing
from retrieval.library import Library
from retrieval.reading.source import Source, from_file
from retrieval.search.candidates import find_candidates
from retrieval.store.inventory import Census, Size, measure_size, take_census
from retrieval.store.library_store import LibraryStore
from retrieval.store.lifecycle import discard, withdraw
from retrieval.store.vectors.library_index import VectorIndex
from retrieval.types import Added, Answer
from tests.support.homes import PATIENCE, at_once, contents, note, opened, put
from tests.support.models.bundled import reference

TEA = "Tea is brewed from leaves. The water should be hot."
FERRY = "The ferry to the island leaves at noon. A ticket costs four crowns."
BRIDGE = "The bridge was opened in 1912. It has nine arches of red stone."
QUESTIONS = ["How should the water be?", "When does the ferry leave?", "When was it opened?"]
LONG = "\n\n".join(
    f"Part {number} of the record says that boat {number} carried {number * 37} people. " * 6
    for number in range(16)
)


QUERY = np.ones(384, dtype=np.float32) / np.float32(384**0.5)


class StoppedError(RuntimeError):
    """Raised by those who watch an addition, to stop it."""


class Addition:
    """An addition in a thread of its own that waits at some passage until it is told to go on."""

    def __init__(
        self, library: Library, sources: list[Source], pool: ThreadPoolExecutor, at: int
    ) -> None:
        self.left = at
        self.half_way, self.go_on = Event(), Event()
        self.error: Exception | None = None
        self.results: Future[list[Added]] = pool.submit(
            lambda: list(library.add(sources, progress=self._progress))
        )
        assert self.half_way.wait(PATIENCE)

    def _progress(self, _: int) -> None:
        self.left -= 1
        if self.left == 0:
            self.half_way.set()
            assert self.go_on.wait(PATIENCE)
        if self.error is not None:
            raise self.error

    def finish(self) -> list[Added]:
        self.go_on.set()
        return self.results.result(PATIENCE)

    def stop(self) -> None:
        self.error = StoppedError()
        with pytest.raises(StoppedError):
            self.finish()


@contextmanager
def adding(library: Library, *sources: Source, at: int = 1) -> Iterator[Addition]:
    """An addition that has come half way."""
    with ThreadPoolExecutor(1) as pool:
        addition = Addition(library, list(sources), pool, at)
        try:
            yield addition
        finally:
            addition.go_on.set()


def answer(library: Library, question: str, name: str = "common") -> Answer:
    return replace(library.ask(question, libraries=[name]), elapsed_ms=0.0)


# Asking


def test_answers_are_the_same_whoever_else_asks_adds_removes_and_lists(library: Library) -> None:
    put(library, [note("tea", TEA), note("ferry", FERRY), note("bridge", BRIDGE)])
    alone = {question: answer(library, question) for question in QUESTIONS}
    assert any(found.answered for found in alone.values())

    def ask() -> None:
        for question in QUESTIONS * 4:
            assert answer(library, question) == alone[question]

    def change(number: int) -> Callable[[], None]:
        def work() -> None:
            for turn in range(3):
                put(library, [note(f"{number}", f"Boat {number} sailed {turn} times.")], "other")
                for info in library.documents("other"):
                    if info.source == f"{number}":
                        library.remove([info.id], "other")
            put(library, [note(f"{number}", f"Boat {number} is back.")], "other")

        return work

    put(library, [note("first", "It is there.")], "other")
    at_once([*[ask] * 3, *[change(number) for number in range(3)]])
    assert contents(library).texts == {"tea": TEA, "ferry": FERRY, "bridge": BRIDGE}
    assert contents(library, "other").texts == {
        "first": "It is there.",
        **{f"{number}": f"Boat {number} is back." for number in range(3)},
    }


def test_a_library_is_asked_while_its_documents_come_change_and_go(
    library: Library, tmp_path: Path
) -> None:
    path, done = tmp_path / "kettle.txt", Event()
    path.write_text("The kettle stands in room 0.")
    put(library, [from_file(path), note("tea", TEA)])

    def refresh() -> None:
        for room in range(1, 6):
            path.write_text(f"The kettle stands in room {room}.")
            assert [result.error for result in library.refresh()] == [None]

    def come_and_go() -> None:
        for turn in range(5):
            [added] = put(library, [note("boat", f"{LONG}\n\nIt sailed {turn} times.")])
            assert added.document is not None
            library.remove([added.document.id])

    def ask() -> None:
        while not done.is_set():
            found = library.search("Where is the kettle?", k=3)
            assert [passage.source for passage in found].count(str(path.resolve())) == 1
            assert library.ask(QUESTIONS[0]).citations[0].source == "tea"
            ready = [info.source for info in library.documents() if info.state == "ready"]
            assert len(set(ready)) == len(ready)
            assert library.census().missing == library.census().stray == 0

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        try:
            at_once([refresh, come_and_go])
        finally:
            done.set()
        for asked in asking:
            asked.result(PATIENCE)
    assert contents(library).texts == {
        str(path.resolve()): "The kettle stands in room 5.",
        "tea": TEA,
    }


def test_a_question_is_answered_while_a_document_is_being_embedded(library: Library) -> None:
    put(library, [note("tea", TEA)])
    alone = answer(library, QUESTIONS[0])
    with adding(library, note("boats", LONG)) as addition:
        during = answer(library, QUESTIONS[0])
        assert during.citations == alone.citations
        assert {passage.source for passage in during.passages} == {"tea"}
        addition.finish()


def test_questions_and_additions_do_not_wait_for_each_others_use_of_the_model(
    tmp_path: Path,
) -> None:
    embedder = SentenceEmbedder(load=reference)  # ONNX Runtime keeps no thread waiting at all
    models = embedder.model, embedder.twin.model
    assert isinstance(models[0], TorchModel)
    assert isinstance(models[1], TorchModel)
    with opened(tmp_path / "home", embedder) as library, ThreadPoolExecutor(1) as pool:
        put(library, [note("tea", TEA)])
        with models[1]._lock:
            assert pool.submit(library.ask, QUESTIONS[0]).result(PATIENCE).answered
        with models[0]._lock:
            pool.submit(put, library, [note("ferry", FERRY)]).result(PATIENCE)
        assert contents(library).texts == {"tea": TEA, "ferry": FERRY}


READS: list[Callable[[LibraryStore, str], object]] = [
    lambda store, id: [info.title for info in store.catalog.documents()] == ["After"],
    lambda store, id: store.catalog.document(id) in store.catalog.documents(),
    lambda store, id: store.catalog.given_title(id) == "After",
    lambda store, id: getattr(passage_around(store, id, 0, 3), "title", "") == "After",
    lambda store, id: (
        [c.stored.title for c in find_candidates([store], QUERY, ["tea"])] == ["After"]
    ),
    lambda store, id: take_census(store) == Census(1, 1, 0, 0),
    lambda store, id: measure_size(store) == Size(1, 1),
]


@pytest.mark.parametrize("read", READS)
def test_nobody_sees_what_is_half_done(
    read: Callable[[LibraryStore, str], object], library: Library
) -> None:
    [added] = put(library, [note("tea", TEA, "Before")])
    assert added.document is not None
    store = library.home.store("common")
    with ThreadPoolExecutor(1) as pool:
        with store.catalog.transaction() as connection:
            connection.execute("UPDATE documents SET title = 'Half', state = 'removing'")
            reading = pool.submit(read, store, added.document.id)
            sleep(0.2)
            connection.execute("UPDATE documents SET title = 'After', state = 'ready'")
        assert reading.result(PATIENCE)


def test_what_is_being_added_does_not_crowd_out_what_is_there(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, [note("tea", TEA)])
    alone = library.search(QUESTIONS[0])
    monkeypatch.setattr(indexing, "BATCH", 40)
    hot = "\n\n".join(f"How should the water be? {QUESTIONS[0] * n}" for n in range(12, 60))
    with adding(library, note("hot", hot), at=41) as addition:
        # By now the vectors of the first batch are kept.
        assert len(library.home.store("common").index.numbers()) == 41
        [found] = library.search(QUESTIONS[0])
        assert (found.source, found.dense) == ("tea", alone[0].dense)
        assert found.bm25 > 0.0
        addition.stop()


def test_libraries_opened_by_many_threads_are_opened_once(library: Library) -> None:
    stores = at_once([lambda: library.home.store("common")] * 8)
    assert len({id(store) for store in stores}) == 1


def test_a_home_that_was_closed_opens_nothing_any_more(library: Library) -> None:
    put(library, [note("tea", TEA)])
    library.close()
    for act in (lambda: library.ask(QUESTIONS[0]), lambda: list(library.add([note("b", FERRY)]))):
        with pytest.raises(FootnoteError, match="has been closed"):
            act()


def test_whichever_thread_closes_a_home_gives_it_back(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        at_once([library.close])
        with opened(tmp_path, embedder) as again:
            put(again, [note("tea", TEA)])


# Adding


def test_the_same_content_from_many_threads_is_added_once(library: Library) -> None:
    added = at_once([partial(put, library, [note(f"{n}", LONG)]) for n in range(8)])
    results = [result for [result] in added]
    assert [result.unchanged for result in results].count(False) == 1
    assert len({result.document for result in results}) == 1
    assert list(contents(library).texts.values()) == [LONG]


def test_the_same_contents_in_different_orders_keep_nobody_waiting_for_ever(
    library: Library,
) -> None:
    texts = [TEA, FERRY, BRIDGE]
    orders = [texts, texts[::-1], texts[1:] + texts[:1], texts[2:] + texts[:2]]
    at_once([partial(put, library, [note(text[:9], text) for text in o]) for o in orders])
    assert sorted(contents(library).texts.values()) == sorted(texts)


def test_of_versions_added_at_once_one_is_left(library: Library) -> None:
    put(library, [note("a", TEA)])
    versions = [f"Version {number}. {BRIDGE}" for number in range(6)]
    added = at_once([partial(put, library, [note("a", v)]) for v in versions])
    assert all(result.document is not None for [result] in added)
    assert all(result.replaced for [result] in added)
    [left] = contents(library).texts.values()
    assert left in versions


def test_the_version_that_is_ready_last_is_the_one(library: Library) -> None:
    with adding(library, note("a", LONG)) as addition:
        put(library, [note("a", TEA)])
        assert library.search("tea")[0].text == TEA
        [result] = addition.finish()
        assert result.replaced
    assert contents(library).texts == {"a": LONG}


def test_content_that_is_on_its_way_out_can_come_back(library: Library) -> None:
    def alternate(texts: list[str]) -> Callable[[], None]:
        def work() -> None:
            for text in texts * 4:
                put(library, [note("a", text)])

        return work

    at_once([alternate([TEA, FERRY]), alternate([FERRY, TEA]), alternate([TEA, BRIDGE])])
    [left] = contents(library).texts.values()
    assert left in (TEA, FERRY, BRIDGE)


def test_content_comes_back_while_another_thread_is_not_through_with_deleting_it(
    library: Library,
) -> None:
    [added] = put(library, [note("a", TEA)])
    assert added.document is not None
    store = library.home.store("common")
    withdraw(store.catalog, [added.document.id])
    [again] = put(library, [note("a", TEA)])
    assert not again.unchanged
    discard(store, [added.document.id])
    assert contents(library).texts == {"a": TEA}


def test_what_another_thread_is_adding_is_not_called_there_before_it_is(library: Library) -> None:
    with ThreadPoolExecutor(1) as pool, adding(library, note("a", LONG)) as addition:
        second = pool.submit(lambda: put(library, [note("b", LONG)]))
        addition.stop()
        [result] = second.result(PATIENCE)
        assert not result.unchanged
    assert contents(library).texts == {"b": LONG}


def test_an_addition_that_is_stopped_leaves_all_as_it_was_and_others_what_they_add(
    library: Library,
) -> None:
    put(library, [note("a", TEA)])
    with adding(library, note("a", LONG), note("c", BRIDGE)) as addition:
        put(library, [note("b", FERRY)])
        before = contents_of_ready(library)
        addition.stop()
    assert contents(library).texts == before == {"a": TEA, "b": FERRY}


def contents_of_ready(library: Library) -> dict[str, str]:
    ready = [info for info in library.documents() if info.state == "ready"]
    return {info.source: library.text(info.id) for info in ready}


def test_two_additions_of_which_one_is_stopped_leave_the_other_whole(library: Library) -> None:
    with adding(library, note("a", LONG)) as one, adding(library, note("b", LONG + TEA)) as other:
        one.stop()
        [result] = other.finish()
        assert result.document is not None
    assert contents(library).texts == {"b": LONG + TEA}


def test_titles_given_at_once_are_read_by_the_model_as_they_are_kept(library: Library) -> None:
    put(library, [note("a", LONG, "Of boats")])
    titles = [f"Of {kind}" for kind in ("ferries", "ships", "rafts", "canoes")]
    at_once([partial(put, library, [note("a", LONG, t)]) for t in titles])
    [title] = contents(library).titles.values()
    put(library, [note("a", LONG, title)], "alone")
    vector = library.embedder.query_vector("ferries, ships, rafts, canoes")
    found, alone = (
        sorted(library.home.store(name).index.nearest(vector, 50).values())
        for name in ("common", "alone")
    )
    assert found == pytest.approx(alone, abs=1e-4)


# Removing


def test_what_is_being_added_cannot_be_removed_yet(library: Library) -> None:
    with adding(library, note("a", LONG)) as addition:
        [pending] = library.documents()
        with pytest.raises(FootnoteError, match="still being added"):
            library.remove([pending.id])
        addition.finish()
    library.remove([pending.id])
    assert contents(library).texts == {}


def test_what_many_threads_remove_is_removed_by_one(library: Library) -> None:
    [added] = put(library, [note("a", LONG)])
    document = added.document
    assert document is not None

    def remove() -> bool:
        try:
            return library.remove([document.id]) == [document]
        except FootnoteError:
            return False

    assert at_once([remove] * 6).count(True) == 1
    assert contents(library).texts == {}


def test_a_document_removed_while_it_is_read_anew_comes_in_once_more_and_whole(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    [added] = put(library, [note("a", LONG, "Of boats")])
    assert added.document is not None
    id, twin = added.document.id, library.embedder.twin
    embed_passages = type(twin).embed_passages

    def removed_half_way(self: SentenceEmbedder, *passages: object) -> Iterator[object]:
        for number, found in enumerate(embed_passages(self, *passages)):  # type: ignore[arg-type]
            if number == 5 and not removed:
                removed.extend(at_once([lambda: library.remove([id])]))
            yield found

    removed: list[object] = []
    monkeypatch.setattr(type(twin), "embed_passages", removed_half_way)
    list(library.add([note("a", LONG, "Of ferries")]))
    assert removed
    found = contents(library)
    assert found.titles == {"a": "Of ferries"}
    assert found.vectors == found.passages == found.found_by_words


def test_a_vector_made_while_its_document_is_being_deleted_is_not_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    [added] = put(library, [note("a", TEA, "Of tea")])
    assert added.document is not None
    id, made, half_deleted = added.document.id, Event(), Event()
    embed_passages, remove = SentenceEmbedder.embed_passages, VectorIndex.remove

    def slow_to_give(*arguments: Any) -> Iterator[object]:
        yield from list(embed_passages(*arguments))
        made.set()
        assert half_deleted.wait(PATIENCE)

    def slow_to_end(*arguments: Any) -> None:
        remove(*arguments)
        half_deleted.set()
        sleep(0.2)

    monkeypatch.setattr(SentenceEmbedder, "embed_passages", slow_to_give)
    monkeypatch.setattr(VectorIndex, "remove", slow_to_end)
    with ThreadPoolExecutor(1) as pool:
        retitling = pool.submit(put, library, [note("a", TEA, "Of hot water")])
        assert made.wait(PATIENCE)
        library.remove([id])
        retitling.result(PATIENCE)
    # Removed before adding was through with it, it was added again: a vector too many is the old.
    found = contents(library)
    assert found.vectors == found.passages == 1


def test_a_text_that_goes_away_is_a_clear_error(library: Library) -> None:
    errors = []

    def read(id: str) -> None:
        try:
            while True:
                assert library.text(id) == TEA
        except FootnoteError as error:
            errors.append(str(error))

    def remove(id: str) -> None:
        library.remove([id])

    for _ in range(5):
        [added] = put(library, [note("a", TEA)])
        assert added.document is not None
        id = added.document.id
        at_once([*[partial(read, id)] * 2, partial(remove, id)])
    assert len(errors) == 10
    assert all("There is no document" in error for error in errors)


# Making anew


def test_a_library_is_not_made_anew_while_something_is_added(library: Library) -> None:
    put(library, [note("tea", TEA)])
    with adding(library, note("a", LONG)) as addition:
        with pytest.raises(FootnoteError, match="being added to the library 'common'"):
            list(library.reindex())
        assert library.ask(QUESTIONS[0]).answered
        addition.finish()
    assert len(list(library.reindex())) == 2
    assert contents(library).texts == {"tea": TEA, "a": LONG}


def test_nothing_is_added_to_a_library_that_is_being_made_anew(library: Library) -> None:
    put(library, [note("tea", TEA), note("ferry", FERRY)])
    already_begun = library.add([note("bridge", BRIDGE)])
    half_way = library.reindex()
    next(half_way)
    with pytest.raises(FootnoteError, match="made anew"):
        list(already_begun)
    assert len(list(half_way)) == 1
    assert contents(library).texts == {"tea": TEA, "ferry": FERRY}
