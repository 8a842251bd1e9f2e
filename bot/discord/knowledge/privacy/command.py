"""`/privacy`: a member sees what is kept of them, takes it along, deletes it, and opts out or in.

Everything is shown to its caller alone, and is about nobody but its caller.
"""

import io
import json
from collections.abc import Iterator, Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.knowledge.changes import Changes
from bot.discord.language.translation import N_, _, ngettext
from bot.discord.messages.button import Button, together
from bot.discord.messages.markdown import plain
from bot.discord.messages.send import replace
from bot.discord.messages.split import pack
from bot.discord.records.question_log import KEPT_DAYS
from bot.discord.services.services import Interaction, Services
from retrieval.errors import plural

from .in_words import deleted_lines, kept_lines
from .personal import Personal, delete_personal, read_personal

CHOSEN = {
    True: N_("You opted out: from now on nothing of what you write is kept."),
    False: N_("This is kept of you, in all servers:"),
}
OPTED_OUT_HERE = N_("You opted out in this server: from now on nothing of what you write is kept.")
ABOUT = plural(
    "What is asked is kept for {count} day, documents until somebody removes them. *{button}* "
    "takes all of it out of the bot's files, in all servers; what stands in Discord itself "
    "is deleted there.",
    "What is asked is kept for {count} days, documents until somebody removes them. *{button}* "
    "takes all of it out of the bot's files, in all servers; what stands in Discord itself "
    "is deleted there.",
)
SURE = N_(
    "Delete all that is kept of you, in all servers? Documents that hold your words are removed. "
    "You are opted out then. This can't be undone."
)
KEPT = N_("Kept. Nothing was changed.")
FILE = "footnote-privacy.json"


class Privacy(commands.Cog):
    """Every member may ask what is kept of them, in servers and in direct messages."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(
        description=N_("See what is kept of you, take it along, delete it, opt out")
    )
    async def privacy(self, interaction: Interaction) -> None:
        """Show what is kept of the caller, to the caller alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show(interaction)


async def show(interaction: Interaction) -> None:
    """Show what is kept of the caller, in place of what an interaction shows so far."""
    personal = await _personal(interaction)
    here = personal.opted_out and interaction.guild_id
    choice = _(OPTED_OUT_HERE if here else CHOSEN[personal.opted_out])
    lines = [plain_line(line) for line in kept_lines(personal)]
    about = "-# " + ngettext(*ABOUT, KEPT_DAYS, button=_("Delete"))
    text = "\n".join(_apart([choice, *lines, about]))
    await replace(interaction, pack([text])[0], _buttons(personal))


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """Lines with a blank one behind each list: what follows it is none of its points."""
    listing = False
    for line in lines:
        if listing and not line.startswith("- "):
            yield ""
        listing = line.startswith("- ")
        yield line


def plain_line(line: str) -> str:
    """A line whose words stand as they are, whatever Markdown a member wrote in them."""
    return f"- {plain(line[2:])}" if line.startswith("- ") else line


async def _personal(interaction: Interaction) -> Personal:
    services, member, server = _of(interaction)
    library = services.libraries.library
    return await services.libraries.errand(
        lambda: read_personal(library, services.privacy, member, server)
    )


def _of(interaction: Interaction) -> tuple[Services, int, int | None]:
    return interaction.client.services, interaction.user.id, interaction.guild_id


class Export(Button, template="footnote:privacy:export"):
    """Hands over all that is kept of whoever presses it, as a file."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label=_("Download"), custom_id="footnote:privacy:export")
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        personal = await _personal(interaction)
        text = json.dumps(personal.form(), ensure_ascii=False, indent=1)
        file = discord.File(io.BytesIO(text.encode()), FILE)
        await interaction.edit_original_response(attachments=[file])


class AskDelete(Button, template="footnote:privacy:delete"):
    """Asks whether all that is kept of whoever presses it is to be deleted."""

    def __init__(self, disabled: bool = False) -> None:
        super().__init__(
            discord.ui.Button(
                label=_("Delete …"),
                style=discord.ButtonStyle.danger,
                custom_id="footnote:privacy:delete",
                disabled=disabled,
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        view = together(Delete(), KeepAll())
        await interaction.response.edit_message(content=_(SURE), view=view)


class Delete(Button, template="footnote:privacy:delete-all"):
    """Deletes all that is kept of whoever presses it."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(
                label=_("Delete"),
                style=discord.ButtonStyle.danger,
                custom_id="footnote:privacy:delete-all",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        services, member, _ = _of(interaction)
        library, kept = services.libraries.library, services.libraries.records.kept
        theirs = await services.libraries.errand(lambda: kept.documents_by(member))
        deleted = await services.libraries.job(
            lambda: delete_personal(library, services.privacy, member)
        )
        changes = interaction.client.get_cog(Changes.__name__)
        if isinstance(changes, Changes):  # what others said in the same threads stays
            changes.look_again(one for one in theirs if one.kind == "thread")
        await replace(interaction, pack(["\n".join(deleted_lines(deleted))])[0])


class KeepAll(Button, template="footnote:privacy:keep"):
    """Leaves all as it is."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=_("Keep"), custom_id="footnote:privacy:keep"))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content=_(KEPT), view=None)


class Opt(Button, template=r"footnote:privacy:opt-(?P<way>out|in)"):
    """Opts whoever presses it out, or in again: in this server, or, in direct messages, in all."""

    def __init__(self, way: str) -> None:
        self.way = way
        label = _("Opt out") if way == "out" else _("Opt in")
        super().__init__(discord.ui.Button(label=label, custom_id=f"footnote:privacy:opt-{way}"))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        services, member, server = _of(interaction)
        change = services.privacy.opt_out if self.way == "out" else services.privacy.opt_in
        await services.libraries.errand(lambda: change(server, member))
        await show(interaction)


def _buttons(personal: Personal) -> discord.ui.View:
    opt = Opt("in" if personal.opted_out else "out")
    return together(Export(), AskDelete(personal.is_empty), opt)


ITEMS = (Export, AskDelete, Delete, KeepAll, Opt)
