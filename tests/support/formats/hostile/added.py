"""Files that a person may add by mistake or with bad intent, each with a part of its refusal."""

from collections.abc import Mapping

from PIL import Image

from .. import zips
from ..drawn import pictures
from .specimen import Hostile

MANY, LARGE = 20_001, 200 * 1024 * 1024


def _linked_in_a_circle() -> bytes:
    first = zips.linked(zips.archive({}), "a.md", "b.md")
    return zips.linked(first, "b.md", "a.md")


def _within_itself(levels: int = 5) -> bytes:
    data = zips.archive({"a.md": "# A"})
    for _ in range(levels):
        data = zips.archive({"a.zip": data})
    return data


# Files that are known by their bytes.
ADDED: Mapping[str, Hostile] = {
    "that_swells": Hostile(
        "trap.zip", lambda: zips.archive({"a.md": "0" * 3_000_000}), "unpacks to far more"
    ),
    "of_too_many_files": Hostile(
        "many.zip",
        lambda: zips.archive({f"{n}.md": "" for n in range(MANY)}, 0),
        "holds more than 20,000 files",
    ),
    "that_leads_in_a_circle": Hostile("loop.zip", _linked_in_a_circle, "holds no file to read"),
    "within_itself": Hostile("deep.zip", _within_itself, "holds no file to read"),
    "that_climbs_out": Hostile(
        "out.tar.gz", lambda: zips.tar({"../../out.md": "# A"}, packed=True), "lead out of it"
    ),
    "with_a_link_out": Hostile(
        "link.tar", lambda: zips.tar({"a.md": "# A"}, {"b.md": "/etc/passwd"}), "lead out of it"
    ),
    "without_text": Hostile(
        "blobs.zip", lambda: zips.archive({"a.bin": b"\0\1", "b.o": b"\x7fELF"}), "no file to read"
    ),
    "cut_off": Hostile(
        "cut.tar.gz", lambda: zips.tar({"a.md": "# A"}, packed=True)[:60], "damaged archive"
    ),
    "a_picture_of_100_megapixels": Hostile(
        "plan.png", lambda: pictures.saved(Image.new("1", (10_000, 10_000))), "100 megapixels"
    ),
    "a_mail_that_broke_off": Hostile(
        "broken.eml",
        lambda: b"From: Ann <ann@example.org>\nContent-Type: multipart/mixed; boundary=a\n\n--a\n",
        "holds no text",
    ),
    "a_mail_of_nonsense": Hostile(
        "odd.eml",
        lambda: (
            b"From: \xff\xfe\nContent-Type: text/plain; charset=none\n"
            b"Content-Transfer-Encoding: base64\n\n====\n"
        ),
        "holds no text",
    ),
}
