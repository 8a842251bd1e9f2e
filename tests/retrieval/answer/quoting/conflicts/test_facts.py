"""Facts are told by what they are of, however they are written."""

import pytest

from retrieval.answer.quoting.conflicts.facts import differing, facts_of, may_state
from retrieval.text.terms import Keys

KEYS = Keys()


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("It costs £12.", "pound", "12"),
        ("It costs twelve pounds.", "pound", "12"),
        ("It opens at 8 am.", "hour", "8:00"),
        ("It opens at 08:00.", "hour", "8:00"),
        ("It closes at 6 p.m.", "hour", "18:00"),
        ("It closes at six in the evening.", "hour", "18:00"),
        ("Send it by 2026-09-15.", "day", "15.9."),
        ("Send it by September 15th, 2026.", "day", "15.9."),
        ("It is closed on Mondays.", "weekday", "mon"),
        ("Version: 1.19.4", "version", "1.19.4"),
        ("It holds 10 MB.", "megabyte", "10"),
        ("It holds ten megabytes.", "megabyte", "10"),
        ("Borrow three books.", "book", "3"),
        ("At most: 1,500", "count", "1500"),
    ],
)
def test_a_value_has_one_form(text: str, sort: str, value: str) -> None:
    assert facts_of(text, KEYS).values == {sort: frozenset({value})}
    assert may_state(text)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("Dogs are allowed.", True),
        ("Dogs are not allowed.", False),
        ("Dogs are forbidden.", False),
        ("Dogs are never forbidden.", True),
        ("Dogs bark.", None),
    ],
)
def test_a_rule_allows_or_forbids(text: str, allowed: bool | None) -> None:
    assert facts_of(text, KEYS).allowed is allowed


@pytest.mark.parametrize(
    ("one", "other", "sorts"),
    [
        ("It costs £12.", "It costs £15.", ["pound"]),
        ("It costs £12.", "It costs €15.", []),
        ("It costs £12.", "It takes 15 days.", []),
        ("It costs £12.", "Adults pay £12, children £6.", []),
        ("At most: 3", "Three members may borrow 5 books.", []),
        ("At most: 3", "Borrow 5 books.", ["count"]),
        ("It is open from 9 am to 5 pm.", "It is open from 10 am to 5 pm.", ["hour"]),
        ("Dogs are allowed.", "Dogs are forbidden.", ["allowed"]),
    ],
)
def test_only_what_excludes_each_other_differs(one: str, other: str, sorts: list[str]) -> None:
    assert [*differing(facts_of(one, KEYS), facts_of(other, KEYS))] == sorts
