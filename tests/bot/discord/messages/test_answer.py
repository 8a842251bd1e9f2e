"""Answers, passages and lists of documents as Discord's messages."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord.language.speaking import speaking
from bot.discord.messages import document_list, search_results
from bot.discord.messages.answer import (
    NOTHING_THERE,
    WRITING,
    answer_messages,
    growing_message,
    read_back,
)
from bot.discord.messages.document_list import listed_page, outcome_line
from bot.discord.messages.dressing.places import passage_place
from bot.discord.messages.markdown import plain
from bot.discord.messages.search_results import found_page
from bot.discord.messages.split import MESSAGE, length
from retrieval.types import Added, Answer, Citation, DocumentInfo, Passage, SentenceScore
from tests.support.texts.any_text import ARTICLES, SENTENCES

LINK = "https://discord.com/channels/1/2/3"
FERRY = Citation(1, "d1", "Ferries", "upload:ferry.md", None, 0, 26, "The ferry leaves at\nnine.")
FARE = Citation(
    2, "d2", "Fares", LINK, 4, 10, 41, "A ticket costs *four* crowns.", "Ti_ckets › One", "page 4"
)
ANSWER = Answer(
    "When does the ferry leave?",
    True,
    "The ferry leaves at nine. [1] A ticket costs *four* crowns. [2]",
    0.9,
    "quote",
    (FERRY, FARE),
)
NEAREST = Passage("d1", "Ferries", "upload:ferry.md", 3, 0, 25, "The ferry\nleaves at nine.")
ABSTAINED = replace(
    ANSWER, answered=False, text="The documents don't say.", citations=(), passages=(NEAREST,)
)
INFO = DocumentInfo(
    id="d1",
    library="guild-1",
    title="Ferries",
    source="upload:ferry.md",
    passages=1200,
    bytes=9,
    added_at="2026-01-01T00:00:00Z",
    added_by="discord:7",
    state="ready",
)
# What members and documents say: to be read back as it was, though Discord would act on it.
SAID = st.lists(
    st.one_of(
        SENTENCES,
        st.sampled_from(
            "> quoted|-# small|**bold** [7]|[x](http://evil.example)|a\\|# 1.".split("|")
        ),
        st.just("https://x.example/**/a_b"),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


def words(text: str) -> str:
    """All letters and digits of a text, in order."""
    return "".join(re.findall(r"[^\W_]", text))


def one(messages: list[str]) -> str:
    """The only message."""
    [message] = messages
    return message


# Answers


def test_an_answer_is_its_quotes_and_small_print_says_where_they_stand() -> None:
    assert one(answer_messages(ANSWER)) == (
        "The ferry leaves at nine. [1]\n\nA ticket costs \\*four\\* crowns. [2]\n\n"
        "-# [1] Ferries\n"
        f"-# [2] [Fares › Ti\\_ckets › One](<{LINK}#page=4>), page 4"
    )


def test_what_a_chat_model_wrote_has_the_words_there_in_its_footnotes() -> None:
    written = replace(ANSWER, reader="chat", text="At nine, [1] for *four* crowns. [2]")
    assert one(answer_messages(written)) == (
        "At nine, [1] for \\*four\\* crowns. [2]\n\n"
        "-# [1] Ferries: “The ferry leaves at nine.”\n"
        f"-# [2] [Fares › Ti\\_ckets › One](<{LINK}#page=4>), page 4: "
        "“A ticket costs \\*four\\* crowns.”"
    )


def test_a_place_that_several_quotes_stand_in_is_named_once() -> None:
    again = replace(FERRY, number=3, start=40, quote="It is blue.")
    answer = replace(ANSWER, text=f"{ANSWER.text} It is blue. [3]", citations=(FERRY, FARE, again))
    *_, first, second = one(answer_messages(answer)).split("\n")
    assert first == "-# [1] [3] Ferries"
    assert second.startswith("-# [2] ")


def test_a_quote_is_shown_as_it_stands_in_its_document() -> None:
    steps = "How to pay\n\nThe steps:\n\n1. Come.\n2. Pay it\n   there."
    cited = (replace(FERRY, quote=steps), replace(FARE, quote="Seat: *a* · Fare: b"))
    text = f"{' '.join(steps.split())} [1] Seat: *a* · Fare: b [2]"
    shown, *_ = one(answer_messages(replace(ANSWER, text=text, citations=cited))).split("\n\n-# ")
    assert shown == (
        "**How to pay**\nThe steps:\n1. Come.\n2. Pay it there. [1]\n\n"
        "**Seat:** \\*a\\* · **Fare:** b [2]"
    )


def test_what_an_answer_says_besides_its_quotes_stays() -> None:
    text = f"{ANSWER.text}\n\n“Who owns it”: The documents don't say."
    shown = one(answer_messages(replace(ANSWER, text=text)))
    assert "crowns. [2]\n\n“Who owns it”: The documents don't say.\n\n-# [1]" in shown


def test_a_footnote_says_the_documents_own_date() -> None:
    dated = replace(ANSWER, citations=(replace(FERRY, date="2024-03-01T09:00:00Z"),))
    assert one(answer_messages(dated)).endswith("-# [1] Ferries, 2024-03-01")


def test_a_footnote_says_the_language_of_what_is_quoted_in_that_of_who_reads_it() -> None:
    crossing = replace(ANSWER, citations=(replace(FERRY, language="en"),))
    assert one(answer_messages(crossing)).endswith("-# [1] Ferries, original in English")
    with speaking("de"):
        assert one(answer_messages(crossing)).endswith("-# [1] Ferries, Original auf Englisch")


def test_the_answer_to_a_command_quotes_its_question() -> None:
    asked = replace(ANSWER, question="When  does the\n# *ferry* leave?")
    first, apart, body, *_ = one(answer_messages(asked, quoting=True)).split("\n")
    assert first == "> When does the # \\*ferry\\* leave?"
    assert apart == ""
    assert body.startswith("The ferry leaves at nine. [1]")


def test_a_long_quote_and_a_long_question_are_cut_between_words() -> None:
    words = " ".join(f"word{n}" for n in range(600))
    long = replace(ANSWER, question=words, citations=(replace(FERRY, quote=words),), reader="chat")
    question, *_, note = one(answer_messages(long, quoting=True)).split("\n")
    assert re.fullmatch(r"> word0 .*word\d+ …", question)
    assert re.fullmatch(r"-# \[1\] Ferries: “word0 .*word\d+ …”", note)
    assert length(question) < 310 > length(note)


def test_how_an_answer_came_to_be_is_small_print_before_the_footnotes_and_harmless() -> None:
    noted = replace(ANSWER, note="The *model* is away;\n@everyone may read this instead.")
    *said, note, first, second = one(answer_messages(noted)).split("\n")
    assert note == "-# The \\*model\\* is away; @\u200beveryone may read this instead."
    assert [*said, first, second] == one(answer_messages(ANSWER)).split("\n")


@pytest.mark.parametrize("answer", [ANSWER, ABSTAINED, replace(ABSTAINED, passages=())])
@pytest.mark.parametrize("note", ["The model is away.", "> **word** " * 400])
def test_how_an_answer_came_to_be_is_not_read_back_as_a_part_of_it(
    answer: Answer, note: str
) -> None:
    noted = answer_messages(replace(answer, note=note), quoting=True)
    assert "is away" in noted[0] or "word" in noted[0]
    assert [read_back(m) for m in noted] == [
        read_back(m) for m in answer_messages(answer, quoting=True)
    ]


def test_an_answer_that_is_being_written_shows_its_marks_and_that_it_goes_on() -> None:
    growing = replace(ANSWER, citations=(), whole=False)
    assert growing_message(growing) == (
        "The ferry leaves at nine. [1] A ticket costs \\*four\\* crowns. [2] …"
    )
    assert growing_message(growing, quoting=True).startswith(f"> {ANSWER.question}\n\nThe ferry")


@given(question=SAID, text=st.one_of(SAID, ARTICLES))
@example("q", "word " * 2000)
def test_an_answer_that_is_being_written_shows_as_much_as_one_message_holds(
    question: str, text: str
) -> None:
    growing = replace(ANSWER, question=question, text=text, citations=(), whole=False)
    message = growing_message(growing, quoting=True)
    assert length(message) <= MESSAGE
    assert message.endswith(WRITING)
    asked, said = read_back(message.removesuffix(WRITING))
    assert asked == read_back(answer_messages(growing, quoting=True)[0])[0]
    assert words(text).startswith(words(said))


def test_where_the_documents_do_not_say_what_came_nearest_is_a_list() -> None:
    other = replace(
        NEAREST, document="d2", title="Boats", source=LINK, page=None, section="Old *one*"
    )
    assert one(answer_messages(replace(ABSTAINED, passages=(NEAREST, other)))) == (
        "**The documents don't say.** This came nearest:\n"
        "- **Ferries, page 3**: “The ferry leaves at nine.”\n"
        f"- **[Boats › Old \\*one\\*](<{LINK}>)**: “The ferry leaves at nine.”"
    )


def test_a_document_that_all_that_came_nearest_stands_in_is_named_once() -> None:
    first = replace(NEAREST, page=None, section="Ferries › Times")
    passages = (first, replace(first, section="Fares"), replace(first, section="Ferries"))
    assert one(answer_messages(replace(ABSTAINED, passages=passages))) == (
        "**The documents don't say.** This came nearest in Ferries:\n"
        "- **Times**: “The ferry leaves at nine.”\n"
        "- **Fares**: “The ferry leaves at nine.”\n"
        "- “The ferry leaves at nine.”"
    )


def test_of_a_passage_that_came_nearest_the_sentence_that_did_is_shown() -> None:
    scores = (SentenceScore(0, 9, 0.1), SentenceScore(10, 25, 0.7))
    nearest = replace(NEAREST, page=None, text="It rains. It is blue too.", sentences=scores)
    *_, note = one(answer_messages(replace(ABSTAINED, passages=(nearest,)))).split("\n")
    assert note == "- **Ferries**: “It is blue too.”"


def test_where_there_is_nothing_it_says_how_to_add_something() -> None:
    empty = one(answer_messages(replace(ABSTAINED, passages=())))
    assert empty == f"**The documents don't say.** {NOTHING_THERE}"


def test_only_the_marks_of_footnotes_that_are_there_stand_as_such() -> None:
    fake = replace(ANSWER, text="See [7] and [1](http://evil.example) and [12]. [1]")
    body, *_ = one(answer_messages(fake)).split("\n")
    assert body == "See \\[7\\] and \\[1\\](<http://evil.example>) and \\[12\\]. [1]"


@given(ARTICLES, st.integers(0, 3))
@example("word " * 2000, 3)
def test_a_long_answer_is_as_many_messages_as_it_needs(text: str, notes: int) -> None:
    cited = tuple(replace(FARE, number=n + 1, title="_" * 200 + str(n)) for n in range(notes))
    messages = answer_messages(replace(ANSWER, text=text, citations=cited), quoting=True)
    assert all(0 < length(message) <= MESSAGE for message in messages)
    small = [line for message in messages for line in message.split("\n") if line[:3] == "-# "]
    assert len(small) == notes


@given(question=SAID, text=SAID, reader=st.sampled_from(["quote", "chat"]))
def test_question_and_answer_are_read_back_from_the_messages(
    question: str, text: str, reader: str
) -> None:
    both = f"{text} [1]\n\n{text} [2]"
    cited = tuple(replace(FERRY, number=n, quote=text) for n in (1, 2))
    answer = replace(ANSWER, question=question, text=both, citations=cited, reader=reader)
    messages = [read_back(m) for m in answer_messages(answer, quoting=True)]
    asked = " ".join(question.split())
    assert messages[0][0] == asked if len(asked) <= 300 else asked.startswith(messages[0][0][:-2])
    assert all(question == "" for question, _ in messages[1:])
    assert words(" ".join(reply for _, reply in messages)) == words(both)


def test_of_an_abstention_only_that_is_read_back() -> None:
    said = read_back(one(answer_messages(ABSTAINED, quoting=True)))
    assert said == (ABSTAINED.question, "The documents don't say.")


def test_code_steps_and_rows_are_read_back_as_the_words_they_are() -> None:
    code = "Run:\n\n```sh\n> echo *a* \\*\n-# b\n```\n\n1. Seat: a · Fare: b"
    answer = replace(ANSWER, text=f"{code} [1]", citations=(replace(FERRY, quote=code),))
    _, said = read_back(one(answer_messages(answer, quoting=True)))
    assert said == "Run:\n```sh\n> echo *a* \\*\n-# b\n```\n1. Seat: a · Fare: b [1]"


def test_messages_of_before_are_read_back() -> None:
    old = (
        "> When does *it* leave?\n\n**The documents don't say.** Here is what came nearest:\n\n"
        "-# **Ferries**, page 3: “The ferry leaves at nine.”"
    )
    assert read_back(old) == ("When does *it* leave?", "The documents don't say.")
    old = "The ferry leaves at nine. [1]\n\n-# [1] **Ferries**: “The ferry leaves at nine.”"
    assert read_back(old) == ("", "The ferry leaves at nine. [1]")


# Lists


def test_a_page_of_passages_goes_on_counting() -> None:
    passages = [replace(NEAREST, title=f"T{n}", page=None) for n in range(1, 7)]
    assert found_page("*ferry*", passages, 1) == (
        "> \\*ferry\\*\n\n**5. T5**\nThe ferry leaves at nine.\n\n"
        "**6. T6**\nThe ferry leaves at nine."
    )
    assert found_page("ferry", [], 0) == "> ferry\n\nNothing was found."


def test_a_page_of_documents_says_what_there_is_to_say() -> None:
    message = replace(INFO, title="- A *message*", source=LINK, passages=1, state="pending")
    assert listed_page([INFO, replace(message, added_by="cli")], 0) == (
        "**2 documents**\n"
        "- Ferries · 1,200 passages, added <t:1767225600:R> by <@7>\n"
        f"- [\\- A \\*message\\*](<{LINK}>) · 1 passage, added <t:1767225600:R> by cli, pending"
    )
    assert listed_page([INFO], 0).startswith("**1 document**\n")
    assert "/documents add" in listed_page([], 0)


def test_a_page_of_documents_says_their_own_dates() -> None:
    page = listed_page([replace(INFO, date="2024-03-01T09:00:00Z")], 0)
    assert page.endswith("1,200 passages, of 2024-03-01, added <t:1767225600:R> by <@7>")


def test_a_page_of_documents_says_what_was_taken_from_a_channel_and_from_which() -> None:
    taken = replace(INFO, title="Pump", source=LINK, added_by=document_list.NOBODY)
    page = listed_page([taken, replace(taken, source="upload:a")], 0, ["- <#3> · 1 document"])
    assert "taken from its channel <t:1767225600:R>\n" in page
    assert page.endswith(
        "- Pump · 1,200 passages, added <t:1767225600:R>\n\n"
        "**Documents are taken from:**\n- <#3> · 1 document"
    )


@pytest.mark.parametrize("character", ["a", "*", "🙂", "a "])
def test_a_page_holds_all_its_lines_however_long_they_are(character: str) -> None:
    long = (character * 1000)[:200]
    link = f"https://discord.com/channels/{'1' * 20}/{'2' * 20}/{'3' * 20}"
    who = f"discord:{'7' * 20}"
    info = replace(INFO, title=long, source=link, passages=12_345, added_by=who)
    listed = listed_page([info] * 3 * document_list.A_PAGE, 1)
    assert length(listed) <= MESSAGE
    assert listed.count(f"<{link}>") == listed.count("\n") == document_list.A_PAGE
    passage = replace(NEAREST, title=long, source=link, text=character * 2000)
    found = found_page(character * 1000, [passage] * 2 * search_results.A_PAGE, 1)
    assert length(found) <= MESSAGE
    assert re.findall(r"^\*\*(\d)\. ", found, re.M) == [*"5678"]


def test_a_page_leaves_out_links_rather_than_lines_where_those_are_too_much() -> None:
    link = f"https://x.example/{'a' * 900}"
    info, passage = replace(INFO, source=link), replace(NEAREST, source=link, page=None)
    listed = listed_page([info] * document_list.A_PAGE, 0)
    found = found_page("ferry", [passage] * search_results.A_PAGE, 0)
    for shown in (listed, found):
        assert length(shown) <= MESSAGE
        assert link not in shown
    assert listed.count("\n- ") == document_list.A_PAGE
    assert found.count("\n**") == search_results.A_PAGE


def test_a_passage_that_was_found_does_not_begin_with_the_headings_that_its_place_names() -> None:
    passage = replace(NEAREST, title="Ferries", section="Times", text="Ferries\nTimes\nAt nine.")
    assert found_page("ferry", [passage], 0).endswith("Times, page 3**\nAt nine.")


# Where something stands


@pytest.mark.parametrize(
    ("kind", "page", "rows", "where"),
    [
        ("pdf", 4, (), f"[Fares](<{LINK}#page=4>), page 4"),
        ("pptx", 4, (), f"[Fares](<{LINK}>), slide 4"),
        ("csv", None, ((0, 7), (9, 8)), f"[Fares](<{LINK}>), rows 7–8"),
        ("text", None, (), f"[Fares](<{LINK}>)"),
    ],
)
def test_a_passage_says_its_page_slide_or_rows_and_a_page_is_opened(
    kind: str, page: int | None, rows: tuple[tuple[int, int], ...], where: str
) -> None:
    passage = Passage("d2", "Fares", LINK, page, 0, 25, "x" * 25, kind=kind, rows=rows)
    assert passage_place(passage, 0, 25) == where


def test_a_passage_says_the_headings_it_stands_under_unless_they_repeat_the_title() -> None:
    passage = replace(NEAREST, page=None, section="Tickets › One *way*")
    assert passage_place(passage, 0, 25) == "Ferries › Tickets › One \\*way\\*"
    assert passage_place(replace(passage, section="Ferries"), 0, 25) == "Ferries"
    assert passage_place(passage, 0, 25, longest=12) == "Ferries › …"


# What came of adding


@pytest.mark.parametrize(
    ("added", "line"),
    [
        (Added("f", INFO), "Added **Ferries**: 1,200 passages."),
        (Added("f", replace(INFO, passages=1)), "Added **Ferries**: 1 passage."),
        (
            Added("f", INFO, replaced=True),
            "Replaced **Ferries** in place of its older version: 1,200 passages.",
        ),
        (Added("f", INFO, unchanged=True), "Unchanged: **Ferries** is here already."),
        (
            Added("f", INFO, unchanged=True, elsewhere=True),
            "**Ferries** is here already, with the same content.",
        ),
        (Added("f", replace(INFO, source=LINK)), f"Added **[Ferries](<{LINK}>)**: 1,200 passages."),
        (Added("f", error="@here *no* text"), f"⚠️ {plain('@here *no* text')}"),
    ],
)
def test_what_came_of_adding_is_a_line(added: Added, line: str) -> None:
    assert outcome_line(added) == line


def test_a_long_title_is_shortened_in_it() -> None:
    assert length(outcome_line(Added("f", replace(INFO, title="word " * 40)))) < 160


def test_where_documents_differ_all_sides_stand_in_small_print() -> None:
    said, other = "A ticket costs £4.", "A ticket costs £5."
    quoted = Citation(1, "a", "Handbook", "a.md", None, 0, len(said), said, date="2025-01-02")
    differing = Citation(
        1, "b", "Leaflet", "b.md", None, 0, len(other), other, date="2026-03-04", author="C. Dorn"
    )
    older = Citation(1, "c", "Handbook", "c.md", None, 0, len(other), other, age="older")
    answer = Answer(
        "How much?", True, f"{said} [1]", 0.9, "quote", (quoted,), otherwise=(differing, older)
    )
    [message] = answer_messages(answer)
    assert "-# **Documents differ on this:**\n-# “A ticket costs £4.” · " in message
    assert "-# “A ticket costs £5.” · Leaflet, 2026-03-04, C. Dorn" in message
    assert "-# **An older version says otherwise:**\n-# “A ticket costs £5.” · Handbook" in message
    assert read_back(message) == ("", f"{said} [1]")
