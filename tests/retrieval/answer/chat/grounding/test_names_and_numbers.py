"""A number, a date or a name that stands in no cited passage is missed; what is only said in other
words is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.chat.grounding.names_and_numbers import known, missing
from retrieval.reading.source import sample
from retrieval.text.segmentation.sentences import sentences
from retrieval.text.terms import Keys
from tests.support.homes import extracted

KEYS = Keys()
SOURCE = (
    "Craig Mokhiber, director of the New York office of the UN High Commissioner for Human Rights, "
    "left on 28 October 2023. He had served since 1992. “We are failing again,” he wrote. Anne "
    "Bayefsky, of Touro College, accused him of antisemitism. The World Health Organization has "
    "194 members and a budget of $6.83 billion. Meetings begin at 3 p.m. on Tuesdays; entry costs "
    "4.50 crowns. Dr. Jean-Luc Picard of the United States spoke of Palestinian civilians in Gaza."
)


def missed(claim: str, source: str = SOURCE) -> tuple[str, ...]:
    """Return what of a claim a source lacks."""
    return missing(claim, known(source, KEYS), KEYS)


@pytest.mark.parametrize(
    "claim",
    [
        "Craig Mokhiber left in October 2023.",
        "Mokhiber left on October 28, 2023.",
        "He left on 28 Oct 2023.",
        "He left on the 28th of October.",
        "The director's name is Mokhiber.",
        "Mokhiber's post was in New York.",
        "He had been there for a long time, since 1992.",
        "According to Bayefsky, he was antisemitic.",
        "However, Bayefsky accused him.",
        "Unfortunately, the UN failed again.",
        "Speaking of failure, Mokhiber left.",
        "The WHO has 194 members.",
        "The World Health Organisation's budget is $6.83 billion.",
        "The budget is 6.83bn dollars.",
        "Meetings begin at 15:00.",
        "They begin at 3 pm every Tuesday.",
        "Entry is 4.5 crowns.",
        "Mr. Mokhiber left.",
        "Prof. Bayefsky accused Mr Mokhiber.",
        "Picard spoke of the Palestinians.",
        "Jean-Luc Picard is from the United States.",
        "One of them left first.",
        "The UN's High Commissioner has an office there.",
        "MOKHIBER LEFT THE OFFICE.",
        "He wrote: “We are failing again.”",
        "Human rights are what the office is for.",
        "There is an office. These are its members.",
        "I think that it is so.",
        "The High Commissioner for Human Rights (HCHR) has an office.",
        "World Health Organization (WHO) meetings begin at 3 p.m.",
        "HCHRs are in New York.",
        "Attach the letter.",
        "Publication is on Tuesdays.",
    ],
)
def test_what_a_source_holds_is_not_missed(claim: str) -> None:
    assert missed(claim) == ()


@pytest.mark.parametrize(
    ("claim", "lacking"),
    [
        ("He left on 29 October 2023.", ("29",)),
        ("He left in November 2023.", ("November",)),
        ("He left in October 2024.", ("2024",)),
        ("He had served since 1991.", ("1991",)),
        ("The WHO has 195 members.", ("195",)),
        ("The budget is $6.83 million.", ("$6.83 million",)),
        ("Meetings begin at 4 p.m.", ("4",)),
        ("Meetings begin on Wednesdays.", ("Wednesdays",)),
        ("Entry costs 45 crowns.", ("45",)),
        ("Entry costs seven crowns.", ("seven",)),
        ("Volker Türk left the office.", ("Volker", "Türk")),
        ("Craig Murray left the office.", ("Murray",)),
        ("The office is in Geneva.", ("Geneva",)),
        ("It was Anne who left for London.", ("London",)),
        ("He went to Harvard College.", ("Harvard",)),
        ("NATO has 194 members.", ("NATO",)),
        ("The European Union has 194 members.", ("European", "Union")),
        ("He spoke of Israelis.", ("Israelis",)),
        ("He left for the iPhone.", ("iPhone",)),
        ("Murray left the office.", ("Murray",)),
        ("Craig Mokhiber, Murray, and Bayefsky left.", ("Murray",)),
        ("Anna of New York left the office.", ("Anna",)),
        ("Two of them left.", ("Two",)),
        ("Some 30 to 40 people left.", ("30", "40")),
    ],
)
def test_what_a_source_does_not_hold_is_missed(claim: str, lacking: tuple[str, ...]) -> None:
    assert missed(claim) == lacking


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("She is from the United States.", "She is an American."),
        ("The British government left.", "The government of the UK left."),
        ("It is 80 degrees Fahrenheit.", "It is 80 °F."),
        ("Sales fell in Q3.", "Sales fell in the third quarter."),
        ("It was the 2018–19 season.", "It was the season of 2018 and 2019."),
        ("Determine the price.", "What it costs must be found out."),
        ("Shares in the firm fell.", "A share in the firm lost."),
        ("Post-war buildings are grey.", "Buildings from after the war are grey."),
    ],
)
def test_what_others_write_in_another_form_is_not_missed(claim: str, source: str) -> None:
    assert missed(claim, source) == ()


@pytest.mark.parametrize(
    ("written", "month"),
    [("2023-10-28", "October"), ("28.10.2023", "October"), ("10/28/2023", "October")],
)
def test_a_date_in_digits_holds_its_month(written: str, month: str) -> None:
    assert missed(f"It was in {month} 2023.", f"It was on {written}.") == ()
    assert missed("It was in May 2023.", f"It was on {written}.") == ("May",)


def test_signs_that_nobody_sees_hide_nothing_and_make_up_nothing() -> None:
    assert missed("Ada Lorne left in 1851.", "Ada Lo\u200brne left in 18\u200d51.") == ()


def briefing() -> list[str]:
    """The sentences of the built-in sample."""
    texts = [part.page_content for part in extracted(sample())]
    return [text[s.start : s.end] for text in texts for s in sentences(text)]


@pytest.mark.parametrize("sentence", briefing())
def test_a_sentence_of_the_source_itself_lacks_nothing(sentence: str) -> None:
    assert missed(sentence, " ".join(briefing())) == ()


WORDS = st.sampled_from(
    "Ada Lorne kept the lamp for 30 years in Tarn and Mr. Brand paid $4.50 on 3 May 2020 NATO "
    "twenty-one Jean-Luc O'Neil U.S. McDonald's it's The However".split()
)


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_whatever_is_written_stands_in_itself(found: list[str]) -> None:
    text = " ".join(found) + "."
    assert missed(text, text) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_is_too_odd(claim: str, source: str) -> None:
    assert isinstance(missed(claim, source), tuple)
    assert missed(source, source) == ()
