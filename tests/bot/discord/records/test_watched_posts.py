"""The record of watched posts: each is taken once, and a server gets no more than it wants."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord.records.server_settings import ServerSettings
from bot.discord.records.watched_posts import KEPT_DAYS, WatchedPost, WatchedPosts

NOW = datetime.now(UTC)
POST = WatchedPost(id=1, server=7, channel=70, asker=700, at=NOW, thread=1)
QUESTION = WatchedPost(id=2, server=7, channel=71, asker=700, at=NOW)
FREE = ServerSettings(7, cooldown=0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the record."""
    return tmp_path / "activity.db"


@pytest.fixture
def record(path: Path) -> Iterator[WatchedPosts]:
    """A record with nothing in it."""
    with closing(WatchedPosts(path)) as record:
        yield record


def test_a_post_is_put_on_record_once(record: WatchedPosts) -> None:
    assert record.add(POST)
    assert not record.add(replace(POST, asker=8))
    assert record.unfinished() == [POST]
    assert record.of(1) == record.of_thread(1) == POST
    assert POST.in_forum
    assert not QUESTION.in_forum


def test_what_is_answered_or_let_be_is_finished(record: WatchedPosts) -> None:
    record.add(POST)
    record.add(QUESTION)
    assert record.claim(QUESTION, FREE, NOW) == 0.0
    record.answered(QUESTION, thread=99)
    record.let_be(POST, "staff spoke")
    assert record.unfinished() == []
    assert record.of_thread(99) == replace(QUESTION, thread=99, state="answered")
    assert record.of(1) == replace(POST, state="let be", why="staff spoke")
    assert record.claim(POST, FREE, NOW) is None
    assert record.claim(QUESTION, FREE, NOW) is None


def test_a_channel_cools_down_and_others_do_not_wait_for_it(record: WatchedPosts) -> None:
    settings = replace(FREE, cooldown=30.0)
    same, other = replace(POST, id=3, thread=3), replace(QUESTION, id=4)
    for post in (POST, same, other):
        record.add(post)
    assert record.claim(POST, settings, NOW) == 0.0
    later = NOW + timedelta(seconds=10)
    assert record.claim(same, settings, later) == pytest.approx(20.0)
    assert record.claim(other, settings, later) == 0.0
    assert record.claim(same, settings, NOW + timedelta(seconds=30)) == 0.0


def test_a_server_gets_so_many_an_hour_and_what_was_let_be_does_not_count(
    record: WatchedPosts,
) -> None:
    settings = replace(FREE, hourly_cap=1)
    posts = [replace(POST, id=id, thread=id) for id in (1, 2, 3)]
    elsewhere = replace(POST, id=4, thread=4, server=8)
    for post in (*posts, elsewhere):
        record.add(post)
    assert record.claim(posts[0], settings, NOW) == 0.0
    assert record.claim(posts[1], settings, NOW) is None
    assert record.claim(elsewhere, replace(settings, server=8), NOW) == 0.0
    record.let_be(posts[0], "staff spoke")
    assert record.claim(posts[1], settings, NOW) == 0.0
    assert record.claim(posts[2], settings, NOW + timedelta(minutes=61)) == 0.0


def test_of_many_threads_one_may_answer(record: WatchedPosts) -> None:
    posts = [replace(POST, id=id, thread=id) for id in range(1, 40)]
    for post in posts:
        record.add(post)
    settings = replace(FREE, hourly_cap=10)
    with ThreadPoolExecutor(8) as pool:
        claimed = [*pool.map(lambda post: record.claim(post, settings, NOW), posts)]
    assert claimed.count(0.0) == 10


def test_it_is_there_when_it_is_opened_again_and_what_is_old_is_dropped(
    path: Path, record: WatchedPosts
) -> None:
    old = replace(QUESTION, at=NOW - timedelta(days=KEPT_DAYS + 1))
    record.add(POST)
    record.add(old)
    record.close()
    with closing(WatchedPosts(path)) as again:
        assert again.unfinished() == [POST]
