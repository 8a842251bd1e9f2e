"""The name by which the bot introduces itself to servers, and robots.txt files call it."""

from importlib.metadata import version

NAME = "FootnoteBot"
DISTRIBUTION = "footnote-bot"


def user_agent(contact: str | None = None) -> str:
    """The User-Agent header, with the address of a page about Footnote if there is one."""
    agent = f"{NAME}/{version(DISTRIBUTION)}"
    return f"{agent} (+{contact})" if contact else agent
