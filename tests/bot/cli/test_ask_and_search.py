"""`ask` and `search`: what they promise of their answers, and of odd questions."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from bot.cli.context import SAMPLE_GONE
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing.embed_passages import ignore
from retrieval.library import Library
from retrieval.reading.source import sample
from retrieval.types import COMMON
from tests.bot.conftest import NOTES, Stock
from tests.support.homes import note, opened, put
from tests.support.processes.owned_home import owned
from tests.support.shell import STEERING, footnote

ANSWER = {
    "question": str,
    "answered": bool,
    "answer": str,
    "confidence": float,
    "reader": str,
    "citations": list,
    "nearest": list,
    "elapsed_ms": float,
}
CITATION = (
    *("number", "document", "title", "source", "page", "start", "end", "quote"),
    *("section", "place"),
)
PASSAGE = (
    *("document", "title", "source", "page", "start", "end", "section", "place", "text", "score"),
)
KEEPER = "Who was the first keeper of the lighthouse at Skerry Point?"
UNSAID = "What is the boiling point of mercury?"


def ask(stock: Stock, question: str) -> Any:
    done = footnote("ask", "--json", "--home", stock.home, "--", question)
    assert (done.code, done.err) == (0, "")
    return done.json


def test_a_citation_has_the_documents_own_date_where_there_is_one(home: Path, folder: Path) -> None:
    (folder / "tide.md").write_text("---\ndate: 2024-03-01\n---\nHigh tide comes at noon.")
    footnote("add", "tide.md", "--home", home)
    (cited,) = footnote("ask", "When is high tide?", "--json", "--home", home).json["citations"]
    assert tuple(cited) == (*CITATION, "date")
    assert cited["date"] == "2024-03-01"
    assert footnote("ask", "When is high tide?", "--home", home).out.endswith(", of 2024-03-01\n")


def stored_text(stock: Stock, id: str) -> str:
    text = footnote("show", id, "--json", "--home", stock.home).json["text"]
    assert isinstance(text, str)
    return text


# --- An answer


@pytest.mark.parametrize("question", [KEEPER, UNSAID])
def test_an_answer_has_the_promised_keys_and_no_others(question: str, shared_stock: Stock) -> None:
    answer = ask(shared_stock, question)
    assert list(answer) == list(ANSWER)
    assert {key: type(value) for key, value in answer.items()} == ANSWER
    assert 0 <= answer["confidence"] <= 1
    assert answer["elapsed_ms"] > 0
    assert answer["reader"] == "quote"


def test_an_answer_that_was_found_has_citations_and_nothing_nearest(shared_stock: Stock) -> None:
    answer = ask(shared_stock, KEEPER)
    assert answer["answered"] is True
    assert "Ada Lorne" in answer["answer"]
    assert all(tuple(citation) == CITATION for citation in answer["citations"])
    assert answer["nearest"] == []


def test_the_numbers_in_an_answer_are_those_of_its_citations(shared_stock: Stock) -> None:
    answer = ask(shared_stock, KEEPER)
    shown = [int(number) for number in re.findall(r"\[(\d+)\]", answer["answer"])]
    numbers = [citation["number"] for citation in answer["citations"]]
    assert shown == numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    "question",
    [KEEPER, "What does a ticket for the ferry cost?", "How long is rye bread baked?"],
)
def test_a_quote_is_the_stored_text_between_its_offsets(question: str, shared_stock: Stock) -> None:
    citations = ask(shared_stock, question)["citations"]
    assert citations
    for citation in citations:
        text = stored_text(shared_stock, citation["document"])
        assert text[citation["start"] : citation["end"]] == citation["quote"] != ""


def test_where_the_documents_do_not_say_it_abstains_and_gives_what_is_nearest(
    shared_stock: Stock,
) -> None:
    answer = ask(shared_stock, UNSAID)
    assert answer["answered"] is False
    assert answer["answer"] == "The documents don't say."
    assert answer["citations"] == []
    assert answer["nearest"]
    for passage in answer["nearest"]:
        assert tuple(passage) == PASSAGE
        text = stored_text(shared_stock, passage["document"])
        assert text[passage["start"] : passage["end"]] == passage["text"] != ""


def test_what_is_printed_has_the_answer_first_and_then_its_footnotes(shared_stock: Stock) -> None:
    done = footnote("ask", KEEPER, "--home", shared_stock.home)
    answer, blank, *notes = done.out.splitlines()
    assert "Ada Lorne" in answer
    assert blank == ""
    (citation,) = ask(shared_stock, KEEPER)["citations"]
    where = f"{citation['source']}, characters {citation['start']}–{citation['end']}"
    assert notes == [f"[1] lighthouse  {where}"]


def test_what_is_printed_of_an_abstention_calls_the_nearest_passages_so(
    shared_stock: Stock,
) -> None:
    done = footnote("ask", UNSAID, "--home", shared_stock.home)
    assert done.code == 0
    first, *rest = done.out.splitlines()
    assert first == "The documents don't say."
    assert "What came nearest:" in rest
    assert any(line.startswith("1. ") for line in rest)


# --- Odd questions


@pytest.mark.parametrize(
    "question",
    [
        "who is keeper of lighthouse he name what??",
        "lighthouse",
        "the",
        "Кто был первым смотрителем маяка?",
        "من كان أول حارس للمنارة؟",
        "灯塔的第一任看守人是谁？",
        "😀🔥",
        "?!…",
        "\" OR NEAR(keeper *) AND '; DROP TABLE documents; --",
        "-k",
        "lighthouse\tkeeper\nborn \x1b[31mwhere",
        "x" * 10_000,
        "word " * 1000,
    ],
    ids=lambda question: ascii(question[:20]),
)
def test_an_odd_question_is_answered_or_abstained_from(question: str, shared_stock: Stock) -> None:
    answer = ask(shared_stock, question)
    assert answer["question"] == question
    assert answer["answered"] is bool(answer["citations"])


@pytest.mark.parametrize(
    "question",
    [
        KEEPER.upper(),
        "first keeper of lighthouse at Skerry Point, who it was",
        KEEPER + " I should like to know." * 200,
    ],
    ids=["capitals", "bad English", "5,000 characters"],
)
def test_a_question_in_an_odd_form_finds_its_answer(question: str, shared_stock: Stock) -> None:
    assert "Ada Lorne" in footnote("ask", question, "--home", shared_stock.home).out


@pytest.mark.parametrize("question", ["", "   ", "\n\t\u2003"])
def test_no_question_is_wrong_usage_and_opens_no_home(question: str, home: Path) -> None:
    done = footnote("ask", question, "--json", "--home", home)
    assert (done.code, done.out) == (2, "")
    assert "the question is empty." in done.err
    assert not home.exists()


def test_a_question_needs_no_quotes(shared_stock: Stock) -> None:
    done = footnote("ask", *KEEPER.split(), "--json", "--home", shared_stock.home)
    assert done.json["question"] == KEEPER
    assert "Ada Lorne" in done.json["answer"]


def test_a_question_of_20000_characters_is_refused_with_the_most_there_may_be(
    shared_stock: Stock,
) -> None:
    done = footnote("ask", "x" * 20_000, "--json", "--home", shared_stock.home)
    assert (done.code, done.out) == (1, "")
    assert "20,000 characters; 10,000 are the most" in done.err


def test_a_question_that_is_not_valid_utf_8_gets_no_traceback(shared_stock: Stock) -> None:
    question = os.fsdecode(b"Who was the first keeper of the lighthouse\xff?")
    done = footnote("ask", question, "--json", "--home", shared_stock.home)
    assert done.code == 1 or "Ada Lorne" in done.json["answer"]


# --- One question a line


def test_every_line_is_answered_by_a_line_of_json(shared_stock: Stock) -> None:
    typed = f"{KEEPER}\n\n   \n{UNSAID}\r\nWhat does a ticket for the ferry cost?"
    done = footnote("ask", "-", "--json", "--home", shared_stock.home, typed=typed)
    assert (done.code, done.err) == (0, "")
    assert [list(line) for line in done.lines] == [list(ANSWER)] * 3
    assert [line["question"] for line in done.lines] == [
        KEEPER,
        UNSAID,
        "What does a ticket for the ferry cost?",
    ]


def test_a_line_that_cannot_be_answered_does_not_stop_the_others(shared_stock: Stock) -> None:
    typed = f"{'x' * 20_000}\n{KEEPER}\n"
    done = footnote("ask", "-", "--json", "--home", shared_stock.home, typed=typed)
    assert done.code == 1
    refused, answered = done.lines
    assert list(refused) == ["question", "error"]
    assert "20,000 characters" in refused["error"]
    assert "20,000 characters" in done.err
    assert answered["answered"] is True


def test_in_text_each_line_stands_before_its_answer(shared_stock: Stock) -> None:
    typed = f"{KEEPER}\n\n{'x' * 20_000}\n{UNSAID}\n"
    done = footnote("ask", "-", "--home", shared_stock.home, typed=typed)
    first, refused, last = done.out.rstrip("\n").split("\n\n? ")[0:3]
    assert first.startswith(f"? {KEEPER}\n")
    assert "Ada Lorne" in first.split("\n")[1]
    assert refused == "x" * 20_000
    assert last.startswith(f"{UNSAID}\nThe documents don't say.")
    assert "20,000 characters" in done.err


def test_no_lines_get_no_answers(shared_stock: Stock) -> None:
    done = footnote("ask", "-", "--json", "--home", shared_stock.home)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_lines_that_are_not_valid_utf_8_get_no_traceback(shared_stock: Stock) -> None:
    typed = KEEPER.encode() + b"\nlighthouse \xff\n"
    done = footnote("ask", "-", "--json", "--home", shared_stock.home, typed=typed)
    assert "Ada Lorne" in done.lines[0]["answer"]


# --- Searching


def test_search_gives_passages_with_the_promised_keys_best_first(shared_stock: Stock) -> None:
    done = footnote("search", "rye bread", "--json", "--home", shared_stock.home)
    assert (done.code, done.err) == (0, "")
    assert list(done.json) == ["query", "passages"]
    assert done.json["query"] == "rye bread"
    passages = done.json["passages"]
    assert all(tuple(passage) == PASSAGE for passage in passages)
    assert passages[0]["title"] == "Baking rye bread"
    scores = [passage["score"] for passage in passages]
    assert scores == sorted(scores, reverse=True)
    for passage in passages:
        text = stored_text(shared_stock, passage["document"])
        assert text[passage["start"] : passage["end"]] == passage["text"]


@pytest.mark.parametrize(("k", "found"), [(1, 1), (2, 2), (100, len(NOTES))])
def test_search_gives_at_most_k_passages(k: int, found: int, shared_stock: Stock) -> None:
    done = footnote("search", "Skerry", "-k", str(k), "--json", "--home", shared_stock.home)
    assert len(done.json["passages"]) == found


def test_search_prints_numbered_passages_with_where_they_stand(shared_stock: Stock) -> None:
    done = footnote("search", "rye bread", "-k", "1", "--home", shared_stock.home)
    assert re.search(
        r"^1\. Baking rye bread  .+/baking\.html, characters \d+–\d+, score ", done.out.lstrip()
    )
    assert "The dough rests overnight in a cold room." in done.out


@pytest.mark.parametrize("query", ["", " \n"])
def test_search_for_nothing_is_wrong_usage(query: str, home: Path) -> None:
    done = footnote("search", query, "--json", "--home", home)
    assert (done.code, done.out) == (2, "")
    assert "the query is empty." in done.err
    assert not home.exists()


def test_a_query_needs_no_quotes(shared_stock: Stock) -> None:
    done = footnote("search", "rye", "bread", "-k", "1", "--json", "--home", shared_stock.home)
    assert done.json["query"] == "rye bread"
    assert done.json["passages"][0]["title"] == "Baking rye bread"


# --- Libraries, and the sample


@pytest.mark.parametrize(
    "verb", [("ask", "Who is Anne Bayefsky?"), ("search", "Mokhiber"), ("chat",)]
)
def test_an_empty_home_gets_the_sample_once_and_says_so(verb: tuple[str, ...], home: Path) -> None:
    first = footnote(*verb, "--json", "--home", home)
    again = footnote(*verb, "--json", "--home", home)
    assert first.err == "No documents yet: added the built-in sample briefing.\n"
    assert again.err == ""
    assert first.code == again.code == 0
    assert listed(home, "sample") == ["footnote:sample"]


@pytest.mark.parametrize("verb", [("ask", "Who is Anne Bayefsky?"), ("search", "Mokhiber")])
def test_the_sample_answers_only_where_no_library_is_named(
    verb: tuple[str, ...], home: Path
) -> None:
    unnamed = footnote(*verb, "--json", "--home", home)
    named = footnote(*verb, "--json", "-l", "common", "--home", home)
    assert "footnote:sample" in unnamed.out
    assert "footnote:sample" not in named.out
    assert named.code == 0
    assert listed(home, "common") == []


def test_common_named_for_an_empty_home_adds_no_sample(home: Path) -> None:
    done = footnote("ask", "Who is Anne Bayefsky?", "--library", "common", "--json", "--home", home)
    assert (done.code, done.err, done.json["answered"]) == (0, "", False)
    assert footnote("list", "-l", "sample", "--home", home).code == 1


def test_the_first_document_ends_the_sample_and_says_so(home: Path) -> None:
    footnote("ask", "Who is Anne Bayefsky?", "--home", home)
    added = footnote("add", "-", "--json", "--home", home, typed="Tea is brewed hot.")
    assert (added.err, len(added.json["added"])) == (f"{SAMPLE_GONE}\n", 1)
    again = footnote("add", "-", "--home", home, typed="Coffee is brewed hotter.")
    assert again.err == ""
    answer = footnote("ask", "Who is Anne Bayefsky?", "--json", "--home", home)
    assert (answer.err, answer.json["answered"]) == ("", False)
    assert "Bayefsky" not in answer.json["answer"]
    assert "footnote:sample" not in answer.out
    assert listed(home, "sample") == []


@pytest.mark.parametrize("verb", [("ask", "What is brewed?"), ("search", "tea"), ("chat",)])
def test_a_sample_left_in_common_beside_documents_is_never_asked(
    verb: tuple[str, ...], home: Path, embedder: SentenceEmbedder
) -> None:
    with opened(home, embedder) as library:
        put(library, [note("tea", "Tea is brewed hot.")])
        as_before(library)
    done = footnote(*verb, "--json", "--home", home, typed="What is brewed?\n")
    assert done.err == f"{SAMPLE_GONE}\n"
    assert "footnote:sample" not in done.out
    assert listed(home, "common") == ["tea"]


def test_a_home_that_has_only_the_sample_from_before_still_answers_from_it(
    home: Path, embedder: SentenceEmbedder
) -> None:
    with opened(home, embedder) as library:
        as_before(library)
    done = footnote("ask", "Who is Anne Bayefsky?", "--json", "--home", home)
    assert done.json["answered"]
    assert (listed(home, "common"), listed(home, "sample")) == ([], ["footnote:sample"])


def test_the_first_document_ends_the_sample_through_an_owner(home: Path) -> None:
    with owned(home):
        assert footnote("ask", "Who is Anne Bayefsky?", "--json", "--home", home).json["answered"]
        added = footnote("add", "-", "--json", "--home", home, typed="Tea is brewed hot.")
        assert added.err == f"{SAMPLE_GONE}\n"
        later = footnote("ask", "Who is Anne Bayefsky?", "--json", "--home", home)
    assert (later.err, later.json["answered"]) == ("", False)


def listed(home: Path, library: str) -> list[str]:
    """The sources of a library's documents."""
    done = footnote("list", "--json", "-l", library, "--home", home)
    return [document["source"] for document in done.json["documents"]]


