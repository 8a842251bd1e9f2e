"""OpenAPI and Swagger: an operation is a section, with its parameters and responses as rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markdown.markdown import read_markdown
from retrieval.reading.formats.tables import unnumbered, write_table

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
PARAMETERS = ("Parameter", "In", "Type", "Required", "Default", "Description")
PROPERTIES = ("Property", "Type", "Required", "Default", "Description")
SAME_AS, DEEPEST = "$ref", 4


def is_openapi(value: Mapping[str, Any]) -> bool:
    """Return whether a value describes an interface by OpenAPI."""
    return ("openapi" in value or "swagger" in value) and isinstance(value.get("paths"), Mapping)


def write_openapi(value: Mapping[str, Any], gathering: Gathering) -> None:
    """Add the operations and the schemas that an interface has."""
    info = _mapping(value.get("info"))
    gathering.title = _text(info.get("title"))
    gathering.add_text(gathering.title, 1)
    _describe(_text(info.get("description")), gathering)
    for server in _list(value.get("servers")):
        said = [_text(_mapping(server).get(key)) for key in ("url", "description")]
        gathering.add_text("Server: " + " · ".join(filter(None, said)) if any(said) else "")
    for path, item in _mapping(value.get("paths")).items():
        shared = _list(_mapping(item).get("parameters"))
        for method, operation in _mapping(item).items():
            if method in METHODS and isinstance(operation, Mapping):
                _operation(value, f"{method.upper()} {path}", operation, shared, gathering)
    schemas = _mapping(value.get("components")).get("schemas") or value.get("definitions")
    for name, schema in _mapping(schemas).items():
        _schema(value, str(name), _mapping(schema), gathering)


def _operation(
    whole: Mapping[str, Any],
    called: str,
    operation: Mapping[str, Any],
    shared: list[Any],
    gathering: Gathering,
) -> None:
    summary = _text(operation.get("summary")) or _text(operation.get("operationId"))
    gathering.add_text(summary or called, 2)
    gathering.add_text(f"{called}: {summary}" if summary else "")
    gathering.add_text("Deprecated." if _text(operation.get("deprecated")) == "true" else "")
    _describe(_text(operation.get("description")), gathering)
    given = (_resolved(whole, each) for each in [*shared, *_list(operation.get("parameters"))])
    _rows(PARAMETERS, list(map(_parameter, given)), gathering)
    body = _mapping(_resolved(whole, operation.get("requestBody")))
    for kind, content in _mapping(body.get("content")).items():
        said = ["Request body: " + _type(_mapping(content).get("schema")), str(kind)]
        gathering.add_text(" · ".join([*said, *filter(None, [_text(body.get("description"))])]))
    for code, response in _mapping(operation.get("responses")).items():
        described = _text(_mapping(_resolved(whole, response)).get("description"))
        gathering.add_text(f"Response: {code} · {described}" if described else f"Response: {code}")


def _rows(header: tuple[str, ...], rows: list[list[str]], gathering: Gathering) -> None:
    """Add rows under the names of those columns that hold anything."""
    used = [at for at in range(len(header)) if any(row[at] for row in rows)]
    kept = ([row[at] for at in used] for row in rows)
    write_table(unnumbered(kept), gathering, header=[header[at] for at in used])


def _parameter(given: Any) -> list[str]:
    given = _mapping(given)
    schema = given.get("schema") or given
    default = _text(_mapping(schema).get("default"))
    said = [_text(given.get("name")), _text(given.get("in")), _type(schema)]
    return [*said, _yes(given.get("required")), default, _text(given.get("description"))]


def _schema(
    whole: Mapping[str, Any], name: str, schema: Mapping[str, Any], gathering: Gathering
) -> None:
    gathering.add_text(name, 2)
    _describe(_text(schema.get("description")), gathering)
    needed = [_text(each) for each in _list(schema.get("required"))]
    rows = []
    for key, given in _mapping(schema.get("properties")).items():
        held = _mapping(given)
        facts = ["yes" if key in needed else "", _text(held.get("default"))]
        rows.append([str(key), _type(given), *facts, _text(held.get("description"))])
    _rows(PROPERTIES, rows, gathering)
    if values := ", ".join(map(_text, _list(schema.get("enum")))):
        gathering.add_text(f"{name}: {values}")


def _type(schema: Any, depth: int = 0) -> str:
    schema = _mapping(schema)
    if SAME_AS in schema:
        return _text(schema[SAME_AS]).rpartition("/")[2]
    if values := ", ".join(filter(None, map(_text, _list(schema.get("enum"))))):
        return f"one of {values}"
    if schema.get("type") == "array" and depth < DEEPEST:
        return f"list of {_type(schema.get('items'), depth + 1)}"
    limits = "".join(
        f", {words} {_text(schema.get(key))}"
        for key, words in (("minimum", "at least"), ("maximum", "at most"))
        if _text(schema.get(key))
    )
    return f"{_text(schema.get('type')) or 'any'}{limits}"


def _resolved(whole: Mapping[str, Any], value: Any) -> Any:
    """Return what a reference within the file leads to; anything else as it is."""
    reference = _text(_mapping(value).get(SAME_AS))
    if not reference.startswith("#/"):
        return value
    found: Any = whole
    for step in reference[2:].split("/"):
        found = _mapping(found).get(step.replace("~1", "/").replace("~0", "~"))
    return found


def _describe(text: str, gathering: Gathering) -> None:
    """Add a description, which is Markdown, in paragraphs."""
    if text:
        into = Gathering(gathering.most)
        read_markdown(text, into)
        for block in _blocks(into.text()):
            gathering.add_text(block)


def _blocks(text: str) -> Iterator[str]:
    yield from text.split("\n\n")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    if value is None or isinstance(value, Mapping | list):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _yes(value: Any) -> str:
    return "yes" if _text(value) == "true" else ""
