"""The menus and buttons under `/settings`. All they need stands in their ids, so they work after a
restart as well."""

from dataclasses import replace
from typing import Any, cast

import discord

from bot.discord.forums.sureness import LEVELS, level_of
from bot.discord.language.translation import N_, _
from bot.discord.records.server_settings import ChannelSettings, Mode, ServerSettings
from bot.discord.services.services import Interaction
from retrieval.errors import FootnoteError

from .answers_menu import Back, OpenAnswers, SetLanguage, SetTrustedRole, SwitchSimilar
from .form import SettingsForm
from .in_words import with_channel
from .item import SettingsItem, change, chosen_of, settings_now, show

KINDS = [
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.text,
    discord.ChannelType.news,
]
SPOKEN = [discord.ChannelType.text, discord.ChannelType.news]
MODE_LABELS = {"off": N_("Off"), "sure": N_("When sure"), "mention": N_("On mention")}
SWITCHES = {
    ("digest", True): N_("Weekly digest: on"),
    ("digest", False): N_("Weekly digest: off"),
    ("answer_in_thread", True): N_("Answer in threads: on"),
    ("answer_in_thread", False): N_("Answer in threads: off"),
}
GONE = N_("That channel is gone. Choose another.")


class ChooseChannel(SettingsItem, template="footnote:settings:channel"):
    """Chooses the forum or channel to set."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.ChannelSelect(
                placeholder=_("Set a forum or channel …"),
                channel_types=KINDS,
                custom_id="footnote:settings:channel",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        settings, [id] = settings_now(interaction), chosen_of(interaction)
        await show(interaction, settings, channel_view(settings, int(id)), channel=int(id))


class SetMode(SettingsItem, template=r"footnote:settings:mode:(?P<channel>\d+):(?P<mode>[a-z]+)"):
    """Sets the mode of a channel."""

    def __init__(self, channel: int | str, mode: str, current: bool = False) -> None:
        self.channel, self.mode = int(channel), mode
        style = discord.ButtonStyle.primary if current else discord.ButtonStyle.secondary
        super().__init__(
            discord.ui.Button(
                label=_(MODE_LABELS[mode]),
                style=style,
                custom_id=f"footnote:settings:mode:{channel}:{mode}",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        settings, mode = settings_now(interaction), cast(Mode, self.mode)
        if interaction.guild is None or interaction.guild.get_channel(self.channel) is None:
            raise FootnoteError(GONE)
        own = replace(settings.channel(self.channel), mode=mode)
        if mode != "sure":
            own = replace(own, sureness=None)
        await _change_channel(interaction, settings, self.channel, own)


class SetSureness(SettingsItem, template=r"footnote:settings:sureness:(?P<channel>\d+)"):
    """Sets how sure to be, in a channel or, with 0, in the whole server."""

    def __init__(self, channel: int | str, current: str = "") -> None:
        self.channel = int(channel)
        options = [
            discord.SelectOption(
                label=_(level.label),
                value=name,
                description=_(level.meaning)[:100],
                default=name == current,
            )
            for name, level in LEVELS.items()
        ]
        if self.channel:
            label, says = _("As the server"), _("What is chosen for the whole server")
            as_server = discord.SelectOption(label=label, value="server", description=says)
            options.append(as_server)
        super().__init__(
            discord.ui.Select(
                placeholder=_("How sure to be …"),
                options=options,
                custom_id=f"footnote:settings:sureness:{channel}",
            )
        )

    async def used(self, interaction: Interaction) -> None:
        settings, [name] = settings_now(interaction), chosen_of(interaction)
        sureness = None if name == "server" else LEVELS[name].confidence
        if self.channel:
            own = ChannelSettings("sure", sureness)
            await _change_channel(interaction, settings, self.channel, own)
        elif sureness is not None:
            await _change_server(interaction, replace(settings, sureness=sureness))


class SetHelperRole(SettingsItem, template="footnote:settings:role"):
    """Sets the role that counts as staff, and may be pinged for help; none takes it away, so the
    one that is chosen has to be shown."""

    def __init__(self, current: discord.Role | None = None) -> None:
        super().__init__(
            discord.ui.RoleSelect(
                placeholder=_("The helper role …"),
                min_values=0,
                custom_id="footnote:settings:role",
                default_values=[current] if current else [],
            )
        )

    async def used(self, interaction: Interaction) -> None:
        chosen = chosen_of(interaction)
        role = int(chosen[0]) if chosen else None
        if role == interaction.guild_id:
            raise FootnoteError("Everybody can't be the helper role. Choose another role.")
        await _change_server(interaction, replace(settings_now(interaction), helper_role=role))


class SetHelperChannel(SettingsItem, template="footnote:settings:helpers"):
    """Sets the channel in which helpers are asked; none takes it away."""

    def __init__(self, current: discord.abc.GuildChannel | None = None) -> None:
        super().__init__(
            discord.ui.ChannelSelect(
                placeholder=_("The helpers' channel …"),
                channel_types=SPOKEN,
                min_values=0,
                custom_id="footnote:settings:helpers",
                default_values=[discord.SelectDefaultValue.from_channel(current)]
                if current
                else [],
            )
        )

    async def used(self, interaction: Interaction) -> None:
        chosen = chosen_of(interaction)
        channel = int(chosen[0]) if chosen else None
        await _change_server(
            interaction, replace(settings_now(interaction), helper_channel=channel)
        )


class Switch(SettingsItem, template=r"footnote:settings:(?P<what>digest|answer_in_thread)"):
    """Turns the digest, or answers in threads, on or off."""

    def __init__(self, what: str, on: bool = False) -> None:
        self.what = what
        label = _(SWITCHES[what, on])
        super().__init__(discord.ui.Button(label=label, custom_id=f"footnote:settings:{what}"))

    async def used(self, interaction: Interaction) -> None:
        settings = settings_now(interaction)
        turned: dict[str, Any] = {self.what: not getattr(settings, self.what)}
        await _change_server(interaction, replace(settings, **turned))


class OpenForm(SettingsItem, template=r"footnote:settings:(?P<which>manners|sparing)"):
    """Opens a form for what is typed."""

    def __init__(self, which: str) -> None:
        self.which = which
        label = _("Limits …") if which == "manners" else _("Sparing helpers …")
        id = f"footnote:settings:{which}"
        super().__init__(discord.ui.Button(label=label, custom_id=id))

    async def used(self, interaction: Interaction) -> None:
        form = SettingsForm(self.which, settings_now(interaction))
        await interaction.response.send_modal(form)


ITEMS = (
    ChooseChannel,
    SetMode,
    SetSureness,
    SetHelperRole,
    SetHelperChannel,
    Switch,
    SetTrustedRole,
    SetLanguage,
    SwitchSimilar,
    OpenAnswers,
    OpenForm,
    Back,
)


def server_view(settings: ServerSettings, guild: discord.Guild | None) -> discord.ui.View:
    """The menus for the whole server."""
    role, channel = settings.helper_role, settings.helper_channel
    return _view(
        ChooseChannel(),
        SetSureness(0, level_of(settings.sureness)),
        SetHelperRole(guild.get_role(role) if guild and role else None),
        SetHelperChannel(guild.get_channel(channel) if guild and channel else None),
        OpenForm("manners"),
        OpenForm("sparing"),
        OpenAnswers(),
        Switch("answer_in_thread", settings.answer_in_thread),
        Switch("digest", settings.digest),
    )


def channel_view(settings: ServerSettings, channel: int) -> discord.ui.View:
    """The menus for one forum or channel."""
    own = settings.channel(channel)
    modes = [SetMode(channel, mode, mode == own.mode) for mode in MODE_LABELS]
    if own.mode != "sure":
        return _view(ChooseChannel(), *modes, Back())
    sureness = SetSureness(channel, level_of(settings.sureness_in(channel)))
    return _view(ChooseChannel(), sureness, *modes, Back())


def _view(*items: SettingsItem) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


async def _change_server(interaction: Interaction, settings: ServerSettings) -> None:
    await change(interaction, settings, server_view(settings, interaction.guild))


async def _change_channel(
    interaction: Interaction, settings: ServerSettings, channel: int, own: ChannelSettings
) -> None:
    changed = with_channel(settings, channel, own)
    await change(interaction, changed, channel_view(changed, channel), channel)
