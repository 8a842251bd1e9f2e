"""Words in Word and OpenDocument that are struck out or hidden, raised or lowered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from zipfile import ZipFile

from lxml import etree

from retrieval.text.special_characters import lowered, raised

from .docx_numbering import value
from .package import attribute, local, parsed, related, style_chain

OFF = ("0", "false", "off")
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


def _looks(
    raw: Mapping[str, etree._Element],
    above: Callable[[etree._Element], str],
    look_of: Callable[[etree._Element], Look],
) -> dict[str, Look]:
    """The looks of styles by their names, each with what those that it is based on add."""
    found = {
        name: reduce(Look.over, map(look_of, style_chain(name, raw, above)), PLAIN) for name in raw
    }
    return {name: look for name, look in found.items() if look != PLAIN}


# --- Word


def read_docx_looks(archive: ZipFile, part: str) -> dict[str, Look]:
    """The looks of Word's styles, by their ids."""
    sheet = related(archive, part, "styles")
    if not sheet:
        return {}
    raw = {
        attribute(style, "styleId"): style
        for style in parsed(archive.read(sheet)).iterfind("{*}style")
    }
    return _looks(raw, based_on, lambda style: _docx_look(style.find("{*}rPr")))


def based_on(style: etree._Element) -> str:
    """The id of the style that one of Word's is based on, or ""."""
    return value(style, "basedOn")


def _docx_look(properties: etree._Element | None) -> Look:
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
    look = _docx_look(properties)
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


# --- OpenDocument

NOT_STRUCK = ("", "none")


def read_odt_looks(roots: Iterable[etree._Element]) -> dict[str, Look]:
    """The looks of OpenDocument's styles of text and paragraphs, by their names."""
    raw = {attribute(each, "name"): each for root in roots for each in root.iter("{*}style")}
    return _looks(
        raw,
        lambda style: attribute(style, "parent-style-name"),
        lambda style: _odt_look(style.find("{*}text-properties")),
    )


def _odt_look(properties: etree._Element | None) -> Look:
    if properties is None:
        return PLAIN
    line = attribute(properties, "text-line-through-style")
    kind = attribute(properties, "text-line-through-type")
    struck = (line or kind) not in NOT_STRUCK if line or kind else None
    unsaid = True if attribute(properties, "display") == "none" else struck
    place = attribute(properties, "text-position").split(" ")[0]
    if place == "super" or (place[:1].isdigit() and place != "0%"):
        return Look(unsaid, "superscript")
    return Look(unsaid, "subscript" if place == "sub" or place[:1] == "-" else "")
