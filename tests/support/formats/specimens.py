"""A good file of every kind, with headings, a sentence and a table where the kind has them."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from retrieval.reading.formats.plain.data.thread import Said, Thread
from retrieval.reading.formats.registry import BY_KIND

from . import office, opened
from .drawn import pdfs, pictures

TITLE, AUTHOR, DATE = "Staff handbook", "Ann Lee", "2024-05-06"
# A sentence that every specimen holds, whatever else it does.
SENTENCE = "Parents may take twenty weeks of leave."
BLOCKS: Sequence[str] = (
    *("# Leave", "Ask early, as the plan is made a month ahead.", "## Parental leave", SENTENCE),
    *("### Notice", "Eight weeks of notice are enough.", "- In writing", "- Or by phone"),
    *("# Pay", "Pay comes at the end of the month."),
)
HEADINGS = [(1, "Leave"), (2, "Parental leave"), (3, "Notice"), (1, "Pay")]
TABLE = [["Who", "Weeks"], ["Ann", "20"], ["Bo", "12"]]
NUMBERS: list[list[object]] = [["Name", "Weeks", "Note"], ["Ann", 20, SENTENCE], ["Bo", 12.5, None]]
CHAPTERS = (
    f"<h1>Leave</h1><p>Ask&#160;early.</p><h2>Parental leave</h2><p>{SENTENCE}</p>"
    "<h3>Notice</h3><ul><li>In writing</li><li>Or by phone</li></ul>",
    "<h1>Pay</h1><p>Pay comes at the end of the month.</p>",
)
RST = f"""Staff handbook
==============

:Author: Ann Lee
:Date: 2024-05-06

Leave
-----

Ask ``early``.

Parental leave
~~~~~~~~~~~~~~

{SENTENCE}

* In writing
* Or by phone

Pay
---

Pay comes *monthly*.
"""
MARKDOWN = f"""---
title: Staff handbook
author: Ann Lee
date: 2024-05-06
---

# Leave

Ask early.

## Parental leave

{SENTENCE}

### Notice

- In writing

# Pay

Pay comes monthly.
"""
PAGE = f"""<!doctype html><html lang="en"><head><title>Staff handbook</title>
<meta name="author" content="Ann Lee"></head><body><main><h1>Leave</h1>
{"<p>Ask early for leave, since the plan is made a month ahead by all of us.</p>" * 3}
<h2>Parental leave</h2><p>{SENTENCE}</p><h3>Notice</h3><p>Eight weeks of notice are enough.</p>
<h1>Pay</h1><p>Pay comes at the end of the month.</p></main></body></html>"""

YAML = f"""# How long, in weeks
leave: 20
rules:
- {{on: leave, text: {SENTENCE}}}
"""
TOML = f"""[leave]
# How long
weeks = 20
text = "{SENTENCE}"
"""
CAPTIONS = """1
00:00:01,000 --> 00:00:03,000
Parents may take

2
00:00:03,000 --> 00:00:05,000
twenty weeks of leave.
"""
MAIL = f"""From: Ann Lee <ann@example.org>
Date: Mon, 6 May 2024 10:00:00 +0000
Subject: Staff handbook

{SENTENCE}
"""
ASCIIDOC = f"""= Staff handbook
Ann Lee <ann@example.org>

== Parental leave

{SENTENCE}

|===
|Who |Weeks

|Ann
|20
|===
"""
LATEX = f"""\\documentclass{{article}}
\\title{{Staff handbook}}
\\begin{{document}}
\\section{{Parental leave}}
{SENTENCE}
\\end{{document}}
"""
WIKI = f"""== Parental leave ==
'''{SENTENCE}'''
* In [[writing]]
"""
ORG = f"""#+TITLE: Staff handbook
* Parental leave
{SENTENCE}
| Who | Weeks |
|-----+-------|
| Ann | 20    |
"""
MAN = f""".TH HANDBOOK 7 2024-05-06
.SH LEAVE
{SENTENCE}
.TP
\\fB\\-\\-early\\fR
Ask early.
"""
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": ["# Leave\n", SENTENCE]},
        {"cell_type": "code", "source": ["20"], "outputs": []},
    ]
}


class Specimen(NamedTuple):
    """A file under the name people would give it."""

    name: str
    data: bytes


RULE = "=" * 62
CHAT = f"""{RULE}
Guild: Office
Channel: Leave
{RULE}

