"""The records of followed channels, kept threads and the queue outlive a restart."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.discord.records.knowledge.answer_queue import AnswerQueue, Proposal
from bot.discord.records.knowledge.followed_channels import FollowedChannel, FollowedChannels
from bot.discord.records.knowledge.kept_threads import KeptThread, KeptThreads, Mark

SERVER, FORUM, THREAD, ADA, BO = 1, 2, 30, 7, 8
HELP = FollowedChannel(FORUM, SERVER, "help", "all", "", 9, 5, "2026-01-01T00:00:00+00:00")
KEPT = KeptThread(THREAD, SERVER, FORUM, THREAD, "thread", "", "")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptThreads]:
    with closing(KeptThreads(tmp_path / "activity.db")) as record:
        yield record


def test_how_far_a_channel_was_read_is_known_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "activity.db"
    with closing(FollowedChannels(path)) as record:
        record.follow(HELP)
        record.advance(FORUM, "2026-01-02", 3)
        record.advance(FORUM, None, 2)
    with closing(FollowedChannels(path)) as record:
        assert record.of(FORUM) == replace(HELP, cursor="2026-01-02", read=5)
        record.advance(FORUM, "2026-01-03", 0, whole=True)
        record.advance(FORUM, None, 1)
        assert record.in_server(SERVER)[0].whole
        record.unfollow(FORUM)
        assert not record.all()


def test_what_a_member_wrote_is_found_by_the_member(kept: KeptThreads) -> None:
    kept.begin(KEPT, {31: ADA, 32: BO})
    kept.done(THREAD, "abc", "digest")
    assert [one.document for one in kept.documents_by(ADA)] == ["abc"]
    assert not kept.documents_by(ADA, server=99)
    assert [one.id for one in kept.of_messages([32])] == [THREAD]
    kept.begin(KEPT, {32: BO})
    assert not kept.documents_by(ADA)
    kept.forget(THREAD)
    assert not kept.of_messages([32])


def test_a_mark_that_is_trusted_stays_so(kept: KeptThreads) -> None:
    mark = Mark(31, THREAD, SERVER, FORUM, BO, trusted=True)
    kept.mark(mark)
    kept.mark(replace(mark, member=ADA, trusted=False))
    assert [one.trusted for one in kept.marks(THREAD)] == [True]
    kept.unmark(THREAD, [31])
    assert not kept.marks(THREAD)


def test_a_proposal_is_settled_once_and_never_comes_back(tmp_path: Path) -> None:
    with closing(AnswerQueue(tmp_path / "activity.db")) as queue:
        proposal = Proposal(SERVER, FORUM, THREAD, 31, ADA, "menu")
        assert queue.propose(proposal)
        assert not queue.propose(proposal)
        [waiting] = queue.waiting(SERVER)
        assert queue.find(waiting.id, server=99) is None
        assert queue.settle(waiting.id, "declined")
        assert not queue.settle(waiting.id, "taken")
        assert not queue.propose(proposal)
        assert not queue.waiting(SERVER)


def test_a_helpers_later_reply_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    with closing(AnswerQueue(tmp_path / "activity.db")) as queue:
        for member in (ADA, BO):
            queue.propose(Proposal(SERVER, FORUM, FORUM, 50, member, "reply", asked=50))
        assert [one.member for one in queue.waiting(SERVER)] == [BO]
