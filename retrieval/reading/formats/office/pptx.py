"""PowerPoint's slides (.pptx, .pptm, .ppsx, …): PresentationML, as in ECMA-376, part 1."""

from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from retrieval.reading.formats.content import Gathering, one_line
from retrieval.reading.formats.hyperlinks import WHOLE, linked
from retrieval.reading.formats.tables import unnumbered, write_table

from .docx_numbering import BULLET, number, written
from .package import (
    addresses,
    attribute,
    first_text,
    local,
    main_part,
    open_archive,
    parsed,
    read_properties,
    related,
    relations,
)
from .struck_and_raised import Look

NUMBERS = {
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
MOST_SERIES = 50
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
    for page, part in enumerate(_slides(archive), 1):
        gathering.begin_part(page)
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
    slide = parsed(archive.read(part))
    _mark_hyperlinks(slide, addresses(archive, part))
    shapes = list(_shapes(slide))
    for shape in (shape for shape in shapes if _role(shape) in TITLES):
        title = " ".join(_lines(shape))
        gathering.title = gathering.title or one_line(title)
        gathering.add_text(title, 1)
    for shape in (shape for shape in shapes if _role(shape) not in (*TITLES, *RUNNING)):
        _read_shape(shape, gathering)
    for relation in relations(archive, part):
        if relation.kind == "diagramData":
            gathering.add_text(_listed(parsed(archive.read(relation.target))))
        elif relation.kind == "chart":
            _read_chart(parsed(archive.read(relation.target)), gathering)
    if notes := related(archive, part, "notesSlide"):
        for shape in _shapes(parsed(archive.read(notes))):
            if _role(shape) == "body":
                gathering.add_text("\n".join(_lines(shape)))


def _mark_hyperlinks(slide: etree._Element, found: dict[str, str]) -> None:
    for run in slide.iter("{*}r"):
        click = run.find("{*}rPr/{*}hlinkClick")
        address = found.get(attribute(click, "id"), "") if click is not None else ""
        for text in run.iterfind("{*}t") if WHOLE.match(address) else ():
            text.text = linked(text.text or "", address)


def _read_chart(chart: etree._Element, gathering: Gathering) -> None:
    """Add a chart's title, and its values as a table: a row a category, a column a series."""
    title = chart.find(".//{*}chart/{*}title")
    if title is not None:
        gathering.add_text(" ".join(_lines(title)))
    series = list(chart.iter("{*}ser"))[:MOST_SERIES]
    header = ["", *(" ".join(_points(each, "tx").values()) for each in series)]
    names = _points(series[0], "cat") if series else {}
    values = [_points(each, "val") for each in series]
    rows = [[name, *(each.get(at, "") for each in values)] for at, name in names.items()]
    write_table(unnumbered(rows), gathering, header=header)


def _points(series: etree._Element, kind: str) -> dict[str, str]:
    """The points of a series, by their places: its name (tx), categories (cat) or values (val)."""
    points = series.iterfind(f"{{*}}{kind}//{{*}}pt")
    return {attribute(point, "idx"): first_text(point, "v") for point in points}


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
    paragraphs = [each for each in element.iter("{*}p") if _text(each)]
    if len(paragraphs) == 1:
        return _text(paragraphs[0])
    marked = zip(_marks(paragraphs), paragraphs, strict=True)
    return "\n".join(f"{'  ' * _level(each)}{mark}{_text(each)}" for mark, each in marked)


def _marks(paragraphs: list[etree._Element]) -> Iterator[str]:
    """The mark of each item of a list: its automatic number, or "- "."""
    counts = dict[int, int]()
    for paragraph in paragraphs:
        level, numbers = _level(paragraph), paragraph.find("{*}pPr/{*}buAutoNum")
        counts = {at: count for at, count in counts.items() if at <= level}
        if numbers is None:
            counts.pop(level, None)
            yield BULLET
        else:
            first = number(attribute(numbers, "startAt"), 1)
            counts[level] = counts.get(level, first - 1) + 1
            yield _numbered(attribute(numbers, "type"), counts[level])


def _numbered(kind: str, count: int) -> str:
    """A number in a format by its name in PowerPoint, such as "alphaLcParenR"."""
    style = next((name for start, name in NUMBERS.items() if kind.startswith(start)), "decimal")
    shown = written(count, style)
    if kind.endswith("ParenBoth"):
        return f"({shown}) "
    return f"{shown}) " if kind.endswith("ParenR") else f"{shown}. "


def _level(paragraph: etree._Element) -> int:
    properties = paragraph.find("{*}pPr")
    level = attribute(properties, "lvl") if properties is not None else ""
    return int(level) if level in "12345678" and level else 0


def _lines(element: etree._Element) -> list[str]:
    return [text for each in element.iter("{*}p") if (text := _text(each))]


def _text(paragraph: etree._Element) -> str:
    words = (
        _shown(each) if local(each) == "t" else " " for each in paragraph.iter("{*}t", "{*}br")
    )
    return "".join(words).strip()


def _shown(element: etree._Element) -> str:
    """The text of a run: none where it is struck out; raised or lowered characters as such."""
    run = element.getparent()
    properties = run.find("{*}rPr") if run is not None else None
    if properties is None:
        return element.text or ""
    struck = attribute(properties, "strike") in ("sngStrike", "dblStrike")
    moved = attribute(properties, "baseline")
    place = "" if moved in ("", "0") else "subscript" if moved[0] == "-" else "superscript"
    return Look(struck, place).shown(element.text or "")