[5/6/2024 9:12 AM] ann
{SENTENCE}

{RULE}
Exported 1 message(s)
{RULE}
"""

SLACK = f"""{{"slack": "leave"}}
{{"list": [{{"id": "U1", "profile": {{"display_name": "Ann Lee"}}}}]}}
{{"day": [{{"user": "U1", "ts": "1714986000.1", "text": "{SENTENCE}"}}]}}"""

LINK = "https://discord.com/channels/1/2/3"
SOLVED = Thread(
    TITLE,
    Said("Bo", "5 May 2024", "2024-05-05", LINK, "How long is leave?"),
    (Said("Ann Lee", "6 May 2024", DATE, f"{LINK}4", SENTENCE),),
)


def _exported(author: str, said: str, ticks: Sequence[Any] = ()) -> dict[str, Any]:
    written = {"timestamp": f"{DATE}T09:12:00+00:00", "author": {"name": author}}
    return written | {"content": said, "reactions": ticks}


EXPORT = {
    "guild": {"name": "Office"},
    "channel": {"type": "GuildPublicThread", "name": TITLE},
    "messages": [
        _exported("Bo", "How long is leave?"),
        _exported("Ann Lee", SENTENCE, [{"emoji": {"name": "✅"}}]),
    ],
}


@cache
def specimens() -> Mapping[str, Specimen]:
    """A good file of every kind, by the kind that reading it gives."""
    made = {
        "pdf": pdfs.pdf([BLOCKS[:4], BLOCKS[4:]], TITLE, AUTHOR),
        "docx": office.docx([*BLOCKS, TABLE], TITLE, AUTHOR),
        "pptx": office.pptx([("Leave", [SENTENCE, "Ask early"], "Say hello.")], TITLE),
        "xlsx": office.with_shared_strings(office.xlsx({"Staff": NUMBERS}, TITLE)),
        "csv": f"Name;Weeks;Note\nAnn;20;{SENTENCE}\nBo;12;\n".encode(),
        "epub": opened.epub(CHAPTERS, TITLE, AUTHOR),
        "odt": opened.odt([*BLOCKS, TABLE], TITLE, AUTHOR),
        "ods": opened.ods({"Staff": [["Name", "Note"], ["Ann", SENTENCE]]}, TITLE),
        "json": json.dumps({"title": TITLE, "rules": [{"on": "leave", "text": SENTENCE}]}).encode(),
        "rst": RST.encode(),
        "markdown": MARKDOWN.encode(),
        "html": PAGE.encode(),
        "yaml": YAML.encode(),
        "toml": TOML.encode(),
        "captions": CAPTIONS.encode(),
        "mail": MAIL.encode(),
        "asciidoc": ASCIIDOC.encode(),
        "latex": LATEX.encode(),
        "mediawiki": WIKI.encode(),
        "org": ORG.encode(),
        "man": MAN.encode(),
        "notebook": json.dumps(NOTEBOOK).encode(),
        "chat": CHAT.encode(),
        "slack": SLACK.encode(),
        "thread": SOLVED.as_json().encode(),
        "discord": json.dumps(EXPORT).encode(),
        "picture": pictures.saved(pictures.written([SENTENCE])),
        "text": f"{SENTENCE}\nAsk early.\n".encode(),
    }
    suffixes = {kind: (*BY_KIND[kind].suffixes, ".txt")[0] for kind in made}
    return {kind: Specimen(f"handbook{suffixes[kind]}", data) for kind, data in made.items()}


KINDS = tuple(BY_KIND)