def as_before(library: Library) -> None:
    """Adds the sample as older versions did."""
    list(library._add([sample()], COMMON, "footnote", ignore))


def test_the_sample_stays_away_from_a_home_with_documents(shared_stock: Stock) -> None:
    footnote("ask", UNSAID, "--home", shared_stock.home)
    documents = footnote("list", "--json", "--home", shared_stock.home).json["documents"]
    assert len(documents) == len(NOTES)


def test_a_library_answers_from_its_own_documents_alone(stock: Stock) -> None:
    note = "The key of the tower hangs behind the kitchen clock."
    assert footnote("add", "-", "-l", "guild-1", "--home", stock.home, typed=note).code == 0
    question = "Where does the key of the tower hang?"
    within = footnote("ask", question, "-l", "guild-1", "--json", "--home", stock.home).json
    outside = footnote("ask", question, "--json", "--home", stock.home).out
    assert "kitchen clock" in within["answer"]
    assert "kitchen clock" not in outside


@pytest.mark.parametrize("verb", [("ask", "x"), ("search", "x"), ("show", "x"), ("remove", "x")])
def test_a_library_that_is_not_there_is_not_made_by_asking(
    verb: tuple[str, ...], shared_stock: Stock
) -> None:
    done = footnote(*verb, "-l", "nowhere", "--home", shared_stock.home)
    assert (done.code, done.out) == (1, "")
    assert "There is no library 'nowhere'. There are: common." in done.err
    assert not list(shared_stock.home.rglob("nowhere*"))


