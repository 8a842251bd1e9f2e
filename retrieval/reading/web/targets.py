"""The path and query of an address, in one spelling: what is checked is what is asked for."""

import re
from urllib.parse import quote

# Left as they are in a path and a query: what RFC 3986 lets stand there.
PATH_MARKS = "/%:@!$&'()*+,;=~"
QUERY_MARKS = PATH_MARKS + "?"
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def read_target(path: str, query: str) -> str:
    """What is asked of a server: the path, then the query if there is one, all of it ASCII.

    Letters that were escaped without need are not any more, and dots are gone through, as servers
    do: otherwise /a/%2e%2e/b would be another page than /b, with other rules in robots.txt.
    """
    plain = ESCAPE.sub(_unescaped, quote(path or "/", safe=PATH_MARKS))
    asked = quote(query, safe=QUERY_MARKS)
    return _without_dots(plain) + (f"?{asked}" if asked else "")


def _unescaped(escape: re.Match[str]) -> str:
    digits = escape[1]
    if digits is None:
        return "%25"  # a percent sign that begins no escape is one itself
    letter = chr(int(digits, 16))
    return letter if UNRESERVED.fullmatch(letter) else f"%{digits.upper()}"


def _without_dots(path: str) -> str:
    segments = path.split("/")[1:]
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
