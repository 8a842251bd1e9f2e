"""A document of every kind, each with one fact of its own, and what asking for that fact gives."""

import json
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tests.support.formats import office, opened
from tests.support.formats.drawn import pdfs
from tests.support.formats.office import Table


class Asked(NamedTuple):
    """A question, the file that answers it, and the citation that comes of it.

    `section` is what stands above the quote, and `place` its page, slide or row.
    """

    file: str
    question: str
    quote: str
    title: str
    section: str = ""
    place: str = ""


ASKED = (
    Asked(
        "guide.pdf",
        "When does high tide reach the quay?",
        "High tide reaches the quay of Holm at noon.",
        "Harbour guide",
        "Water › Tides",
        "page 2",
    ),
    Asked(
        "crew.docx",
        "What is the cook called?",
        "The cook is called Olga Renn.",
        "Ship's book",
        "Crew › Galley",
    ),
    Asked(
        "talk.pptx",
        "Where do bicycles travel?",
        "Bicycles travel in the bow of the ferry",
        "The ferry",
        "Luggage",
        "slide 2",
    ),
    Asked(
        "ships.xlsx",
        "Which berth is the Borealis at?",
        "Name: Borealis · Cargo: timber · Berth: 5",
        "Ships in port",
        "Ships",
        "row 3",
    ),
    Asked(
        "seals.epub",
        "Where do the seals sleep?",
        "The seals of Skerry sleep on the northern rocks.",
        "Gulls and seals",
        "Of seals",
    ),
    Asked(
        "rules.odt",
        "Who mends the nets?",
        "Nets are mended by the widow Marn in her loft.",
        "Rules of the guild",
        "Rules › Nets",
    ),
    Asked(
        "buoys.ods",
        "Which light has Old Nick?",
        "Buoy: Old Nick · Light: green",
        "Lights",
        "Buoys",
        "row 3",
    ),
    Asked(
        "cargo.csv",
        "What cargo does the Corvus carry?",
        "Name: Corvus · Cargo: barley",
        "cargo",
        place="row 4",
    ),
    Asked("pilots.json", "Which radio channel has Jorun Vik?", "channel 14", "pilots", "pilots"),
    Asked(
        "museum.rst",
        "What does a ticket for the museum of nets cost?",
        "A ticket for the museum of nets costs seven crowns.",
        "Museum of nets",
        "Museum of nets › Tickets",
    ),
    Asked(
        "bread.md",
        "How long is rye bread baked?",
        "Rye bread is baked for an hour at two hundred degrees.",
        "Bread",
        "Bread › Rye",
    ),
    Asked(
        "sauna.html",
        "When is the sauna of Tarn heated?",
        "The sauna of Tarn is heated at six on every Friday.",
        "The sauna",
        "The sauna › Heat",
    ),
    Asked(
        "lamp.txt",
        "What does the lamp of the lighthouse burn?",
        "Its lamp burns whale oil from Tarn.",
        "lamp",
    ),
)

SHIPS: Table = [["Name", "Cargo", "Berth"], ["Alma", "salt", "3"], ["Borealis", "timber", "5"]]
CARGO: Table = [["Name", "Cargo"], ["Alma", "salt"], ["Borealis", "timber"], ["Corvus", "barley"]]
BUOYS: Table = [["Buoy", "Light"], ["Kelp Rock", "red"], ["Old Nick", "green"]]
GUIDE = (
    ("# Opening", "The harbour office opens at eight."),
    ("# Water", "## Tides", "High tide reaches the quay of Holm at noon."),
)
CREW = ("# Crew", "Eleven people work on board.", "## Galley", "The cook is called Olga Renn.")
TALK = (
    ("Fares", ("A ticket to Skerry costs four crowns",), ""),
    ("Luggage", ("Bicycles travel in the bow of the ferry",), ""),
    ("Thanks", ("Are there any questions?",), ""),
)
RULES = ("# Rules", "## Nets", "Nets are mended by the widow Marn in her loft.")
CHAPTERS = (
    "<h1>Of gulls</h1><p>Gulls steal herring from the market.</p>",
    "<h1>Of seals</h1><p>The seals of Skerry sleep on the northern rocks.</p>",
)
PILOTS = {"pilots": [{"name": "Jorun Vik", "radio": "channel 14"}]}
MUSEUM = """Museum of nets
==============

Tickets
-------

A ticket for the museum of nets costs seven crowns.
"""
BREAD = "# Bread\n\n## Rye\n\nRye bread is baked for an hour at two hundred degrees.\n"
SAUNA = """<html><head><title>Tarn</title></head><body><main>
<h1>The sauna</h1><p>Everybody may come in, and nobody needs to bring a towel along.</p>
<h2>Heat</h2><p>The sauna of Tarn is heated at six on every Friday.</p></main></body></html>"""
LAMP = "The lighthouse was built in 1851. Its lamp burns whale oil from Tarn.\n"


@cache
def files() -> Mapping[str, bytes]:
    """The files, by name."""
    return {
        "guide.pdf": pdfs.pdf(GUIDE, "Harbour guide"),
        "crew.docx": office.docx(CREW, "Ship's book", "Ann Lee"),
        "talk.pptx": office.pptx(TALK, "The ferry"),
        "ships.xlsx": office.xlsx({"Ships": SHIPS}, "Ships in port"),
        "seals.epub": opened.epub(CHAPTERS, "Gulls and seals", ""),
        "rules.odt": opened.odt(RULES, "Rules of the guild"),
        "buoys.ods": opened.ods({"Buoys": BUOYS}, "Lights"),
        "cargo.csv": "".join(f"{';'.join(row)}\n" for row in CARGO).encode(),
        "pilots.json": json.dumps(PILOTS).encode(),
        "museum.rst": MUSEUM.encode(),
        "bread.md": BREAD.encode(),
        "sauna.html": SAUNA.encode(),
        "lamp.txt": LAMP.encode(),
    }
