"""A text of which pages are made; the words of it that a page shows are known."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Manual:
    """A page's text: what a generator is given."""

    title: str
    opening: str
    steps: tuple[str, ...]
    start: int
    language: str
    code: str
    file: str
    note: str
    tabs: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    question: str
    answer: str
    term: str
    meaning: str
    caption: str
    footnote: str

    def shown(self) -> str:
        """All that a reader of the page is shown of it, in no particular order."""
        parts = [self.title, self.opening, *self.steps, self.code, self.file, self.note]
        parts += [word for tab in self.tabs for word in tab]
        parts += [*self.columns, *(cell for row in self.rows for cell in row)]
        parts += [self.question, self.answer, self.term, self.meaning, self.caption, self.footnote]
        return "\n".join((*parts, "Steps Names Questions Note"))


SUBJECTS = (
    ("Kiln", "fires clay slowly overnight", "bash", "kilnctl warm --cone 6\n  && kilnctl hold 40"),
    ("Loom", "weaves wool while nobody watches", "python", "def weave(row):\n    return row * 2"),
    ("Forge", "bends iron into gates and hooks", "yaml", "forge:\n  fan: high\n  coal: dry"),
    ("Press", "prints posters for the village", "ruby", "def ink\n  spread :black\nend"),
    ("Still", "distils lavender every summer", "toml", "[still]\nheat = 78\nwater = 'cold'"),
)


def manuals() -> list[Manual]:
    """Texts of one shape and different words."""
    return [
        Manual(
            title=f"{name} handbook",
            opening=f"The {name.lower()} {does}. Its door opens at nine.",
            steps=(
                f"Sweep the {name.lower()} floor.",
                "Lift the lid gently.",
                "Wait for the bell.",
            ),
            start=number + 3,
            language=language,
            code=code,
            file=f"{name.lower()}/settings.cfg",
            note=f"Never leave the {name.lower()} unlocked.",
            tabs=(("Linux", f"apt install {name.lower()}"), ("Windows", f"winget {name}.msi")),
            columns=("Sensor", "Limit", "Room"),
            rows=tuple(
                (f"S{number}{row}", f"{40 + row} degrees", f"attic {row}") for row in range(1, 7)
            ),
            question=f"Who repairs the {name.lower()}?",
            answer="Telephone 555-0143 on weekdays.",
            term="Ember",
            meaning=f"What glows inside a {name.lower()} afterwards.",
            caption=f"The {name.lower()} seen from behind.",
            footnote="Measured by hand in spring.",
        )
        for number, (name, does, language, code) in enumerate(SUBJECTS)
    ]


def table(manual: Manual) -> str:
    """The table of the text."""
    head = "".join(f"<th>{escape(name)}</th>" for name in manual.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in manual.rows
    )
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


def steps(manual: Manual) -> str:
    """The items of its list."""
    return "\n".join(f"<li>{step}</li>" for step in manual.steps)


def document(manual: Manual, body: str) -> str:
    """A page with a head, around a body."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{manual.title} | '
        "Workshop Docs</title><style>.a{color:red}</style><script>let unseen=1</script></head>\n"
        f"{body}<script src='/zz.js'>boot()</script></html>"
    )
