"""Texts of every sort, for properties that hold for any text."""

from hypothesis import strategies as st

from retrieval.reading.formats.content import without_unseen

# Half a surrogate pair is no character: no file that can be read as text holds one.
CHARACTERS = st.characters(exclude_categories=["Cs"])
ANY_TEXT = st.text(CHARACTERS, max_size=300)

WORDS = (
    "the a kettle tea water boils harbour museum bridge council votes in 1912 Dr. Ada Lovelace of "
    "wrote that machines 3.5 km e.g. U.S. opened closed river, however; and ferry winter's café "
    "naïve Привет 你好 🙂 co-operation “quoted” (bracketed) and-so-on http://example.org/a.b"
).split()
SENTENCES = st.builds(
    lambda words, end: " ".join(words).capitalize() + end,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=20),
    st.sampled_from([".", "?", "!", ".”", "…", ". [3]", ""]),
)
PARAGRAPHS = st.builds(
    lambda mark, sentences, gap: mark + gap.join(sentences),
    st.sampled_from(["", "", "", "- ", "1. ", "> ", "## ", "| "]),
    st.lists(SENTENCES, min_size=1, max_size=8),
    st.sampled_from([" ", "  ", "\n", ""]),
)
ARTICLES = st.builds(
    lambda paragraphs, gap: gap.join(paragraphs),
    st.lists(PARAGRAPHS, min_size=1, max_size=5),
    st.sampled_from(["\n\n", "\n", "\n \n\n", "\r\n\r\n"]),
)
# Short enough for a property to put several into a library.
NOTES = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
TEXTS = st.one_of(ANY_TEXT, ARTICLES)


def _can_be_read(text: str) -> bool:
    """Return whether a text holds something to read; a NUL is left out when a file is read."""
    seen = (character.isprintable() for character in "".join(without_unseen(text).split()))
    return "\0" not in text and any(seen)


DOCUMENTS = TEXTS.filter(_can_be_read)

# Words that a question may hold and a query language would stumble over.
ODDITIES = [
    '"', '""', "'", "*", "tea*", "(", ")", "((", "AND", "OR", "NOT", "NEAR", "NEAR(tea water)",
    "text:", "^tea", "-tea", "+", "{", "}", "%", "_", "\\", ";", "--", "\x00", "\n", "🙂",
    "👩\u200d👧", "ﬀ", "İ", "ß", "Ⅷ", "½", "é", "e\u0301", "你好", "Привет", "tea",
    "water", "What", "is", "?",
]  # fmt: skip
QUESTIONS = st.one_of(
    st.lists(st.sampled_from(ODDITIES), min_size=1, max_size=12).map(" ".join),
    st.lists(st.sampled_from(ODDITIES), min_size=1, max_size=12).map("".join),
    st.text(CHARACTERS, min_size=1, max_size=80),
).filter(lambda question: bool(question.strip()))
