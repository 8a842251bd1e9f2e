"""Org: the outline and its text, without its marks, drawers and settings."""

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, text_of

TEXT = """#+TITLE: Boat house
#+AUTHOR: Ada
#+DATE: <2026-03-04 Wed>
#+OPTIONS: toc:nil
* TODO [#A] Fees :money:
SCHEDULED: <2026-01-01>
:PROPERTIES:
:ID: 3
:END:
It costs *twenty* /crowns/ =a= +old+ [[https://example.org][here]][fn:1].
# remark
| Who    | Fee |
|--------+-----|
| Junior | 20  |
#+TBLFM: x
- one
  - two
    more
- [ ] oar :: a lever
#+BEGIN_SRC bash -n
  make
#+END_SRC
Afterwards.
1) First
2) Second

[fn:1] A note.
** COMMENT Hidden
Secret.
* Next
Word.
"""


def test_an_outline_is_read_as_its_page_looks(parsers: Parsers) -> None:
    content = parsers.read(TEXT.encode(), "a.org")
    assert (content.kind, content.title, content.author) == ("org", "Boat house", "Ada")
    assert content.date == "2026-03-04"
    assert headings_of(content) == [(1, "Boat house"), (2, "Fees"), (2, "Next")]
    assert text_of(content).split("\n\n") == [
        *("Boat house", "Fees", "It costs twenty crowns a here.", "Who: Junior · Fee: 20"),
        "- one\n  - two more\n- oar: a lever\n  ```bash\n  make\n  ```",
        *("Afterwards.", "1. First\n2. Second", "A note.", "Next", "Word."),
    ]


def test_what_never_ends_is_read_to_its_end(parsers: Parsers) -> None:
    text = text_of(parsers.read(b"Word.\n#+BEGIN_SRC\nmake\n:DRAWER:\n", "a.org"))
    assert text.startswith("Word.\n\n```\nmake")
