"""Failures are told in a sentence, in which nothing calls anybody and channels have their names."""

from bot.discord.messages.failure import explain
from retrieval.errors import FootnoteError


def test_a_channel_is_named_and_nobody_is_called() -> None:
    told = explain(FootnoteError("{place} is closed to {who}.", place="<#12>", who="<@&34> _all_"))
    assert told == "<#12> is closed to \\<@\u200b&34\\> \\_all\\_."
