"""Footnote's retriever inside a chain of your own: python examples/langchain_retriever.py

The model is a fake one that repeats what it is told, so that this runs anywhere. Any LangChain chat
model can stand in its place.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from langchain_core.documents import Document
from langchain_core.messages import AIMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompt_values import PromptValue
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from retrieval import from_paths, open_library

DOCUMENTS = Path(__file__).parent / "handbook"
PROMPT = ChatPromptTemplate.from_template("Say it in one line: {question}\n\n{passages}")


def repeat(prompt: PromptValue) -> AIMessage:
    """The fake model."""
    return AIMessage(prompt.to_string())


def numbered(passages: Sequence[Document]) -> str:
    """The passages for the prompt, each under its title."""
    return "\n\n".join(
        f"[{number}] {passage.metadata['title']}\n{passage.page_content}"
        for number, passage in enumerate(passages, 1)
    )


def build_chain(retriever: BaseRetriever) -> Runnable[str, str]:
    """A chain from a question to what the model says of the passages found for it."""
    found = {"passages": retriever | numbered, "question": RunnablePassthrough()}
    return found | PROMPT | RunnableLambda(repeat) | StrOutputParser()


def main() -> None:
    """Ask the chain about the documents in handbook/."""
    with TemporaryDirectory() as home, open_library(home) as library:
        for added in library.add(from_paths([str(DOCUMENTS)])):
            assert added.error is None, added.error
        chain = build_chain(library.retriever(["common"], k=2))
        print(chain.invoke("How many books can I borrow?"))


if __name__ == "__main__":
    main()
