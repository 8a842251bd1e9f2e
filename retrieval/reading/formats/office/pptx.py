"""PowerPoint's slides (.pptx, .pptm, .ppsx, …): PresentationML, as in ECMA-376, part 1."""

from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from retrieval.reading.formats.content import Gathering, one_line
from retrieval.reading.formats.tables import unnumbered, write_table

from .package import (
    attribute,
    local,
    main_part,
    open_archive,
    parsed,
    read_properties,
    related,
    relations,
)

# PowerPoint's own title for everything that was given none.
UNTITLED = "PowerPoint Presentation"
TITLES = ("title", "ctrTitle")
# They say the same on every slide.
RUNNING = ("dt", "ftr", "hdr", "sldNum")


def read_pptx(data: bytes, gathering: Gathering) -> None:
    """Add the slides, hidden ones too: title, text, tables, diagrams, and the speaker's notes."""
    archive = open_archive(data)
    read_properties(archive, gathering)
    if gathering.title == UNTITLED:
        gathering.title = ""
    for number, part in enumerate(_slides(archive), 1):
        gathering.begin_part(number)
        _read_slide(archive, part, gathering)


def _slides(archive: ZipFile) -> Iterator[str]:
    main = main_part(archive)
    targets = {relation.id: relation.target for relation in relations(archive, main)}
    for slide in parsed(archive.read(main)).iterfind("{*}sldIdLst/{*}sldId"):
        # It has an id of its own too; that of the relation is the one with a namespace.
        keys = [key for key in slide.attrib if str(key).endswith("}id")]
        if target := targets.get(str(slide.get(keys[0]))) if keys else None:
            yield target


def _read_slide(archive: ZipFile, part: str, gathering: Gathering) -> None:
    shapes = list(_shapes(parsed(archive.read(part))))
    for shape in (shape for shape in shapes if _role(shape) in TITLES):
        title = " ".join(_lines(shape))
        gathering.title = gathering.title or one_line(title)
        gathering.add_text(title, 1)
    for shape in (shape for shape in shapes if _role(shape) not in (*TITLES, *RUNNING)):
        _read_shape(shape, gathering)
    for relation in relations(archive, part):
        if relation.kind == "diagramData":
            gathering.add_text(_listed(parsed(archive.read(relation.target))))
    if notes := related(archive, part, "notesSlide"):
        for shape in _shapes(parsed(archive.read(notes))):
            if _role(shape) == "body":
                gathering.add_text("\n".join(_lines(shape)))


def _shapes(slide: etree._Element) -> Iterator[etree._Element]:
    """The shapes and frames of a slide, those in groups included."""
    for shape in slide.iter("{*}sp", "{*}graphicFrame"):
        # What older programs show instead says the same once more.
        if not any(local(above) == "Fallback" for above in shape.iterancestors()):
            yield shape


def _role(shape: etree._Element) -> str:
    """The role of a shape that is a placeholder: "title", "body", …; "" of any other."""
    place = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return (attribute(place, "type") or "body") if place is not None else ""


def _read_shape(shape: etree._Element, gathering: Gathering) -> None:
    tables = list(shape.iter("{*}tbl"))
    for table in tables:
        rows = [
            [" ".join(_lines(cell)) for cell in row.iterfind("{*}tc")]
            for row in table.iterfind("{*}tr")
        ]
        write_table(unnumbered(rows), gathering)
    if not tables:
        gathering.add_text(_listed(shape))


def _listed(element: etree._Element) -> str:
    """An element's paragraphs as a list, if there are several: on slides, nearly all are."""
    paragraphs = [(_level(each), _text(each)) for each in element.iter("{*}p")]
    told = [(level, text) for level, text in paragraphs if text]
    if len(told) == 1:
        return told[0][1]
    return "\n".join(f"{'  ' * level}- {text}" for level, text in told)


def _level(paragraph: etree._Element) -> int:
    properties = paragraph.find("{*}pPr")
    level = attribute(properties, "lvl") if properties is not None else ""
    return int(level) if level in "12345678" and level else 0


def _lines(element: etree._Element) -> list[str]:
    return [text for each in element.iter("{*}p") if (text := _text(each))]


def _text(paragraph: etree._Element) -> str:
    words = (
        each.text or "" if local(each) == "t" else " " for each in paragraph.iter("{*}t", "{*}br")
    )
    return "".join(words).strip()
