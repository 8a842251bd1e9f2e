"""The node of a page that holds its text: as the page marks it, or as trafilatura finds it."""

from copy import deepcopy
from typing import Any

from .menus_and_banners import drop_menus_and_banners, drop_menus_in_frames, drop_rows_of_links

BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "pre", "blockquote", "div")
# Its time grows with the square of their number; a page of more is no article.
MOST_BLOCKS = 5_000
OPENING = 60  # characters by which a block is known again


def text_of_page(tree: Any) -> Any:
    """The node that holds the text, with everything emptied that is around it."""
    root = _marked(tree)
    if root is not None:
        drop_menus_and_banners(root, marked=True)
        return root
    body = tree if tree.tag == "body" else tree.find(".//body")
    root = tree if body is None else body
    found = _found(tree, root)
    if found is not None:
        drop_rows_of_links(root, found)
    drop_menus_in_frames(root)
    drop_menus_and_banners(root, marked=False)
    return root


def _marked(tree: Any) -> Any:
    """The one node that a page calls its main part, or its article."""
    for path in ("//main | //*[@role='main']", "//article"):
        nodes = {node: None for node in tree.xpath(path) if _has_words(node)}
        outer = [node for node in nodes if not any(up in nodes for up in node.iterancestors())]
        if len(outer) == 1:
            return outer[0]
        if len(outer) > 1 and path.startswith("//main"):
            return None
    return None


def _has_words(node: Any) -> bool:
    return any(words.strip() for words in node.itertext())


def _found(tree: Any, root: Any) -> Any:
    """The smallest node that holds every block that trafilatura takes for the text."""
    from trafilatura import bare_extraction

    if sum(1 for _ in root.iter(*BLOCKS)) > MOST_BLOCKS:
        return None
    document = bare_extraction(deepcopy(tree), include_comments=False)
    body = getattr(document, "body", None)
    if body is None:
        return None
    known = {opening for block in body.iter() if (opening := _opening(block))}
    above: list[Any] | None = None
    for block in root.iter(*BLOCKS):
        if _opening(block) in known:
            path = [*reversed([*block.iterancestors()]), block]
            same = zip(above or path, path, strict=False)
            above = [node for node, other in same if node is other]
    return above[-1] if above else None


def _opening(block: Any) -> str:
    """The first words of a block, as far as they need for it to be known."""
    words = ""
    for piece in block.itertext():
        words = f"{words} {' '.join(piece[: OPENING * 4].split())}".strip()
        if len(words) > OPENING:
            break
    return words.replace(" ", "")[:OPENING]
