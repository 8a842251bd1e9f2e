"""Who called a command, and in which server."""

from .buttons import Interaction


def guild_of(interaction: Interaction) -> int:
    """The server that a command was called in; Discord offers these nowhere else."""
    assert interaction.guild_id is not None
    return interaction.guild_id


def added_by(interaction: Interaction) -> str:
    """Who adds, as the catalog remembers it."""
    return f"discord:{interaction.user.id}"
