"""The operator's settings, read from the environment and `.env` in this one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.functional_validators import AfterValidator, BeforeValidator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from retrieval.errors import FootnoteError
from retrieval.text.languages.table import code_of

from .home_path import PREFIX, default_home, environment
from .shards import Shards, read_shards

Seconds = Annotated[float, Field(gt=0, le=3600)]
Count = Annotated[int, Field(ge=0)]
Often = Literal["never", "hourly", "daily", "weekly"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A setting in docs/settings.md and .env.example; `unset` is its default if that is none."""

    what: str
    unset: str = ""
    example: str = ""


class Settings(BaseSettings):
    """All settings. An unset one keeps its default; an unknown one is refused."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
        env_ignore_empty=True,
    )

    home: Annotated[
        Path,
        Explained(
            "The folder in which documents and indexes are kept.",
            unset="the user's data directory",
            example="/srv/footnote",
        ),
    ] = Field(default_factory=default_home)
    discord_token: Annotated[
        SecretStr | None,
        Explained(
            "The bot's token, for `footnote run`: https://discord.com/developers/applications → "
            "your application → Bot → Reset Token.",
            unset="there is no bot, only the shell",
        ),
    ] = None
    shards: Annotated[
        Shards | None,
        NoDecode,
        BeforeValidator(lambda value: read_shards(value) if isinstance(value, str) else value),
        Explained(
            "Which of the bot's shards this process runs, and how many there are in all: `0/4`, or "
            "`0-1/4` for the first two of four. Each process has a home of its own.",
            unset="all",
            example="0-1/4",
        ),
    ] = None
    chat_model: Annotated[
        str | None,
        Explained(
            "The chat model that writes the answers, as `provider:model`. Each provider is an "
            "extra: `footnote-bot[ollama]`, `[openai]` or `[anthropic]`.",
            unset="answers are the documents' own sentences",
            example="ollama:llama3.2",
        ),
    ] = None
    chat_url: Annotated[
        str | None,
        Explained(
            "The address at which the chat model is served.",
            unset="the provider's own address",
            example="http://127.0.0.1:8080/v1",
        ),
    ] = None
    chat_api_key: Annotated[
        SecretStr | None, Explained("The key that the chat model's server asks for.", unset="none")
    ] = None
    chat_context: Annotated[
        Annotated[int, Field(ge=512)] | None,
        Explained(
            "How many tokens the chat model reads and writes in all, at least 512.",
            unset="what is known of the model",
            example="8192",
        ),
    ] = None
    chat_connect_timeout: Annotated[
        Seconds, Explained("Seconds to wait for a connection to the chat model.", example="5")
    ] = 5.0
    chat_first_timeout: Annotated[
        Seconds, Explained("Seconds to wait for the chat model's first token.", example="30")
    ] = 30.0
    chat_timeout: Annotated[
        Seconds, Explained("Seconds that the chat model may take in all.", example="120")
    ] = 120.0
    chat_daily_questions: Annotated[
        Count | None,
        Explained(
            "How many questions a day (UTC) go to the chat model. Beyond that, answers are the "
            "documents' own sentences.",
            unset="no limit",
            example="1000",
        ),
    ] = None
    chat_daily_questions_per_server: Annotated[
        Count | None,
        Explained("The same for each Discord server.", unset="no limit", example="100"),
    ] = None
    unsupported: Annotated[
        Literal["remove", "mark"],
        Explained(
            "`remove` the sentences of a chat model that the documents don't support, or `mark` "
            "them.",
            example="mark",
        ),
    ] = "remove"
    embedding_model: Annotated[
        str | None,
        Explained(
            "Another embedding model: `multilingual` for documents in other languages than English "
            "(`footnote-bot[multilingual]`), `bundled`, or a sentence-transformers name or path. "
            "Run `footnote reindex` after changing it.",
            unset="what `footnote reindex --model` chose, or the bundled all-MiniLM-L6-v2",
            example="multilingual",
        ),
    ] = None
    language: Annotated[
        Annotated[str, AfterValidator(code_of)] | None,
        Explained("All documents' language, by its ISO 639-1 code.", "told by their texts", "de"),
    ] = None
    chroma_url: Annotated[
        str | None,
        Explained(
            "A Chroma server that keeps the vectors.",
            unset="they are files in the home",
            example="https://vectors.lan",
        ),
    ] = None
    chroma_header: Annotated[
        SecretStr | None,
        Explained(
            "The header with the key that the Chroma server, or the proxy before it, asks for.",
            unset="none",
            example="Authorization: Bearer …",
        ),
    ] = None
    metrics_port: Annotated[
        Annotated[int, Field(ge=1, le=65535)] | None,
        Explained(
            "A port of this machine at which `/metrics` and `/health` answer.",
            unset="neither is served",
            example="9464",
        ),
    ] = None
    prompts_dir: Annotated[
        Path | None,
        Explained(
            "A folder with an `answer.md` or `condense.md` of your own, for the chat model.",
            unset="Footnote's prompts",
            example="/srv/footnote/prompts",
        ),
    ] = None
    device: Annotated[
        str | None,
        Explained(
            "Have PyTorch run the models, on a device as it names them: `cpu`, `cuda` or `mps`.",
            unset="ONNX Runtime runs the bundled models, on the processor; PyTorch runs others, on "
            "the best device there is",
            example="cuda",
        ),
    ] = None
    refresh: Annotated[
        Often,
        Explained("Look at sources again `hourly`, `daily` or `weekly`.", example="daily"),
    ] = "never"
    allowed_hosts: Annotated[
        frozenset[str],
        NoDecode,
        Explained(
            "Hosts inside your own network that pages may be fetched from, with commas between "
            "them. A port other than 80 or 443 is named with its host.",
            unset="none",
            example="wiki, docs.lan:8080",
        ),
    ] = frozenset()

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        """Hosts stand in one line, with commas between them."""
        if not isinstance(value, str):
            return value
        return frozenset(host.strip().lower() for host in value.split(",") if host.strip())

    @field_validator("chroma_url")
    @classmethod
    def _check_url(cls, value: str | None) -> str | None:
        """A server is named by http:// or https://, and nothing that is a secret."""
        parts = urlsplit(value or "http://unset")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("it has to begin with http:// or https:// and name a server")
        if parts.username or parts.password or parts.query:
            raise ValueError("what a server asks for belongs in FOOTNOTE_CHROMA_HEADER")
        return value

    @field_validator("chroma_header")
    @classmethod
    def _check_header(cls, value: SecretStr | None) -> SecretStr | None:
        """A header is a name and a value."""
        name, colon, text = (value.get_secret_value() if value else "a: b").partition(":")
        if not (name.strip() and colon and text.strip().isprintable() and text.strip()):
            raise ValueError("it has to be a name, a colon and a value, like X-Token: secret")
        return value


def read_settings(home: Path | None = None) -> Settings:
    """The settings; `home` overrides theirs. Raises FootnoteError, naming the setting at fault."""
    refuse_unknown(environment())
    try:
        settings = Settings()
    except ValidationError as error:
        raise FootnoteError(_describe(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FootnoteError(f"The file .env here can't be read: {error}.") from error
    folder = (home or settings.home).expanduser().absolute()
    return settings.model_copy(update={"home": folder})


def refuse_unknown(environment: Mapping[str, str]) -> None:
    """Raise FootnoteError where a variable is named like a setting and is none."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    ours = (name for name in environment if name.upper().startswith(PREFIX))
    unknown = sorted(name for name in ours if name.upper() not in known)
    if unknown:
        raise FootnoteError(
            f"There is no setting {unknown[0]}. The settings are {', '.join(sorted(known))}."
        )


def _describe(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    setting = name.upper() if name.upper().startswith(PREFIX) else f"{PREFIX}{name.upper()}"
    if first["type"] == "extra_forbidden":
        return f"There is no setting {name.upper()}; it stands in .env. `.env.example` lists all."
    return f"The setting {setting} is wrong: {first['msg'].removeprefix('Value error, ')}."
