"""Write the settings into docs/settings.md and .env.example: `make docs`.

Both are made of the settings class, so that neither can fall behind it; a test compares them.
"""

import re
import textwrap
from pathlib import Path

from bot.home_path import PREFIX
from bot.settings import Explained, Settings

ROOT = Path(__file__).parents[1]
PAGE, EXAMPLE = ROOT / "docs" / "settings.md", ROOT / ".env.example"
BEGIN, END = "<!-- made by `make docs` from bot/settings.py -->", "<!-- until here -->"
COPY = "# Copy to .env and uncomment what you want to change. `make docs` writes this file.\n"


def explained() -> dict[str, Explained]:
    """The description of each setting, by its name. Raises LookupError where one has none."""
    return {name: _described(name) for name in Settings.model_fields}


def _described(name: str) -> Explained:
    field = Settings.model_fields[name]
    for item in field.metadata:
        if isinstance(item, Explained):
            default = str(field.default).removesuffix(".0")
            return Explained(item.what, item.unset or f"`{default}`", item.example)
    raise LookupError(f"{name} has no description")


def page(before: str) -> str:
    """docs/settings.md with the table of now in place of the one between its two marks."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_linked(one.what)} | {one.unset} |"
        for name, one in explained().items()
    ]
    table = "\n".join(["| setting | what it is | unset |", "|---|---|---|", *rows])
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}"


def _linked(text: str) -> str:
    return re.sub(r"(https://\S+)", r"<\1>", text)


def example() -> str:
    """`.env.example`: every setting with its description, commented out."""
    blocks = []
    for name, one in explained().items():
        comment = textwrap.fill(
            f"{one.what} Unset: {one.unset}.",
            98,
            initial_indent="# ",
            subsequent_indent="# ",
            break_on_hyphens=False,
        )
        blocks.append(f"{comment}\n# {PREFIX}{name.upper()}={one.example}\n")
    return "\n".join([COPY, *blocks])


def main() -> None:
    """Write both files."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    EXAMPLE.write_text(example(), encoding="utf-8")


if __name__ == "__main__":
    main()
