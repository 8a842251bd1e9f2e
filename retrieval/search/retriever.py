"""A LangChain retriever: the dense and BM25 lists of every store, fused and re-scored into one."""

from collections.abc import Iterator
from dataclasses import asdict

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.store.library_store import LibraryStore, held
from retrieval.text.duplicates import distinct
from retrieval.text.terms import Keys
from retrieval.types import Passage
from retrieval.weights.fitted import Ranking

from .candidates import find_candidates
from .query import query_words, read_question
from .score import Match, match_all, scored
from .term_rarity import Lexicon, look_up


class HybridRetriever(BaseRetriever):
    """Finds the `k` passages of some libraries that best answer a question, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    stores: tuple[LibraryStore, ...]
    embedder: SentenceEmbedder
    ranking: Ranking
    keys: Keys
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        passages = (scored(match, self.ranking) for match in self.matches(query))
        ranked = sorted(passages, key=lambda passage: -passage.score)
        return [as_document(passage) for passage in distinct(ranked, self.k)]

    def matches(self, query: str) -> Iterator[Match]:
        """How well each of the passages that the two lists bring up matches a query."""
        asked = read_question(query, self.embedder, self.keys, self.lexicon(query).weights())
        candidates = find_candidates(self.stores, asked.vector, query_words(query))
        return match_all(candidates, asked, self.embedder.words)

    def lexicon(self, query: str) -> Lexicon:
        """How common the words of a query are in the libraries searched."""
        keys = self.keys.of(query_words(query))
        with held(self.stores):
            return look_up([store.catalog.connection for store in self.stores], keys)


def as_document(passage: Passage) -> Document:
    """A passage as the LangChain document that a chain's steps and callbacks see."""
    metadata = {
        name: value for name, value in asdict(passage).items() if name not in ("text", "sentences")
    }
    return Document(
        page_content=passage.text,
        id=f"{passage.document}:{passage.start}",
        metadata={**metadata, "sentences": passage.sentences},
    )


def as_passage(document: Document) -> Passage:
    """The passage that `as_document` made a document of."""
    return Passage(text=document.page_content, **document.metadata)
