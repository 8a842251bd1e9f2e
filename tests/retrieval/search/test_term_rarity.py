"""A question's words weigh by the number of passages that hold them."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.library import Library
from retrieval.search.term_rarity import TermRarity, look_up, rarity
from retrieval.text.terms import Keys
from tests.support.homes import note, put

COUNTS = st.integers(0, 10_000)


@given(COUNTS, COUNTS, COUNTS)
def test_a_rarer_word_never_weighs_less(total: int, some: int, more: int) -> None:
    assert rarity(total, some) >= rarity(total, some + more) > 0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert rarity(100, 1) > rarity(100, 50) > rarity(100, 100)


def test_passages_are_counted_in_all_libraries_together(library: Library) -> None:
    put(library, [note("a", "The ferry crosses the river.")])
    put(library, [note("b", "The ferries are old."), note("c", "Tea is hot.")], "harbour")
    tables = [library.home.store(name).catalog.connection for name in ("common", "harbour")]
    ferry, tea, zeppelin = Keys().of(["ferry", "tea", "zeppelin"])
    found = look_up(tables, [ferry, tea, zeppelin])
    assert found.total == 3
    assert found == TermRarity((1, 2), {ferry: 2, tea: 1, zeppelin: 0})
    assert found.weights()[tea] > found.weights()[ferry]


def test_a_word_is_counted_by_itself_not_as_the_beginning_of_another(library: Library) -> None:
    put(library, [note("a", "The teacher is late. He teaches.")])
    tables = [library.home.store("common").catalog.connection]
    [tea] = Keys().of(["tea"])
    assert look_up(tables, [tea]).holding == {tea: 0}


def test_words_of_which_one_is_everywhere_and_the_rest_nowhere_tell_nothing() -> None:
    assert TermRarity((10,), {"mokhi": 9, "paid": 0}).tells_nothing(names=())
    assert TermRarity((10,), {"paid": 0}).tells_nothing(names=())
    assert not TermRarity((10,), {"mokhi": 9, "paid": 1}).tells_nothing(names=())
    assert not TermRarity((10,), {"mokhi": 9}).tells_nothing(names=())


def test_a_name_is_sooner_everywhere_than_another_word() -> None:
    half_known = TermRarity((10,), {"mokhi": 5, "paid": 0})
    assert half_known.tells_nothing(names={"mokhi"})
    assert not half_known.tells_nothing(names=())
