"""The next item is made while one is used: in order, in bounds, and to no one's harm."""

import threading
from collections.abc import Iterator
from contextlib import closing
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.add import ahead

PATIENCE = 1200.0  # seconds until a thread is taken to wait for ever


def one(_: object) -> int:
    return 1


@given(st.lists(st.integers()), st.integers(1, 5))
def test_all_items_come_in_their_order(items: list[int], most: int) -> None:
    assert list(ahead(items, most, one)) == items


def test_items_are_made_before_they_are_asked_for_up_to_a_weight() -> None:
    made, full = list[int](), Event()

    def making() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            if number == 4:
                full.set()
            yield number

    with closing(ahead(making(), 6, lambda _: 2)) as items:
        assert next(items) == 0
        assert full.wait(PATIENCE)  # three wait, and a fourth has been made and finds no room
    assert made == [0, 1, 2, 3, 4]


def test_an_item_that_weighs_too_much_comes_alone() -> None:
    assert list(ahead([9, 9, 1], 5, lambda item: item)) == [9, 9, 1]


def test_what_making_them_raises_is_raised_in_its_place() -> None:
    def making() -> Iterator[int]:
        yield 1
        raise LookupError("no more")

    items = ahead(making(), 5, one)
    assert next(items) == 1
    with pytest.raises(LookupError, match="no more"):
        next(items)


def test_nobody_is_left_at_work_once_it_is_closed() -> None:
    before = threading.active_count()
    with closing(ahead(iter(int, 1), 3, one)) as items:
        assert next(items) == 0
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
