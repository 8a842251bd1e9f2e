"""A LangChain retriever: hybrid search over libraries, its two lists fused and reranked.

Fusion is the union of what the dense and the BM25 list of every library bring up; reranking scores
each passage of it anew, and passages that say the same are deduplicated.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.reading.formats.registry import SOLVED
from retrieval.search.reader.model import Reader
from retrieval.store.library_store import LibraryStore, held
from retrieval.text.duplicates import distinct
from retrieval.text.terms import Keys
from retrieval.text.typed_words import WordTable, load_word_table
from retrieval.types import ENGLISH, Passage
from retrieval.weights.fitted import Ranking

from .candidates import find_candidates
from .identifiers import prefer_exact
from .literal import literal_terms, score_by_words, search_texts
from .query import WORDS, ParsedQuery, parse_query
from .reader.close_reading import READ, read_closely
from .reader.solved import read_solved
from .score import Match, match_all, rerank
from .term_rarity import TermRarity, look_up
from .typed import TypedWords


class HybridRetriever(BaseRetriever):
    """Finds the `k` passages of some libraries that best answer a question, best first.

    It is a retriever like any other of LangChain's: `invoke("a question")` gives documents.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    stores: tuple[LibraryStore, ...]
    embedder: SentenceEmbedder
    ranking: Ranking
    keys: Keys
    k: int = 5
    table: WordTable = Field(default_factory=load_word_table)
    reader: Reader | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        parsed: ParsedQuery | None = None,
    ) -> list[Document]:
        # Footnote's own chain has parsed it already, and hands that over.
        found = self.search(self.parse(query) if parsed is None else parsed)
        return [as_document(passage) for passage in found]

    def parse(self, question: str) -> ParsedQuery:
        """Parse a question to be asked of these libraries."""
        words, keys = self.embedder.words, self.keys.in_language(self.language_of(question))
        table = self.table if keys.language == ENGLISH else self.table.only_own()
        typed = TypedWords(table, keys, words, self.stores, self._look_up)
        meant = typed.meant(question)
        query = parse_query(meant, self.embedder, keys, self._look_up)
        literal = () if question.isascii() else literal_terms(question, words)
        terms = (*query.terms, *self._in_other_languages(meant, keys.language))
        return replace(query, text=question, literal=literal, terms=tuple(dict.fromkeys(terms)))

    def language_of(self, question: str) -> str:
        """The language by which a question's words are read: one of those of the documents."""
        held = self._languages()
        if len(held) < 2:  # noqa: PLR2004
            return next(iter(held), ENGLISH)
        # Imported here: most libraries are in one language.
        from retrieval.text.languages.detect import of_question

        return of_question(question, held)

    def _languages(self) -> tuple[str, ...]:
        """The languages of the libraries, that of most documents of the first of them first."""
        return tuple(dict.fromkeys(each for s in self.stores for each in s.catalog.languages()))

    def _in_other_languages(self, question: str, language: str) -> Iterator[str]:
        """The question's words as the full text of documents in other languages has them."""
        for other in self._languages():
            if other != language:
                keys = self.keys.in_language(other)
                yield from keys.searched(keys.content_words(question)[:WORDS])

    def search(self, query: ParsedQuery) -> list[Passage]:
        """Find the passages that best answer a query, best first."""
        found = rerank(self.matches(query), self.ranking)
        if query.literal and query.language != ENGLISH:
            keys = self.keys.in_language(query.language)
            return distinct(score_by_words(found, query.rarity.weights(), keys), self.k)
        if query.literal:
            return distinct(search_texts(self.stores, query.literal, found), self.k)
        best = distinct(prefer_exact(found, query.identifiers), max(self.k, READ))
        if self.reader is None:
            return best[: self.k]
        return list(prefer_exact(self._read(query, best), query.identifiers))[: self.k]

    def _read(self, query: ParsedQuery, best: Sequence[Passage]) -> list[Passage]:
        """Rerank what was found by reading it closely, and threads by what was asked in them."""
        assert self.reader is not None
        threads = [passage for passage in best if passage.kind in SOLVED]
        others = [passage for passage in best if passage.kind not in SOLVED]
        read = read_closely(query.text, others, self.reader, self.ranking)
        read += read_solved(query, threads, self.embedder, self.ranking)
        return sorted(read, key=lambda passage: -passage.score) if threads else read

    def matches(self, query: ParsedQuery) -> Iterator[Match]:
        """Tell how well each of the passages that the two lists bring up matches a query."""
        candidates = find_candidates(
            self.stores, query.vector, query.terms, query.rarity.totals, query.identifiers
        )
        return match_all(candidates, query, self.embedder.words)

    def _look_up(self, keys: Sequence[str]) -> TermRarity:
        with held(self.stores):
            return look_up([store.catalog.connection for store in self.stores], keys)


def as_document(passage: Passage) -> Document:
    """A passage as the LangChain document that a chain's steps and callbacks see."""
    values = {field.name: getattr(passage, field.name) for field in fields(Passage)}
    return Document(
        page_content=values.pop("text"),
        id=f"{passage.document}:{passage.start}",
        metadata=values,
    )


def as_passage(document: Document) -> Passage:
    """The passage that `as_document` made a document of."""
    return Passage(text=document.page_content, **document.metadata)
