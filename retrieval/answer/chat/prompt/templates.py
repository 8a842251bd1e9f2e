"""The prompts: Footnote's own text files, each replaced by the operator's where there is one."""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from langchain_core.prompts import ChatPromptTemplate

from retrieval.errors import FootnoteError

# The line between what the system says and what the member says.
BETWEEN = re.compile(r"^---[ \t]*$", re.MULTILINE)
VARIABLES = {
    "answer.md": frozenset({"passages", "question"}),
    "condense.md": frozenset({"conversation", "question"}),
}


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts that ask for an answer, and for a question that stands alone."""

    answer: ChatPromptTemplate
    condense: ChatPromptTemplate


def load_prompts(folder: Path | None = None) -> Prompts:
    """The prompts that come with Footnote, but for those that the folder has a file for.

    Raises FootnoteError where a file can't be read or used, or the folder holds none of ours: then
    a name in it is misspelt.
    """
    if folder is not None and not any((folder / name).is_file() for name in VARIABLES):
        raise FootnoteError(
            f"The prompts folder {folder} has neither {' nor '.join(VARIABLES)}. Copy the one that "
            "you want to change there from Footnote's own, or unset FOOTNOTE_PROMPTS_DIR."
        )
    return Prompts(*(_load(name, folder) for name in VARIABLES))


def _load(name: str, folder: Path | None) -> ChatPromptTemplate:
    own = files("prompts").joinpath(name)
    path = folder / name if folder is not None and (folder / name).is_file() else None
    try:
        text = path.read_text(encoding="utf-8-sig") if path else own.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FootnoteError(f"The prompt {path} can't be read: {error}.") from error
    return _template(text, path or Path("prompts", name), VARIABLES[name])


def _template(text: str, path: Path, variables: frozenset[str]) -> ChatPromptTemplate:
    try:
        template = ChatPromptTemplate.from_messages(_messages(text))
        _check(set(template.input_variables), path, variables)
        # Some of what may stand behind a variable's name is only found wrong when it is used.
        template.invoke(dict.fromkeys(variables, ""))
    except ValueError as error:
        raise FootnoteError(
            f"The prompt {path} is no template: {error}. Braces that are not around a variable are "
            "written twice: {{ and }}."
        ) from error
    return template


def _messages(text: str) -> list[tuple[str, str]]:
    """The system's message and the member's; where the line parts nothing, all is the
    member's."""
    above, *rest = (part.strip() for part in BETWEEN.split(text, maxsplit=1))
    below = "".join(rest)
    if above and below:
        return [("system", above), ("human", below)]
    return [("human", above or below)]


def _check(used: set[str], path: Path, variables: frozenset[str]) -> None:
    if missing := sorted(variables - used):
        raise FootnoteError(
            f"The prompt {path} lacks {{{missing[0]}}}: the model would not see it."
        )
    if unknown := sorted(used - variables):
        known = " and ".join(f"{{{name}}}" for name in sorted(variables))
        raise FootnoteError(
            f"The prompt {path} asks for {{{unknown[0]}}}, which there is not. It may use {known}; "
            "braces that are not around a variable are written twice: {{ and }}."
        )
