"""The promises of `sentences`: laws that hold for any text, and what people see in theirs."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.text.segmentation.sentences import Sentence, sentences

# Bits that the rules look at, so that their odd meetings are tried too.
WORDS = ["Dr. ", "U.S. ", "e.g. ", "word", "Word ", "3.5", "[3]", "[citation needed]"]
LINES = ["```", "```\n", "# ", "- ", "1. ", "2) ", "a) ", "| a |", "> ", "===\n", "---\n", "~~~~\n"]
MARKS = "....!?…。！？．।؟;,:\"'“”‘’«»()[]{}<>`|#*+-=_/\\@\0\ue000\ufeff\ud800\udc00é😀\u0301你"
SPACES = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", " ", "  ", "\x0b", "\x0c", "\x85", "\u2028"]
BITS = st.sampled_from([*WORDS, *LINES, *MARKS, *SPACES])
ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(BITS, max_size=60).map("".join),
)
LIMITS = st.one_of(st.just(600), st.integers(1, 40))


def read(text: str, longest: int = 600) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text, longest)]


def headings(text: str) -> list[str]:
    return [text[found.start : found.end] for found in sentences(text) if found.heading]


def has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


@given(ANYTHING, LIMITS)
def test_sentences_stand_in_order_and_none_is_empty_or_padded(text: str, longest: int) -> None:
    found = sentences(text, longest)
    for sentence in found:
        quote = text[sentence.start : sentence.end]
        assert quote
        assert quote == quote.strip()
    for earlier, later in itertools.pairwise(found):
        assert earlier.end <= later.start
        assert later.paragraph - earlier.paragraph in (0, 1)


@given(ANYTHING, LIMITS)
@example("\ud83d\ude00. Two.", 600)
def test_whatever_can_be_seen_stands_in_exactly_one_sentence(text: str, longest: int) -> None:
    covered = [place for s in sentences(text, longest) for place in range(s.start, s.end)]
    assert len(covered) == len(set(covered))
    visible = {place for place, character in enumerate(text) if not character.isspace()}
    assert visible <= set(covered)


@given(ANYTHING, st.integers(-1, 40))
@example("word " * 2000, 600)
@example("." * 5000, 600)
def test_no_sentence_is_longer_than_allowed(text: str, longest: int) -> None:
    assert all(s.end - s.start <= max(longest, 1) for s in sentences(text, longest))


@given(st.lists(BITS, max_size=40).map("".join))
def test_what_has_no_word_is_a_sentence_only_when_it_is_alone_in_its_paragraph(text: str) -> None:
    found = sentences(text)
    for _, group in itertools.groupby(found, key=lambda sentence: sentence.paragraph):
        paragraph = [text[sentence.start : sentence.end] for sentence in group]
        assert len(paragraph) == 1 or all(has_word(quote) for quote in paragraph)


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
def test_an_end_is_found_however_far_into_the_text_it_is(letter: str) -> None:
    last = ["In 1990 Dr. Smith of the U.S. Army came at 3.5 p.m. today.", "He sat."]
    for before in [*range(0, 4000, 250), *range(1800, 2020)]:
        assert read(f"{letter * before} did. {' '.join(last)}")[-2:] == last


def test_nothing_comes_of_a_text_without_visible_characters() -> None:
    assert sentences("") == sentences(" \n\t\r\n\n ") == []


def test_a_sentence_is_a_span_with_its_paragraph() -> None:
    assert sentences("One. Two.\n\nThree.") == [
        Sentence(0, 4, 0, False),
        Sentence(5, 9, 0, False),
        Sentence(11, 17, 1, False),
    ]


@pytest.mark.parametrize("blank", ["\n\n", "\r\n\r\n", "\r\r", "\n \t\n", "\n\n\n\n"])
def test_blank_lines_of_any_kind_part_paragraphs(blank: str) -> None:
    found = sentences(f"One thing.{blank}Another thing.")
    assert [sentence.paragraph for sentence in found] == [0, 1]


@pytest.mark.parametrize(
    "text",
    [
        "The rate rose to 3.5 percent.",
        "Use v2.0.1 or later.",
        "Take a fruit, e.g. this one.",
        "Ask Dr. Smith about it.",
        "He joined the U.S. Army early.",
        "We met at 3.5 p.m. yesterday.",
        "See No. 5 of the list.",
        "It was J. K. Rowling who wrote it.",
        "The St. Lawrence River is wide.",
        "It takes approx. 5 minutes.",
        "See vol. 3 of the series.",
    ],
)
def test_a_decimal_or_an_abbreviation_does_not_end_a_sentence(text: str) -> None:
    assert read(text + " It ends.") == [text, "It ends."]


@pytest.mark.parametrize(
    "text",
    [
        "See example.com for more.",
        "Node.js runs it.",
        "Call System.Out.println and foo.Bar() there.",
        "Read fileName.Length first.",
        "Open https://example.com/a.Html now.",
        "Open www.example.Html now.",
        "Write to jane.Doe@example.Com today.",
        "Look in docs/readme.Txt today.",
        "Run `file.Name` twice.",
        "Mrs.Jones came with Prof.Smith too.",
        "Its file is index.HTML today.",
    ],
)
def test_a_dot_inside_a_name_an_address_or_code_does_not_end_a_sentence(text: str) -> None:
    assert read(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('wholly complicit in the horrific assault".', "Craig Mokhiber wrote on 28 October."),
        ('"This will be my last one" in New York.', "Mokhiber, who was stepping down, wrote."),
        ('These are his personal views."', "The statement went on."),
        ("It was posted on Tuesday afternoon.", "A spokesperson sent a statement."),
        ("He has had enough.", "It's not too late."),
        ("The claim is made (again).", "Nobody believed it."),
        ("Is it so?", "Perhaps it is."),
        ("They said so.[3]", "Nobody knows why."),
        ("He said it again.", "“We know,” they said."),
    ],
)
def test_sentences_that_lost_the_space_between_them_are_parted(first: str, second: str) -> None:
    assert read(first + second) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Reaction to his departure was mixed., told the Guardian.",
        '"Why?" he asked.',
        "“Stop!” she cried.",
        "The Yahoo! portal is old.",
        "Who (if anyone?) knows?",
        "Wait… what is it?",
    ],
)
def test_a_mark_followed_by_more_of_the_sentence_does_not_end_it(text: str) -> None:
    assert read(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He left. "I am done," he said.', ["He left.", '"I am done," he said.']),
        ('He said: "I went. You stayed."', ['He said: "I went.', 'You stayed."']),
        ("It ended… (Or not.) Yes.", ["It ended…", "(Or not.)", "Yes."]),
        ("“One.” “Two.” Three.", ["“One.”", "“Two.”", "Three."]),
        ("« Oui. » Il part.", ["« Oui. »", "Il part."]),
        ('An "open quote. Then. More.', ['An "open quote.', "Then.", "More."]),
        ("It rained (as it does.) They left.", ["It rained (as it does.)", "They left."]),
        ("**Fast.** It runs.", ["**Fast.**", "It runs."]),
        ("Use `this.` Then `that`. Done.", ["Use `this.`", "Then `that`.", "Done."]),
    ],
)
def test_a_closing_mark_stays_with_what_it_closes(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.[3] Two.", ["One.[3]", "Two."]),
        ("One. [3][4] Two.", ["One. [3][4]", "Two."]),
        ("One.[citation needed] Two.", ["One.[citation needed]", "Two."]),
        ('One. Two. "', ["One.", 'Two. "']),
        ("One.\n***", ["One.\n***"]),
        ("...\nThen it came.", ["...\nThen it came."]),
        ("One. 🙂", ["One. 🙂"]),
        ("...\n- One\n- Two", ["...\n- One", "- Two"]),
    ],
)
def test_a_citation_or_a_stray_mark_joins_its_neighbour(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好。再见！好吗？好", ["你好。", "再见！", "好吗？", "好"]),
        ("「はい。」そうです。", ["「はい。」", "そうです。"]),
        ("終わり．始まり", ["終わり．", "始まり"]),
        ("約3．5です", ["約3．5です"]),
        ("ｱ｡ｲ｡", ["ｱ｡", "ｲ｡"]),
        ("राम गया।सीता आई।", ["राम गया।", "सीता आई।"]),
        ("كيف حالك؟أنا بخير", ["كيف حالك؟", "أنا بخير"]),
    ],
)
def test_the_enders_of_other_scripts_need_no_space_after_them(
    text: str, expected: list[str]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["One 😀. Two.", "Ane\u0301. Two.", "A\0b. Two.", "Lone \ud800. Two.", "Bé 你 𝒳. Two."],
)
def test_odd_characters_do_not_shift_the_spans(text: str) -> None:
    assert read(text)[-1] == "Two."
    assert len(read(text)) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "  \n  "])
def test_a_hard_wrapped_sentence_is_not_cut_at_the_line_end(end: str) -> None:
    first = f"The old treaty of{end}1648, which{end}St. John saw, is in volume{end}12."
    assert read(f"{first} It{end}held.") == [first, f"It{end}held."]


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", "• ", "1. ", "1) ", "a) "])
def test_a_list_item_begins_a_sentence_and_may_hold_several(mark: str) -> None:
    text = f"What to do:\n{mark}item one\n{mark}item two. With more"
    assert read(text) == ["What to do:", f"{mark}item one", f"{mark}item two.", "With more"]


def test_a_list_may_count_on() -> None:
    assert read("1. one\nand on\n2. two\n10) ten") == ["1. one\nand on", "2. two", "10) ten"]


def test_a_table_row_begins_a_sentence() -> None:
    text = "| a | b |\n|---|---|\n| One | two |\n| Three | four |"
    assert read(text) == ["| a | b |\n|---|---|", "| One | two |", "| Three | four |"]


def test_a_quoted_line_begins_a_sentence_unless_it_goes_on_in_lower_case() -> None:
    text = "They wrote\n> this is so\n> and remains so\n> Nobody knows"
    assert read(text) == ["They wrote", "> this is so\n> and remains so", "> Nobody knows"]


def test_fenced_code_is_not_read_as_prose() -> None:
    text = 'See\n```python\n# not a title\nprint("One. Two.")\n\n- x.Y\n```\nAfter it. Done.'
    assert read(text) == [
        "See",
        '```python\n# not a title\nprint("One. Two.")',
        "- x.Y\n```",
        "After it.",
        "Done.",
    ]
    assert headings(text) == []


def test_a_fence_never_closed_leaves_the_rest_prose() -> None:
    assert read("Try\n```\nthis. Or that.") == ["Try", "```\nthis.", "Or that."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# On St. John. And more\nText here.", "# On St. John. And more"),
        ("Text here.\n###### Six\nMore text.", "###### Six"),
        ("A title\n=======\nText here.", "A title\n======="),
        ("...\n# A title\nText here.", "...\n# A title"),
        ("A title\n---\n\nText here.", "A title\n---"),
        ("=======\nA title\n=======\n\nText.", "=======\nA title\n======="),
        ("A title\n~~~~~~~\n\nText here.", "A title\n~~~~~~~"),
        ("A line that stands alone\n\nText here.", "A line that stands alone"),
        ("  Indented (so)  \n\nText here.", "Indented (so)"),
    ],
)
def test_a_title_is_one_sentence_and_a_heading(text: str, title: str) -> None:
    assert headings(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "#hashtag people wrote.\n\nText here.",
        "A short line\nabove its paragraph. More.\n\nText here.",
        "It ends like a sentence.\n\nText here.",
        "It leads to:\n\nText here.",
        'He asked "why?"\n\nText here.',
        "It works. Try it\n\nText here.",
        "- an item of a loose list\n\nText here.",
        "Ada, 2026-05-03: the pier is shut\n\nText here.",
        "Ada, 2026-05-03 (to Bo: “Is it open?”): the pier is shut\n\nText here.",
        "The last line of all",
        "* * *\n\nText here.",
        "<details>\n\nText here.",
        "12\n\nText here.",
        "word " * 20 + "\n\nText here.",
        "Too long for its rule\n~~~\n\nText here.",
    ],
)
def test_what_only_looks_like_a_title_is_not_one(text: str) -> None:
    assert headings(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aaaa bbbbb; ccc, dddd eeee", ["aaaa bbbbb;", "ccc, dddd eeee"]),
        ("aaaa bbbb cc, dddd eeee", ["aaaa bbbb cc,", "dddd eeee"]),
        ("aaaa bbbb cccc dddd eeee", ["aaaa bbbb cccc dddd", "eeee"]),
        ("aa; bbbb cccc dddd eeee", ["aa; bbbb cccc dddd", "eeee"]),
        ("a" * 45, ["a" * 20, "a" * 20, "a" * 5]),
    ],
)
def test_a_long_sentence_is_cut_where_a_reader_would_draw_breath(
    text: str, expected: list[str]
) -> None:
    assert read(text, longest=20) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The shop is closed on Tue. and Thu. mornings.",
        "It runs for 2 hrs. and stops.",
        "Die Halle ist ab dem 3. Juni gesperrt, auch am 24. und 31. Dezember.",
        "Das regelt § 4 Abs. 2 der Satzung.",
        "Bringen Sie den Ausweis bzw. Pass mit.",
        "Sie können z. B. mit dem Rad kommen.",
        "Der Kurs dauert 3 Std. pro Tag.",
        "Se puede venir, p. ej. en tren.",
        "Llame a la Sra. López o al Sr. Ruiz.",
        "Le prix est de 5 € env. par mois.",
        "J'ai vu Mme. Durand et M. Petit.",
        "Il sig. Rossi arriva il 2 maggio.",
        "Hallen åpner 2. juni klokka ni.",
        "Brána se otevírá 1. května v devět.",
        "Halli aukeaa 4. toukokuuta.",
    ],
)
def test_a_short_form_or_an_ordinal_ends_no_sentence_in_any_language(text: str) -> None:
    assert read(f"{text} Fin.") == [text, "Fin."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They came in 2. She won.", ["They came in 2.", "She won."]),
        ("It was built in 1998. The club grew.", ["It was built in 1998.", "The club grew."]),
        ("it was shut. nobody knew why. ok", ["it was shut.", "nobody knew why.", "ok"]),
        ("Das Spiel ist um 3. Alle kommen.", ["Das Spiel ist um 3.", "Alle kommen."]),
    ],
)
def test_a_number_or_a_short_word_may_end_a_sentence(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_the_number_of_a_step_goes_with_it() -> None:
    assert read("1. Lift it. 2. Turn it. 3. Wait.") == ["1. Lift it.", "2. Turn it.", "3. Wait."]
    assert read("Step 1. Lift it. Step 2. Wait.") == ["Step 1. Lift it.", "Step 2. Wait."]


def test_a_stored_row_of_a_table_is_one_sentence_and_no_title() -> None:
    row = "Course: Knots. For all · Place: Mole. Behind the gate · Fee: none"
    assert read(f"{row}\n\n{row}") == [row, row]
    assert headings(f"{row}\n\n{row}") == []
