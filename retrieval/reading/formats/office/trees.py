"""XML → a tree, or the walk through one, in which nothing is fetched and nothing multiplies."""

from collections.abc import Iterator

from lxml import etree


def parsed(data: bytes, forgiving: bool = False) -> etree._Element:
    """The root of some XML. `forgiving` repairs it; else it has to be well-formed.

    libxml2 itself refuses texts past 10 MB and elements more than 256 deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        recover=forgiving,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if root is None:
        raise ValueError("there is no root element")
    return root


def walk(root: etree._Element) -> Iterator[tuple[bool, str, etree._Element]]:
    """Each element when it opens (True) and when it closes, with its name without a namespace.

    No function calls itself for it, so that no depth does harm.
    """
    for event, element in etree.iterwalk(root, events=("start", "end")):
        yield event == "start", local(element), element


def local(element: etree._Element) -> str:
    """An element's name without its namespace: the same in all versions of a format."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def first_text(root: etree._Element, name: str) -> str:
    """The text of the first element of that name, or ""."""
    found = root.find(f".//{{*}}{name}")
    return (found.text or "") if found is not None else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value, whatever its namespace, or ""."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
