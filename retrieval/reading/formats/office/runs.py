"""The runs of a Word document: what is struck out or hidden in them, raised or lowered."""

from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree

from retrieval.text.raised import lowered, raised

from .numbering import value
from .package import attribute, local, parsed, related

OFF = ("0", "false", "off")
LONGEST_CHAIN = 20  # styles are based on one another, some on themselves
# What doesn't hold, or isn't there for a reader.
UNSAID = ("strike", "dstrike", "vanish")


@dataclass(frozen=True, slots=True)
class Look:
    """The look of words; what isn't said is left to the styles."""

    unsaid: bool | None = None
    place: str = ""

    def over(self, other: "Look") -> "Look":
        """This look, with another's where this one says nothing."""
        unsaid = other.unsaid if self.unsaid is None else self.unsaid
        return Look(unsaid, self.place or other.place)

    def shown(self, text: str) -> str:
        """The text as a reader sees it."""
        if self.unsaid:
            return ""
        if self.place == "superscript":
            return raised(text)
        return lowered(text) if self.place == "subscript" else text


PLAIN = Look()


def read_looks(archive: ZipFile, part: str) -> dict[str, Look]:
    """The looks of styles, by their ids."""
    sheet = related(archive, part, "styles")
    if not sheet:
        return {}
    raw = {
        attribute(style, "styleId"): style
        for style in parsed(archive.read(sheet)).iterfind("{*}style")
    }
    return {name: look for name in raw if (look := _inherited(name, raw)) != PLAIN}


def _inherited(name: str, raw: dict[str, etree._Element]) -> Look:
    look = PLAIN
    for _ in range(LONGEST_CHAIN):
        style = raw.get(name)
        if style is None:
            break
        look = look.over(_look(style.find("{*}rPr")))
        name = value(style, "basedOn")
    return look


def _look(properties: etree._Element | None) -> Look:
    if properties is None:
        return PLAIN
    marks = [mark for each in UNSAID if (mark := properties.find(f"{{*}}{each}")) is not None]
    unsaid = any(attribute(mark, "val") not in OFF for mark in marks) if marks else None
    return Look(unsaid, value(properties, "vertAlign"))


def text_of(element: etree._Element, looks: dict[str, Look]) -> str:
    """The text of a "t" as it looks in its run; in formulas, exponents are raised."""
    text = element.text or ""
    run = element.getparent()
    if run is None or local(run) != "r":
        return text
    properties = run.find("{*}rPr")
    look = _look(properties)
    if looks:
        style = value(properties, "rStyle") if properties is not None else ""
        look = look.over(looks.get(style, PLAIN)).over(looks.get(_paragraph_style(run), PLAIN))
    look = look.over(Look(place=_place_in_formula(run)))
    return look.shown(text)


def _paragraph_style(run: etree._Element) -> str:
    paragraph = next(run.iterancestors("{*}p"), None)
    return value(paragraph, "pPr/{*}pStyle") if paragraph is not None else ""


def _place_in_formula(run: etree._Element) -> str:
    above = run.getparent()
    name = local(above) if above is not None else ""
    return {"sup": "superscript", "sub": "subscript"}.get(name, "")
