"""Who is asking: the name that robots.txt files call Footnote by, and what servers are told."""

NAME = "FootnoteBot"
DISTRIBUTION = "footnote-bot"


def user_agent(contact: str | None = None) -> str:
    """The User-Agent header, with the address of a page about Footnote if there is one."""
    from importlib.metadata import version

    agent = f"{NAME}/{version(DISTRIBUTION)}"
    return f"{agent} (+{contact})" if contact else agent
