"""Hostile PDFs: endless nesting, pages in circles, streams that swell, and lies about numbers."""

import zlib
from collections.abc import Mapping

from .. import zips
from ..drawn import pdfs
from ..specimens import SENTENCE, specimens
from .specimen import Hostile

DAMAGED, LARGE, EMPTY = "is damaged", "needs more than 1 GiB of memory", "without text"
HELLO = b"BT /F 12 Tf 50 500 Td (%b) Tj ET" % SENTENCE.encode()


def _page_with(extra: bytes) -> bytes:
    return pdfs.page_of(HELLO, page=pdfs.PAGE.replace(b"/MediaBox", b"/X " + extra + b"/MediaBox"))


def _nested_operands() -> bytes:
    return pdfs.page_of(b"BT /F 1 Tf " + b"[" * 100_000 + b"(x)" + b"]" * 100_000 + b" TJ ET")


def _pages_in_a_circle() -> bytes:
    return pdfs.by_hand(pdfs.CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


def _pages_far_down(levels: int = 1_000) -> bytes:
    inner = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, levels)]
    return pdfs.by_hand(pdfs.CATALOG, *inner, pdfs.PAGE)


def _ten_billion_pages() -> bytes:
    kids = [b"<</Type/Pages/Kids[%b]/Count 10>>" % (b"%d 0 R " % n * 10) for n in range(3, 13)]
    return pdfs.by_hand(pdfs.CATALOG, *kids, pdfs.PAGE)


def _swollen_stream() -> bytes:
    return pdfs.page_of(_swollen(), b"/Filter/FlateDecode")


def _twice_swollen_stream() -> bytes:
    return pdfs.page_of(zlib.compress(_swollen()), b"/Filter[/FlateDecode/FlateDecode]")


def _swollen() -> bytes:
    content = zips.Swollen(b"", HELLO * 1_000, 4_000, b"")
    return b"\x78\xda" + content.packed() + content.adler().to_bytes(4, "big")


def _form(content: bytes, next_number: int) -> bytes:
    resources = b"<</Font<</F 5 0 R>>/XObject<</A %d 0 R>>>>" % next_number
    return pdfs.stream(content, b"/Type/XObject/Subtype/Form/Resources" + resources)


def _page_of_forms(*forms: bytes) -> bytes:
    page = pdfs.PAGE.replace(b"/Font", b"/XObject<</A 6 0 R>>/Font")
    return pdfs.by_hand(pdfs.CATALOG, pdfs.PAGES, page, pdfs.stream(b"/A Do"), pdfs.FONT, *forms)


def _forms_in_forms() -> bytes:
    levels = [_form(b"/A Do " * 10 if n < 9 else HELLO, 7 + n) for n in range(10)]
    return _page_of_forms(*levels)


def _outline_in_a_circle() -> bytes:
    return pdfs.by_hand(
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
        *(pdfs.PAGES, pdfs.PAGE, pdfs.stream(HELLO), pdfs.FONT),
        b"<</First 7 0 R/Last 7 0 R>>",
        b"<</Title(Parents)/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>",
    )


def _count_of_two_billion() -> bytes:
    return pdfs.page_of(HELLO).replace(b"/Count 1>>", b"/Count 2000000000>>")


def _huge_numbers() -> bytes:
    return pdfs.page_of(HELLO.replace(b"50 500", b"9" * 5_000 + b" -" + b"9" * 5_000))


def _cut() -> bytes:
    return specimens()["pdf"].data[:1500]


PDFS: Mapping[str, Hostile] = {
    "endless_list": Hostile(
        "a.pdf", lambda: _page_with(b"[" * 100_000 + b"]" * 100_000), "", SENTENCE
    ),
    "endless_dictionary": Hostile(
        "a.pdf", lambda: _page_with(b"<</A " * 50_000 + b"1" + b">>" * 50_000), ""
    ),
    "endless_operands": Hostile("a.pdf", _nested_operands, EMPTY),
    "pages_in_a_circle": Hostile("a.pdf", _pages_in_a_circle, DAMAGED),
    "pages_far_down": Hostile("a.pdf", _pages_far_down, ""),
    "ten_billion_pages": Hostile("a.pdf", _ten_billion_pages, ""),
    "swollen_stream": Hostile("a.pdf", _swollen_stream, LARGE),
    "twice_swollen_stream": Hostile("a.pdf", _twice_swollen_stream, LARGE),
    "forms_in_forms": Hostile("a.pdf", _forms_in_forms, LARGE),
    "a_form_in_itself": Hostile("a.pdf", lambda: _page_of_forms(_form(b"/A Do /A Do", 6)), LARGE),
    "outline_in_a_circle": Hostile("a.pdf", _outline_in_a_circle, "", SENTENCE),
    "count_of_two_billion": Hostile("a.pdf", _count_of_two_billion, "", SENTENCE),
    "huge_numbers": Hostile("a.pdf", _huge_numbers, ""),
    "only_the_first_line": Hostile("a.pdf", lambda: b"%PDF-1.7\n", DAMAGED),
    "cut": Hostile("a.pdf", _cut, DAMAGED),
}
