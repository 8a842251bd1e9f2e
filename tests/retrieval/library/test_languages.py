"""Communities' documents in their own languages: told, found and answered by their own words."""

from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.types import Turn
from tests.support.homes import note, put

HANDBOOKS = Path(__file__).with_name("handbooks")
ENGLISH = (
    "# Rules\n\nThe workshop opens at nine. Members pay four crowns to the treasurer, Ada Lorne."
)


@pytest.fixture
def stocked(library: Library) -> Library:
    """A library for each of three handbooks, and one for all of them and an English text."""
    for language in ("de", "ja", "ar"):
        handbook = note(
            language, (HANDBOOKS / f"{language}.md").read_text("utf-8"), f"{language}.md"
        )
        put(library, [handbook], f"in-{language}")
        put(library, [handbook], "mixed")
    put(library, [note("en", ENGLISH, "rules.md")], "mixed")
    return library


def test_each_document_s_language_is_told(stocked: Library) -> None:
    told = {document.title: document.language for document in stocked.documents("mixed")}
    assert sorted(told.values()) == ["ar", "de", "en", "ja"]
    assert stocked.existing("in-ja").catalog.languages() == ("ja",)


ASKED = {
    "de": {
        "Wann öffnet die Holzwerkstatt am Samstag?": "10 Uhr",
        "Wie hoch ist der ermäßigte Beitrag?": "9 Euro",
        "Wer darf an der Kreissäge arbeiten?": "Birkner",
        "Dürfen Hunde in die Metallwerkstätten?": "Hunde dürfen nicht",
        "wie lange kann man handwerkzeug ausleihen": "drei Tage",
    },
    "ja": {
        "図書室は何時に開きますか？": "午前九時",
        "本は何冊まで借りられますか": "五冊",
        "会費はいくらですか？": "二千円",
        "駐車場に車を何台止められますか": "六台",
    },
    "ar": {
        "كم تبلغ رسوم العضوية السنوية؟": "خمسون",
        "ما هو أطول مسار؟": "ثمانية عشر",
        "متى ينطلق المشي يوم الجمعة؟": "السابعة",
    },
}
NOT_SAID = {
    "de": "Welche Farbe hat das Vereinsauto von Anneliese?",
    "ja": "水泳大会の優勝者は誰ですか",
    "ar": "من هو مدرب فريق السباحة الأولمبي؟",
}
ODD = [
    "Wann öffnet die 図書室 am Samstag?",  # scripts mixed
    "workshop kab khulta hai",  # romanised Hindi
    "Nini saa za kufungua?",  # a language without a stemmer
    "Когда открывается мастерская?",
    "ΠΌΤΕ ΑΝΟΊΓΕΙ;",
    "؟؟؟",
    "猫",
    "\u0301\u0301",
]


@pytest.mark.parametrize("language", ASKED)
def test_a_handbook_answers_in_its_language_alone_and_among_others(
    language: str, stocked: Library
) -> None:
    handbook = (HANDBOOKS / f"{language}.md").read_text("utf-8")
    for name in (f"in-{language}", "mixed"):
        for question, said in ASKED[language].items():
            answer = stocked.ask(question, libraries=[name])
            assert said in answer.text, (name, question, answer)
            # No quote is cut within a sentence, nor a word of it changed.
            assert all(cited.quote in handbook for cited in answer.citations)


@pytest.mark.parametrize("language", ASKED)
def test_what_a_handbook_does_not_say_is_refused(language: str, stocked: Library) -> None:
    assert not stocked.ask(NOT_SAID[language], libraries=[f"in-{language}"]).answered


def test_whatever_is_asked_is_no_error(stocked: Library) -> None:
    for name in ("in-de", "in-ja", "in-ar", "mixed"):
        for question in ODD:
            assert stocked.ask(question, libraries=[name]).text


def test_an_english_question_of_a_mixed_library_is_read_as_english(stocked: Library) -> None:
    query = stocked.retriever(["mixed"]).parse("How much do members pay to the treasurer?")
    assert query.language == "en"
    assert "four crowns" in stocked.ask(query.text, libraries=["mixed"]).text


def test_a_follow_up_leans_on_the_question_before_by_its_own_pronouns(stocked: Library) -> None:
    turns = [Turn("Wann öffnet die Holzwerkstatt am Dienstag?", "Um 17 Uhr.")]
    assert "10 Uhr" in stocked.ask("Und am Samstag?", turns, ["in-de"]).text


def test_after_a_reindex_older_documents_have_their_language(stocked: Library) -> None:
    catalog = stocked.existing("in-de").catalog
    with catalog.transaction() as connection:
        connection.execute("UPDATE documents SET language = ''")
    assert catalog.languages() == ("en",)
    list(stocked.reindex())
    assert stocked.existing("in-de").catalog.languages() == ("de",)
    assert "10 Uhr" in stocked.ask("Wann öffnet die Holzwerkstatt am Samstag?", (), ["in-de"]).text


def test_erased_documents_leave_none_of_their_terms(stocked: Library) -> None:
    [document] = stocked.documents("in-de")
    stocked.erase([document.id], "in-de")
    connection = stocked.existing("in-de").catalog.connection
    assert connection.execute("SELECT count(*) FROM passages_terms").fetchone() == (0,)
    file = stocked.existing("in-de").catalog.path.read_bytes()
    assert b"kreissag" not in file
    assert "Kreissäge".encode() not in file