@pytest.mark.parametrize("name", ["../up", "", "No Such", "x" * 64])
def test_a_name_that_no_library_can_have_is_refused(name: str, shared_stock: Stock) -> None:
    done = footnote("list", "--library", name, "--home", shared_stock.home)
    assert (done.code, done.out) == (1, "")
    assert f"A library can't be called {name!r}" in done.err


# --- What documents try to do to a terminal


def test_nothing_in_a_document_steers_the_terminal(home: Path, folder: Path) -> None:
    (folder / "kettles.md").write_text(
        "# Kettles \x1b[31mof\x1b]0;all\x07 kinds\u202e\n\n"
        "Red kettles \x1b[2J are sold\x9b31m in Tarn."
    )
    assert footnote("add", ".", "--home", home).code == 0
    for verb in (["ask", "Where are red kettles sold?"], ["ask", UNSAID], ["search", "kettles"]):
        done = footnote(*verb, "--home", home)
        assert "kettles" in done.out
        assert not STEERING.search(done.out + done.err)


def test_json_holds_what_would_steer_a_terminal_only_as_escapes(home: Path, folder: Path) -> None:
    text = "Red kettles \x1b[2J are sold\x9b31m in \u202eTarn."
    (folder / "kettles.txt").write_text(text)
    assert footnote("add", ".", "--home", home).code == 0
    done = footnote("search", "kettles", "--json", "--home", home)
    assert done.json["passages"][0]["text"] == text
    assert not STEERING.search(done.out)
