"""A LangChain retriever: the dense and BM25 lists of every shelf, fused and re-scored into one."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import asdict

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from .candidates import Candidate, find_candidates
from .embed import SentenceEmbedder, Vectors, unit
from .fitted import Ranking
from .lexicon import Lexicon, look_up
from .schema import Passage, SentenceScore
from .shelf import Shelf
from .stored import StoredPassage
from .terms import Keys, content_words, coverage

# Words searched for in full text: beyond these a question is prose, and each costs a look-up.
WORDS = 64


class HybridRetriever(BaseRetriever):
    """Finds the `k` passages of some libraries that best answer a question, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    shelves: tuple[Shelf, ...]
    embedder: SentenceEmbedder
    ranking: Ranking
    keys: Keys
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        vector = self.embedder.query_vector(query)
        weights = self.lexicon(query).weights()
        passages = (
            self._score(candidate, vector, weights)
            for candidate in find_candidates(self.shelves, vector, query_words(query))
        )
        best = heapq.nlargest(self.k, passages, key=lambda passage: passage.score)
        return [as_document(passage) for passage in best]

    def lexicon(self, query: str) -> Lexicon:
        """How common the words of a query are in the libraries searched."""
        connections = [shelf.catalog.connection for shelf in self.shelves]
        return look_up(connections, self.keys.of(query_words(query)))

    def _score(
        self, candidate: Candidate, vector: Vectors, weights: Mapping[str, float]
    ) -> Passage:
        stored, cosine = candidate.stored, candidate.cosine
        # A passage that only its words brought here has no cosine from Chroma; the mean of its
        # sentences' vectors stands in for its own.
        if cosine is None:
            cosine = float(unit(stored.vectors.mean(axis=0)) @ vector)
        sentences = tuple(self._match(stored, vector, weights))
        return Passage(
            document=stored.document,
            title=stored.title,
            source=stored.source,
            page=stored.page,
            start=stored.start,
            end=stored.end,
            text=stored.text,
            score=max(sentence.score for sentence in sentences)
            + self.ranking.passage_dense * cosine
            + self.ranking.passage_bm25 * candidate.bm25,
            dense=cosine,
            sentences=sentences,
        )

    def _match(
        self, stored: StoredPassage, vector: Vectors, weights: Mapping[str, float]
    ) -> Iterator[SentenceScore]:
        cosines = np.asarray(stored.vectors @ vector).tolist()
        for (start, end), cosine in zip(stored.sentences.tolist(), cosines, strict=True):
            keys = self.keys.set_of(stored.text[start - stored.start : end - stored.start])
            share = coverage(weights, keys)
            yield SentenceScore(start, end, cosine + self.ranking.sentence_coverage * share)


def query_words(query: str) -> list[str]:
    """The words of a query that are looked up."""
    return content_words(query)[:WORDS]


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
