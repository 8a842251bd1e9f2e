"""The source of LaTeX made ready to read: code set aside, remarks gone, commands expanded."""

import re
from dataclasses import dataclass

CODE = re.compile(
    r"\\begin\{(?P<name>verbatim|Verbatim|lstlisting|minted|alltt)(?P<star>\*?)\}(?P<code>.*?)"
    r"\\end\{(?P=name)(?P=star)\}"
    r"|\\(?:verb|lstinline)\*?(?P<mark>[^\sa-zA-Z{*])(?P<words>[^\n]{0,500}?)(?P=mark)"
    r"|(?P<kept>\\[\\%])|(?P<remark>%[^\n]*(?:\n[ \t]*(?=\S)|$))",
    re.DOTALL | re.MULTILINE,
)
LANGUAGE = re.compile(
    r"^\s*(?:\[(?P<options>[^\]\n]{0,300})\])?(?:\{(?P<language>[\w+-]{1,30})\})?"
)
NAMED = re.compile(r"language=\{?(?:\[[^\]]*\])?([\w+-]+)")
# What is switched off, up to what is printed in its place.
SWITCHED_OFF = re.compile(r"\\iffalse(?![a-zA-Z]).*?(?:\\(?:else|fi)(?![a-zA-Z])|\Z)", re.DOTALL)
BODY = re.compile(r"\\begin\s*\{document\}")
END = re.compile(r"\\end\s*\{document\}")
COMMAND = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\\(?P<name>[a-zA-Z]{1,50})\}?\s*(?:\[(?P<many>\d)\])?\s*"
)
NUMBERED = re.compile(
    r"\\(?P<section>chapter|section|subsection|subsubsection)(?P<star>\*?)\s*(?:\[[^\]\n]{0,200}\])?"
    r"\{(?P<title>[^{}\n]{0,300})"
    r"|\\begin\{(?P<float>figure|table|equation)\}|\\label\{(?P<label>[^{}\n]{1,200})\}"
)
DEPTHS = ("chapter", "section", "subsection", "subsubsection")
MOST_EXPANSIONS, LONGEST_EXPANSION, LONGEST_GROUP = 20_000, 2_000, 100_000
MOST_NESTED = 100  # groups within groups; looking for the ends of more would take too long


@dataclass(frozen=True, slots=True)
class Source:
    """Return what stands ahead of the document, what is in it, and its code with the languages."""

    preamble: str
    body: str
    code: list[tuple[str, str]]

    def fact(self, name: str) -> str:
        """Return what a command such as `title` was given, ahead of the document or in it."""
        for text in (self.preamble, self.body):
            if found := re.search(r"\\" + name + r"\s*(?:\[[^\]\n]{0,200}\])?\s*(?=\{)", text):
                return group(text, found.end())[0]
        return ""


def prepared(text: str) -> Source:
    """The source in its parts. Code stands as \\code<number,kind>, and remarks are gone."""
    code: list[tuple[str, str]] = []

    def kept(match: re.Match[str]) -> str:
        if match["kept"]:
            return match[0]
        if match["remark"] is not None:
            return ""
        code.append(_code(match))
        return f"\\code<{len(code) - 1},{'verb' if match['mark'] else 'block'}>"

    clean = SWITCHED_OFF.sub("", CODE.sub(kept, text.replace("\r\n", "\n")))
    begun = BODY.search(clean)
    if begun is None:
        return Source("", clean, code)
    ended = END.search(clean, begun.end())
    return Source(
        clean[: begun.start()], clean[begun.end() : ended.start() if ended else None], code
    )


def _code(match: re.Match[str]) -> tuple[str, str]:
    if match["mark"]:
        return "", match["words"]
    inside = match["code"]
    if match["name"] not in ("lstlisting", "minted", "Verbatim"):
        return "", inside
    head = LANGUAGE.match(inside)
    named = NAMED.search(head["options"] or "") if head else None
    language = named[1] if named else (head["language"] if head else "") or ""
    return language.lower(), inside[head.end() if head else 0 :]


