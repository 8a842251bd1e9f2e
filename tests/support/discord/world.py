"""A server to play in, and what its members can ask about."""

from dataclasses import dataclass

import simcord

from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote

FERRY = (
    "# The Skerry ferry\n\nThe ferry to Skerry leaves at nine in the morning. A ticket costs "
    "four crowns.\n\nThe ferry was run by Ivo Brand for ten summers. Ivo Brand was born in "
    "the port of Holm.\n"
)
LIGHTHOUSE = (
    "The lighthouse at Skerry Point was built in 1851. Its first keeper was Ada Lorne, and "
    "she kept the lamp for thirty years. Ada Lorne was born in the village of Tarn."
)
BREAD = (
    "Rye bread is baked for an hour at two hundred degrees. The dough rests overnight in a "
    "cold room."
)


@dataclass(frozen=True, slots=True)
class World:
    """A server with a channel, somebody who may manage it, and somebody who may not."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    alice: simcord.MemberActor
    moderator: simcord.MemberActor

    @property
    def bot(self) -> Footnote:
        """The client as it is now: after a restart, another one."""
        assert isinstance(self.env.bot, Footnote)
        return self.env.bot

    @property
    def services(self) -> Services:
        """The services that the client works with."""
        return self.bot.services

    @property
    def mention(self) -> str:
        """The text by which a member mentions the bot."""
        assert self.env.bot.user is not None
        return f"<@{self.env.bot.user.id}>"
