"""The record of what each server chose: there when it is opened again, and in older homes too."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records.question_log import QuestionLog
from bot.discord.records.server_settings import ChannelSettings, ServerSettings, SettingsRecord
from retrieval.errors import FootnoteError
from retrieval.store.files.record_file import RecordError
from retrieval.types import Answer

SERVER, OTHER = 7, 77
HOURS = st.integers(0, 23)
CHANNELS = st.dictionaries(
    st.integers(1, 2**63 - 1),
    st.builds(
        ChannelSettings,
        st.sampled_from(["off", "sure", "mention"]),
        st.none() | st.floats(0.0, 1.0),
    ),
    max_size=3,
)
CHOSEN = st.builds(
    ServerSettings,
    st.just(SERVER),
    CHANNELS,
    sureness=st.floats(0.0, 1.0),
    helper_role=st.none() | st.integers(1, 2**63 - 1),
    helper_channel=st.none() | st.integers(1, 2**63 - 1),
    quiet_hours=st.none() | st.tuples(HOURS, HOURS),
    digest=st.booleans(),
    pause=st.floats(0.0, 3600.0),
    cooldown=st.floats(0.0, 3600.0),
    hourly_cap=st.integers(0, 1000),
    daily_hand_offs=st.integers(0, 1000),
    answer_in_thread=st.booleans(),
    solved=st.text(max_size=20),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the record."""
    return tmp_path / "activity.db"


@pytest.fixture
def record(path: Path) -> Iterator[SettingsRecord]:
    """A record in which no server chose anything."""
    with closing(SettingsRecord(path)) as record:
        yield record


def test_a_server_that_chose_nothing_is_answered_only_when_it_mentions_the_bot(
    record: SettingsRecord,
) -> None:
    settings = record.of(SERVER)
    assert settings == ServerSettings(SERVER)
    assert settings.channel(5).mode == "mention"
    assert not settings.digest
    assert record.servers() == []


@given(chosen=CHOSEN)
def test_what_was_chosen_is_read_back_as_it_was(chosen: ServerSettings) -> None:
    assert ServerSettings.read(SERVER, chosen.form()) == chosen


def test_what_was_chosen_is_there_when_it_is_opened_again(
    path: Path, record: SettingsRecord
) -> None:
    chosen = ServerSettings(
        SERVER,
        {5: ChannelSettings("sure", 0.9), 6: ChannelSettings("off")},
        helper_role=8,
        quiet_hours=(22, 7),
    )
    record.save(chosen)
    record.close()
    with closing(SettingsRecord(path)) as again:
        assert again.of(SERVER) == chosen
        assert again.of(OTHER) == ServerSettings(OTHER)
        assert again.servers() == [SERVER]


def test_the_last_choice_holds(record: SettingsRecord) -> None:
    record.save(ServerSettings(SERVER, {5: ChannelSettings("sure")}, helper_role=8))
    record.save(ServerSettings(SERVER, cooldown=5.0))
    assert record.of(SERVER) == ServerSettings(SERVER, cooldown=5.0)


def test_a_channel_goes_by_the_server_until_it_has_a_sureness_of_its_own() -> None:
    channels = {5: ChannelSettings("sure", 0.9), 6: ChannelSettings("sure")}
    settings = ServerSettings(SERVER, channels, sureness=0.7)
    assert [settings.sureness_in(id) for id in (5, 6, 7)] == [0.9, 0.7, 0.7]


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [
        (None, []),
        ((9, 12), [9, 10, 11]),
        ((22, 2), [0, 1, 22, 23]),
        ((0, 24), [*range(24)]),
    ],
)
def test_quiet_hours_may_go_past_midnight(hours: tuple[int, int] | None, quiet: list[int]) -> None:
    settings = ServerSettings(SERVER, quiet_hours=hours)
    assert [hour for hour in range(24) if settings.is_quiet(hour)] == quiet


def test_what_a_newer_footnote_chose_besides_is_left_out() -> None:
    chosen = {"cooldown": 5.0, "colour": "blue"}
    assert ServerSettings.read(SERVER, chosen) == ServerSettings(SERVER, cooldown=5.0)


def test_a_file_from_before_there_were_settings_keeps_what_it_holds(path: Path) -> None:
    schema = files("bot.discord.records").joinpath("question_log.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as old, old:
        old.executescript(f"{schema} PRAGMA user_version = 1;")
        old.execute("INSERT INTO asked VALUES (1, 7, '2099-01-01', 'question', 'When?', 1, '[]')")
    with closing(SettingsRecord(path)) as record:
        record.save(ServerSettings(SERVER, digest=True))
        assert record.of(SERVER).digest
    with closing(QuestionLog(path)) as question_log:
        found = question_log.find(1, SERVER)
        assert found is not None
        assert found.question == "When?"


def test_either_record_may_make_the_file(path: Path, record: SettingsRecord) -> None:
    with closing(QuestionLog(path)) as question_log:
        question_log.record_answer(1, SERVER, Answer("When?", False, "", 0.1, "quote"))
        record.save(ServerSettings(SERVER, digest=True))
        assert question_log.totals().questions == 1


def test_a_broken_file_is_named_in_a_sentence(path: Path) -> None:
    path.write_text("This is no database. " * 1000)
    with pytest.raises(FootnoteError, match=r"server settings .*activity\.db can't be opened"):
        SettingsRecord(path)


def test_what_can_not_be_written_is_named_in_a_sentence(path: Path, record: SettingsRecord) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("DROP TABLE server_settings")
    with pytest.raises(RecordError, match="server settings"):
        record.save(ServerSettings(SERVER))


def test_many_threads_may_use_it_at_once(record: SettingsRecord) -> None:
    def work(server: int) -> None:
        for cooldown in range(10):
            chosen = replace(record.of(server), cooldown=float(cooldown))
            record.save(chosen)
            assert record.of(server) == chosen

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(1, 17)))
    assert record.servers() == [*range(1, 17)]
