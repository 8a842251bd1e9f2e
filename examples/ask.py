"""Ask documents from Python: python examples/ask.py HOME FILE_OR_FOLDER QUESTION"""

import sys

from retrieval import from_paths, open_library


def main(home: str, documents: str, question: str) -> None:
    """Add documents to a home, where they are new, and print the answer to a question."""
    with open_library(home) as library:
        for added in library.add(from_paths([documents])):
            if added.error is not None:
                print(added.error, file=sys.stderr)
        answer = library.ask(question)
        print(answer.text)
        for citation in answer.citations:
            print(f"[{citation.number}] {citation.title}, {citation.start}–{citation.end}")


if __name__ == "__main__":
    main(*sys.argv[1:])
