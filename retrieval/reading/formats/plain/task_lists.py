"""Task lists in Markdown, Org and AsciiDoc: items that begin with a box, ticked or not."""

import re

# Ticked: x, in AsciiDoc a star as well; a dash is begun, or given up.
BOX = re.compile(r"^\[[ xX*-]\]\s+")


def without_box(item: str) -> str:
    """The words of an item, without the box in front of them."""
    return BOX.sub("", item)
