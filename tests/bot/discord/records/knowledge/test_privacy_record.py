"""The record knows all that is kept of a member, and deletes it without a trace."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.discord.records.knowledge.answer_queue import Proposal
from bot.discord.records.knowledge.followed_channels import FollowedChannel
from bot.discord.records.knowledge.kept_threads import KeptThread, Mark
from bot.discord.records.knowledge.personal_data import IMPERSONAL, KINDS
from bot.discord.records.records import Records, open_records
from bot.discord.records.watched_posts import WatchedPost
from retrieval.types import Answer
from tests.support.texts.traces import files_with

HERE, ANN, BEN = 7_000_001, 987_654_321_012_345_678, 876_543_210_123_456_789
WORDS = ["wombatine", "grumbelow", "flimmerly", "quendlespoon", "zorrifax"]
# The names of columns that hold a member's number.
MEMBERS = {"member", "asker", "helper", "author", "added_by"}


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """The records of a home in which Ann and Ben did all that one can do."""
    with open_records(tmp_path) as records:
        for member, id, words in ((ANN, 1, WORDS), (BEN, 2, ["plain"] * len(WORDS))):
            records.privacy.asks(id, HERE, member)
            question = f"How warm is the {words[0]} pool?"
            records.questions.record_answer(id, HERE, Answer(question, False, "…", 0.1, "quote"))
            records.answers.record_place(id, 5, 60 + id)
        for member, on, words in ((ANN, 2, WORDS), (BEN, 1, ["dull"] * len(WORDS))):
            records.questions.vote(on, HERE, member, up=False)
            records.answers.record_reason(on, HERE, member, f"Too {words[1]} by far.")
            records.gaps.wait(on, HERE, member, 5, 60)
            records.watched.add(WatchedPost(10 + on, HERE, 5, member, datetime.now(UTC)))
        records.hand_offs.begin(2, HERE, BEN, 5, 60)
        records.hand_offs.reply(2, ANN, "Quendlespoon", f"It is {WORDS[2]} there.", "link")
        records.gaps.settle([1], HERE, 1, "not ours", ANN)
        records.kept.begin(KeptThread(30, HERE, 5, 30, "thread", "", ""), {31: ANN, 32: BEN})
        records.kept.mark(Mark(31, 30, HERE, 5, ANN, trusted=True))
        records.queue.propose(Proposal(HERE, 5, 30, 33, ANN, "menu"))
        records.followed.follow(FollowedChannel(5, HERE, "help", "all", "", ANN, 6, "2026-01-01"))
        yield records


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the file as they are."""
    with closing(sqlite3.connect(home / "activity.db")) as database:
        return database.execute(query).fetchall()


def test_all_that_is_kept_of_a_member_is_found(records: Records) -> None:
    kept = records.privacy.kept(ANN)
    assert {name: len(found) for name, found in kept.items()} == {
        "questions": 1,
        "votes": 1,
        "reasons": 1,
        "handed_over": 0,
        "replies": 1,
        "tell_me": 1,
        "gaps": 1,
        "watched_posts": 1,
        "kept_messages": 1,
        "marks": 1,
        "proposals": 1,
        "followed": 1,
    }
    assert kept["questions"][0].words == f"How warm is the {WORDS[0]} pool?"
    assert kept["questions"][0].server == HERE
    assert kept["votes"][0].words == "👎 How warm is the plain pool?"
    assert not any(records.privacy.kept(123).values())


def test_of_a_deleted_member_no_byte_is_left(records: Records, tmp_path: Path) -> None:
    assert files_with(tmp_path, [ANN, *WORDS[:4]])
    records.privacy.delete(ANN)
    assert not files_with(tmp_path, [ANN, *WORDS])
    assert not any(records.privacy.kept(ANN).values())


def test_others_keep_what_is_theirs(records: Records) -> None:
    before = records.privacy.kept(BEN)
    records.privacy.delete(ANN)
    after = records.privacy.kept(BEN)
    # What was said about Ann's question goes with it.
    gone = {"votes", "reasons", "tell_me"}
    assert {n: len(k) for n, k in after.items()} == {
        n: 0 if n in gone else len(k) for n, k in before.items()
    }
    handed = records.hand_offs.find(2, HERE)
    assert handed is not None
    assert (handed.member, handed.helper, handed.reply) == (BEN, None, None)


def test_where_others_mentioned_a_deleted_member_they_mention_somebody(
    records: Records, tmp_path: Path
) -> None:
    question = Answer(f"Is <@{ANN}> the keeper, or <@!{ANN}>?", True, "Yes.", 0.9, "quote")
    records.questions.record_answer(9, HERE, question)
    records.privacy.delete(ANN)
    found = records.questions.find(9, HERE)
    assert found is not None
    assert found.question == "Is @somebody the keeper, or @somebody?"
    assert not files_with(tmp_path, [ANN])


def test_who_opted_out_is_known_without_their_number(records: Records, tmp_path: Path) -> None:
    records.privacy.delete(ANN)
    records.privacy.opt_out(HERE, ANN)
    assert records.privacy.opted_out(HERE, ANN)
    assert not records.privacy.opted_out(HERE + 1, ANN)
    assert not records.privacy.opted_out(HERE, BEN)
    assert not files_with(tmp_path, [ANN])
    records.privacy.opt_out(None, ANN)
    assert records.privacy.opted_out(HERE + 1, ANN)
    records.privacy.opt_in(HERE, ANN)
    assert not records.privacy.opted_out(HERE, ANN)
    assert not records.privacy.opted_out(None, ANN)


def test_no_word_is_kept_of_what_somebody_asks_who_opted_out(
    records: Records, tmp_path: Path
) -> None:
    records.privacy.delete(ANN)
    records.privacy.opt_out(None, ANN)
    records.privacy.asks(20, HERE, ANN)
    records.questions.record_answer(
        20, HERE, Answer(f"Where is the {WORDS[4]}?", True, "There.", 0.9, "quote")
    )
    assert not files_with(tmp_path, [ANN, WORDS[4]])
    found = records.questions.find(20, HERE)
    assert found is not None
    assert found.question == ""
    assert 20 not in {one.id for one in records.gaps.open(HERE)}


def test_what_was_asked_in_the_words_of_an_erased_document_goes_with_it(
    records: Records, tmp_path: Path
) -> None:
    text = f"# HOW WARM is the\n{WORDS[0]} pool?\n\nIt is {WORDS[2]} there."
    records.gaps.settle([2], HERE, 2, "pointed", BEN, "abc", "The pool")
    records.privacy.forget_documents(["abc"], [text])
    assert not files_with(tmp_path, [WORDS[0], WORDS[2]])
    assert [one.id for one in records.gaps.open(HERE)] == [2]


def test_every_table_says_what_it_keeps_of_members(records: Records, tmp_path: Path) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = {str(name) for (name,) in rows(tmp_path, names)}
    personal = {table for kind in KINDS for table in kind.tables}
    assert tables == personal | set(IMPERSONAL)
    for table in IMPERSONAL:
        columns = rows(tmp_path, f"SELECT name FROM pragma_table_info('{table}')")
        assert MEMBERS.isdisjoint(str(name) for (name,) in columns)
