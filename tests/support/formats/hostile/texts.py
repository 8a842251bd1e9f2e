"""Hostile text: nested out of all reason, on one endless line, or with numbers that never end."""

from collections.abc import Mapping

from ..specimens import SENTENCE
from .specimen import Hostile

LINE = 4_000_000  # characters; a file of more than 20 MiB isn't read at all
DEEP, ENDLESS = "nested too deeply", "cell"


def _substitutions() -> bytes:
    levels = [f".. |a{n}| replace:: {f'|a{n - 1}| ' * 10}\n" for n in range(1, 6)]
    return ".. |a0| replace:: ha\n{}\n|a5|\n\n{}\n".format("".join(levels), SENTENCE).encode()


def _nested_lists() -> bytes:
    return "".join(f"{'  ' * n}* x\n\n" for n in range(500)).encode()


def _tags(tag: str) -> bytes:
    return f"<html><body>{SENTENCE} {f'<{tag}>' * 50_000} end".encode()


TEXTS: Mapping[str, Hostile] = {
    "endless_line_txt": Hostile("a.txt", lambda: b"a" * LINE, "", "aaaa"),
    "endless_line_md": Hostile("a.md", lambda: b"*_[" * (LINE // 3), "", "*_["),
    "endless_line_csv": Hostile("a.csv", lambda: b'"' + b"a," * (LINE // 2), ENDLESS),
    "endless_line_rst": Hostile("a.rst", lambda: b"*a " * (LINE // 3), "", "*a"),
    "endless_line_html": Hostile("a.html", lambda: b"<p>" + b"a " * (LINE // 2), "", "a a"),
    "marks_md": Hostile("a.md", lambda: b"#" * LINE + b"\n" + b"=\n" * 20_000, "", "###"),
    "rules_md": Hostile("a.md", lambda: b"a\n--\n\n" * 20_000, "", "a\n\na"),
    "brackets_md": Hostile("a.md", lambda: b"[" * LINE, "", "[["),
    "ticks_md": Hostile("a.md", lambda: b"a " + b"`" * LINE, "", "``"),
    "spaces_md": Hostile("a.md", lambda: b"::: a" + b" " * LINE + b"b {", "", "a"),
    "indents_md": Hostile("a.md", lambda: b"a\n" + b" " * LINE + b"[[TOC]] b", "", "b"),
    "shortcodes_md": Hostile("a.md", lambda: b"{{< a " * (LINE // 6), "", "{{<"),
    "remarks_md": Hostile("a.md", lambda: b"{/*" * (LINE // 3), "", "{/*"),
    "declarations_md": Hostile("a.md", lambda: b"a\n\n" + b"<?" * (LINE // 2), "", "a"),
    "items_md": Hostile("a.md", lambda: b"- a\n- \n" * 30_000, "", "- a\n- a"),
    "columns_md": Hostile("a.md", lambda: b"|a" * 60_000 + b"\n" + b"|-" * 60_000, "", "a · a"),
    "fences_md": Hostile("a.md", lambda: b"```\n~~~\n" * 20_000, "", "```"),
    "spaces_org": Hostile("a.org", lambda: b"a" + b" " * LINE + b"b", "", "a"),
    "drawers_org": Hostile("a.org", lambda: b"a\n" + b":a:\n" * 30_000, "", "a"),
    "spaces_tex": Hostile("a.tex", lambda: b"a" + b" " * LINE + b"b", "", "a"),
    "groups_tex": Hostile("a.tex", lambda: b"a " + b"\\footnote{" * 30_000, "", "a"),
    "nested_json": Hostile("a.json", lambda: b"[" * 500_000 + b"]" * 500_000, DEEP),
    "nested_records_json": Hostile(
        "a.json", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, DEEP
    ),
    "endless_number_json": Hostile("a.json", lambda: b"[" + b"9" * 100_000 + b"]", ""),
    "nested_lists_rst": Hostile("a.rst", _nested_lists, ""),
    "substitutions_rst": Hostile("a.rst", _substitutions, "", SENTENCE),
    "backticks_rst": Hostile("a.rst", lambda: b"`a " * 3_000, "", "a"),
    "nested_div_html": Hostile("a.html", lambda: _tags("div"), ""),
    "nested_list_html": Hostile("a.html", lambda: _tags("ul><li"), ""),
    "nested_bold_html": Hostile("a.html", lambda: _tags("b"), ""),
    "nested_table_html": Hostile("a.html", lambda: _tags("table><tr><td"), ""),
    "comments_html": Hostile("a", lambda: b"<!-- a -->" * 50_000 + b"x", "", "x"),
}
