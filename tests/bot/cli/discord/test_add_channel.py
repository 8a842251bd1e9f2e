"""Channels of Discord are added by the bot that runs on the home, or a sentence says so."""

from pathlib import Path

import pytest

from bot.cli.documents.add_channel import NO_BOT, split_off
from retrieval.errors import FootnoteError
from tests.support.shell import footnote


def test_channels_are_told_from_other_sources() -> None:
    assert split_off(["a.md", "discord:1/22", "-"]) == ([(1, 22)], ["a.md", "-"])


@pytest.mark.parametrize("name", ["discord:", "discord:1", "discord:a/b", "discord:1/2/3"])
def test_what_is_no_channel_is_told_in_a_sentence(name: str) -> None:
    with pytest.raises(FootnoteError, match="is no channel"):
        split_off([name])


def test_without_the_bot_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    done = footnote("add", "discord:1/2", "--home", tmp_path)
    assert done.code == 1
    assert NO_BOT in " ".join(done.err.split())
    assert not done.out
