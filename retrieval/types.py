"""The nouns of Footnote, as frozen dataclasses.

Every `start` and `end` is a character offset into the stored text of a document, and
`text[start:end]` is the passage or the quote to the letter.
"""

from dataclasses import dataclass, field
from typing import Literal

# The operator's own library: what is asked where no other is named.
COMMON = "common"
# What the shell asks instead while a home has no documents of its own: the built-in sample's.
SAMPLE_LIBRARY = "sample"
SAMPLE = "footnote:sample"  # the source of the sample
SINGLE = "single"  # the kind of source that all files and pages are which were added one by one
ENGLISH = "en"  # the language, by ISO 639-1, where nothing else is said
NEAREST = 3  # passages that are shown where the documents don't say
BETWEEN_HEADINGS = " › "  # stands between headings in one line


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """The place of a passage in its document's text, and of the sentences in it to quote."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    page: int | None = None
    section: str = ""
    rows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """A sentence of a passage and how well it matches the question asked.

    `words` is how much of the question's words, all alike, it holds or holds the like of. Of a
    sentence that the reader read, `answered` is the probability that the question is answered in
    the lines around it, and `spanned` that the answer itself stands in it.
    """

    start: int
    end: int
    score: float
    words: float = 0.0
    answered: float = 0.0
    spanned: float = 0.0


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """The address that the words between two offsets of a document lead to, as its reader sees."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document that was found for a query.

    `kind` is what the document was (pdf, docx …); `section` the headings that the passage stands
    under, outermost first; `rows` the offset and number of each row of a table in it. `version`
    tells the document's content, into which the offsets point, from what it says later. Where the
    reader read it, `answered` and `span` are its best logits: that the question is answered there,
    and that a span there answers it rather than none. `date` and `language` are the document's.
    """

    document: str
    title: str
    source: str
    page: int | None
    start: int
    end: int
    text: str
    score: float = 0.0
    dense: float = 0.0
    bm25: float = 0.0
    sentences: tuple[SentenceScore, ...] = field(default=(), repr=False)
    kind: str = "text"
    section: str = ""
    rows: tuple[tuple[int, int], ...] = ()
    version: str = field(default="", repr=False)
    answered: float | None = field(default=None, repr=False)
    span: float = field(default=0.0, repr=False)
    date: str = ""
    hyperlinks: tuple[Hyperlink, ...] = field(default=(), repr=False)
    language: str = field(default=ENGLISH, repr=False)

    def slice(self, start: int, end: int) -> str:
        """The document's text between two offsets that lie within this passage."""
        return self.text[start - self.start : end - self.start]


@dataclass(frozen=True, slots=True)
class Citation:
    """The place in the documents of one numbered claim of an answer.

    `section` are the headings above it, `place` the page, slide or rows; `version` and `date` are
    as in `Passage`. `link` is where it can be opened, if not at its source; `hyperlinks` are the
    quote's, `language` is where it isn't the question's. Of what says otherwise, `author` is the
    document's, `age` "older" or "newer" of a version of the one quoted.
    """

    number: int
    document: str
    title: str
    source: str
    page: int | None
    start: int
    end: int
    quote: str
    section: str = ""
    place: str = ""
    version: str = field(default="", repr=False)
    link: str = ""
    date: str = ""
    hyperlinks: tuple[Hyperlink, ...] = ()
    author: str = ""
    age: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question; `passages` is what was found for it, best first.

    `reader` is who wrote it, "quote" or "chat"; `note` a line on how it came to be, if there is
    something to say; `otherwise` the places that say otherwise than the footnote of their number.
    `whole` is false while it is being written. `missing` are a question's names that stand nowhere.
    """

    question: str
    answered: bool
    text: str
    confidence: float
    reader: str
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    elapsed_ms: float = 0.0
    note: str = ""
    whole: bool = True
    otherwise: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()

    def __add__(self, later: "Answer") -> "Answer":
        """The later one, which stands for all before it: LangChain adds up what is streamed."""
        return later

    @property
    def nearest(self) -> tuple[Passage, ...]:
        """The passages that came nearest, where the documents don't say; none where they do."""
        return () if self.answered else self.passages[:NEAREST]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as the catalog lists it; `kind` is what it was: pdf, docx, html …

    Its `id` stays when its source has new content, `version` stands for the content it has now.
    `collection` is the named set that it is in, "" for none; `language` what it is written in."""

    id: str
    library: str
    title: str
    source: str
    passages: int
    bytes: int
    added_at: str
    added_by: str
    state: Literal["pending", "ready", "removing"]
    kind: str = "text"
    author: str = ""
    date: str = ""
    version: str = field(default="", repr=False)
    collection: str = ""
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Added:
    """The result of adding one source: its document, or the error that says why there is none.

    `elsewhere` is true where the same content is known from another place, `ended_sample` where
    this was the document of the home's own with which the built-in sample went. An archive has a
    result of its own after those of its documents, with neither: `left_out` is a sentence on what
    in it was not read, or "". `moved_from` is the place where a document stood that now stands
    here, `called_before` an earlier title; `gone` says that nothing is here any more."""

    source: str
    document: DocumentInfo | None = None
    unchanged: bool = False
    replaced: bool = False
    elsewhere: bool = False
    ended_sample: bool = False
    error: str | None = None
    moved_from: str = ""
    called_before: str = ""
    gone: bool = False
    left_out: str = ""

    @property
    def is_whole_archive(self) -> bool:
        """True for the result of an archive, whose documents have results of their own."""
        return self.document is None and self.error is None


@dataclass(frozen=True, slots=True)
class Origin:
    """Something that holds many documents: a `folder`, a `site` or an `archive`, by its place.

    `most` is how many pages of a site are taken at most."""

    kind: str
    place: str
    most: int | None = None


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source as the catalog remembers it: what it is, and how the last looks at it went.

    `every` is its own schedule, "" where that of all holds; `failures` are the looks in a row that
    came to nothing; `dead` is how many of its places could not be read the last time."""

    id: str
    library: str
    kind: str
    place: str
    most: int | None
    every: str
    added_at: str
    looked_at: str
    failures: int
    failure: str
    documents: int
    dead: int
    collection: str = ""

    @property
    def origin(self) -> Origin:
        """The thing itself, by which it is remembered."""
        return Origin(self.kind, self.place, self.most)


def headed(title: str, section: str) -> str:
    """A document's title and the headings below it, as one line."""
    # Many documents begin with their own title as a heading.
    if section == title or section.startswith(f"{title}{BETWEEN_HEADINGS}"):
        return section
    return f"{title}{BETWEEN_HEADINGS}{section}" if section else title
