"""Whatever a document or a member says reads in Discord to the letter, and does nothing there."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.discord.messages.markdown import NOBODY, linked, on_one_line, plain, readable
from bot.output.text import printable
from tests.support.texts.any_text import TEXTS

PIECES = [
    *"\\`*_~|[]<>()#+-.!:/@&\"' \n\t\u200b\u200d\u2028\x07\u202e\x850aé🙂", "***", "__", "~~", "||",
    "```", "```py\n", "> ", ">>> ", "# ", "### ", "-# ", "- ", "+ ", "1. ", "27) ", "    ", "\n\n",
    "[x](http://evil.example)", "[1]", "https://a_b/c*d*", "http://", "HTTPS://X.ORG/(a)", "steam://",
    "<https://x.org>", "https://x.org/@everyone", "@everyone", "@here", "@EVERYONE", "<@1>",
    "<@!1>", "<@&1>", "<#1>", "<t:0:R>", "</ask:1>", "<a:b:1>", "<id:guide>", ":+1:", ":smile:",
    ":e-mail:", "a", "word", "12:30:45", "\\\\", "&amp;", "===", "---",
]  # fmt: skip
NASTY = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), TEXTS)
# What Discord takes for one thing: a character with a backslash, an address in angle brackets.
TAKEN = re.compile(r"\\[^0-9A-Za-z\s]|<https?://[^\s<>\\]+>", re.IGNORECASE)
# What it would act on in the rest.
ACTED_ON = re.compile(
    r"[\\`*_~|<>\[\]]|://|:[^\s:]+:|@(?:everyone|here)|^[^\S\n]*(?:#|-|\+|\d+[.)])", re.M | re.I
)


class Reader(MarkdownIt):
    """Another program that reads Markdown: only what Discord doesn't know is taken from it."""

    def __init__(self) -> None:
        super().__init__("default", {"html": False})
        self.disable(["entity", "code", "lheading", "hr"])

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 -- its name there
        return link

    def read(self, text: str) -> tuple[str, set[str]]:
        """The words that a person would see, and what is made of them."""
        tokens = [*self._leaves(self.parse(text))]
        words = "".join(t.content or " " for t in tokens if t.nesting == 0 or t.block)
        return words, {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}

    def _leaves(self, tokens: list[Token]) -> Iterator[Token]:
        for token in tokens:
            yield from token.children if token.children is not None else [token]


def printed(text: str) -> str:
    """The printable part of a text, its lines ended as Discord ends them."""
    return re.sub("[\u2028\u2029]", "\n", printable(text)).replace(NOBODY, "")


@given(NASTY)
@example("snake_case\\")
def test_a_person_reads_the_text_to_the_letter(text: str) -> None:
    assert readable(plain(text)) == printed(text)


@given(NASTY)
@example("https://*)")
@example(":+1::+1:")
def test_nothing_is_left_that_discord_would_act_on(text: str) -> None:
    assert not ACTED_ON.search(TAKEN.sub("·", plain(text)))


@given(NASTY)
@example("\\    \n\\")
def test_another_reader_of_markdown_sees_plain_text(text: str) -> None:
    words, kinds = Reader().read(plain(text))
    assert words.replace(NOBODY, "").split() == printed(text).split()
    # Discord shows every line end as one, whichever kind it is to others.
    assert kinds <= {"paragraph", "text", "softbreak", "hardbreak", "link"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\n# two", "one\n\\# two"),
        ("  ## two", "  \\## two"),
        ("a # b - c + d 1. e", "a # b - c + d 1. e"),
        ("- a\n+ b\n-# c\n* d", "\\- a\n\\+ b\n\\-# c\n\\* d"),
        ("1. a\n27) b", "1\\. a\n27\\) b"),
        ("> a\n>>> b", "\\> a\n\\>\\>\\> b"),
        ("```py\nx\n```", "\\`\\`\\`py\nx\n\\`\\`\\`"),
        ("||secret||", "\\|\\|secret\\|\\|"),
        ("__a__ ~~b~~ ***c***", "\\_\\_a\\_\\_ \\~\\~b\\~\\~ \\*\\*\\*c\\*\\*\\*"),
        ("[x](http://evil.example)", "\\[x\\](<http://evil.example>)"),
        ("see https://a_b/c*d*.", "see <https://a_b/c*d>\\*."),
        ("(HTTPS://X.ORG/a?b=c)", "(<HTTPS://X.ORG/a?b=c>)"),
        ("<https://x.org>", "\\<<https://x.org>\\>"),
        ("https://x.org|https://y.org", "<https://x.org>\\|<https://y.org>"),
        ("steam://run/1 and https://", "steam:\\//run/1 and https:\\//"),
        ("<@1> <@!1> <@&1>", f"\\<@{NOBODY}1\\> \\<@{NOBODY}!1\\> \\<@{NOBODY}&1\\>"),
        ("<#1> </ask:1> <t:0:R> <:b:1>", "\\<#1\\> \\</ask:1\\> \\<t\\:0:R\\> \\<\\:b:1\\>"),
        ("@everyone @HERE", f"@{NOBODY}everyone @{NOBODY}HERE"),
        ("@\x00everyone", f"@{NOBODY}everyone"),
        ("ann@3d.example, https://x.org/@3d", "ann@3d.example, <https://x.org/@3d>"),
        (":smile: :+1: at 12:30", "\\:smile: \\:+1: at 12:30"),
        ("C:\\new\\", "C:\\\\new\\\\"),
        ("a\u202eb\u2066c\x1b[31m", "abc\\[31m"),
        ("one\u2028# two", "one\n\\# two"),
    ],
)
def test_each_kind_of_markup_is_taken_away(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(NASTY)
def test_a_title_stays_on_its_line(text: str) -> None:
    assert "\n" not in on_one_line(text)
    assert readable(on_one_line(text)) == printed(" ".join(text.split()))


@pytest.mark.parametrize(
    ("title", "source", "shown"),
    [
        ("Ferry *times*", "ferry.md", "Ferry \\*times\\*"),
        ("Ferry", "upload:http://x.org", "Ferry"),
        ("Ferry", "javascript:https://x.org", "Ferry"),
        ("Ferry", "https://x.org/a_b", "[Ferry](<https://x.org/a_b>)"),
        ("# A [b](c) d\\", "https://x.org", "[\\# A (b)(c) d\\\\](<https://x.org>)"),
        ("A\nb", "https://x.org", "[A b](<https://x.org>)"),
        (
            "A",
            "https://x.org/a b(c)>\\d\u3000e",
            "[A](<https://x.org/a%20b%28c%29%3E%5Cd%E3%80%80e>)",
        ),
        ("https://y.org is shut", "https://x.org", "<https://y.org> is shut <https://x.org>"),
    ],
)
def test_a_title_is_a_link_where_its_source_is_an_address(
    title: str, source: str, shown: str
) -> None:
    assert linked(title, source) == shown


@given(title=NASTY, rest=NASTY)
def test_a_link_ends_where_it_should(title: str, rest: str) -> None:
    shown = linked(title, f"https://x.org/{rest[:900]}")
    # The address is one, to its end, whatever it holds.
    [*_, address] = TAKEN.findall(shown)
    assert shown.endswith((f" {address}", f"]({address})"))
    assert address.startswith("<https://x.org/")


def test_an_address_that_would_fill_a_message_is_no_link() -> None:
    assert linked("Ferry", f"https://x.org/{'a' * 2000}") == "Ferry"