def group(text: str, at: int) -> tuple[str, int]:
    """The argument that begins at a place, without its braces, and where it has ended."""
    while at < len(text) and text[at] in " \t\n":
        at += 1
    if not text.startswith("{", at):
        if text.startswith("\\", at):
            name = re.compile(r"\\(?:[a-zA-Z]+|.)", re.DOTALL).match(text, at)
            return (name[0], name.end()) if name else ("", at + 1)
        return text[at : at + 1], min(at + 1, len(text))
    depth, begun = 0, at + 1
    for sign in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at, at + LONGEST_GROUP):
        depth += (sign[0] == "{") - (sign[0] == "}")
        if depth == 0:
            return text[begun : sign.start()], sign.end()
        if depth > MOST_NESTED:
            break
    return "", begun


def option(text: str, at: int) -> tuple[str, int]:
    """Return what stands in brackets at a place, if anything does, and where it has ended."""
    if not text.startswith("[", at):
        return "", at
    depth = 0
    for sign in re.compile(r"[\[\]{}]").finditer(text, at, at + LONGEST_EXPANSION):
        depth += (sign[0] in "[{") - (sign[0] in "]}")
        if depth == 0:
            return text[at + 1 : sign.start()], sign.end()
        if depth > MOST_NESTED:
            break
    return "", at + 1


def skip_arguments(text: str, at: int, count: int) -> int:
    """Return where so many arguments have ended, with options among them."""
    at = option(text, at)[1]
    for _ in range(count):
        at = option(text, at)[1]
        if not text.startswith("{", at) and text[at : at + 1] not in (" ", "\n"):
            return at
        if text[at:].lstrip()[:1] != "{" if len(text) - at < LONGEST_EXPANSION else False:
            return at
        at = group(text, at)[1]
    return option(text, at)[1]


def expanded(preamble: str, body: str) -> str:
    """The body with the author's own commands replaced by what they stand for."""
    commands: dict[str, tuple[int, str]] = {}
    for command in COMMAND.finditer(preamble):
        meaning, _ = group(preamble, command.end())
        if len(meaning) <= LONGEST_EXPANSION:
            commands[command["name"]] = (int(command["many"] or 0), meaning)
    left = MOST_EXPANSIONS
    for name, (many, meaning) in commands.items():
        pieces: list[str] = []
        begun = 0
        for found in re.finditer(r"\\" + name + r"(?![a-zA-Z])\s*(?:\{\})?", body):
            if found.start() < begun or left <= 0:
                continue
            left -= 1
            said, at = meaning, found.end()
            for number in range(1, many + 1):
                given, at = group(body, at)
                said = said.replace(f"#{number}", given[:LONGEST_EXPANSION])
            space = " " if not many and re.search(r"\s$", found[0]) else ""
            pieces += [body[begun : found.start()], said[: LONGEST_EXPANSION * 2], space]
            begun = at
        body = "".join([*pieces, body[begun:]])
    return body


def labels(body: str) -> dict[str, str]:
    """The numbers that labels refer to, and behind "name:" the titles, as they are printed."""
    found: dict[str, str] = {}
    counts = [0] * len(DEPTHS)
    floats: dict[str, int] = {}
    number = title = ""
    first = 0 if "\\chapter{" in body else 1
    for match in NUMBERED.finditer(body):
        if match["section"]:
            title = match["title"]
            if not match["star"]:
                depth = DEPTHS.index(match["section"])
                counts[depth] += 1
                counts[depth + 1 :] = [0] * (len(DEPTHS) - depth - 1)
                number = ".".join(map(str, counts[first : depth + 1]))
        elif kind := match["float"]:
            floats[kind] = floats.get(kind, 0) + 1
            number = str(floats[kind])
        else:
            found.setdefault(match["label"], number)
            found.setdefault(f"name:{match['label']}", title)
    return found
