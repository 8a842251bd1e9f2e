"""What an operator sets, read from the environment and `.env` in this one place.

Which of Discord's shards this process runs, and with that, which servers are its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from retrieval.errors import FootnoteError

from .home_path import default_home, environment

SETTING = "FOOTNOTE_SHARDS"
WRITTEN = re.compile(r"(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?/(?P<count>[0-9]{1,5})")
# The low bits of a server's number that say nothing of when it was made. Discord's documentation,
# "Sharding": shard_id = (guild_id >> 22) % num_shards.
LOW_BITS = 22


@dataclass(frozen=True, slots=True)
class Shards:
    """Some of the `count` shards that a bot's servers are spread over."""

    ids: tuple[int, ...]
    count: int

    def __str__(self) -> str:
        return f"{numbered(self.ids)} of {self.count}"

    @property
    def leading(self) -> bool:
        """Whether shard 0 is among them, where direct messages arrive."""
        return 0 in self.ids

    @property
    def all(self) -> bool:
        """Whether this process runs all shards."""
        return len(self.ids) == self.count

    def shard_of(self, guild: int) -> int:
        """The shard that a server belongs to."""
        return (guild >> LOW_BITS) % self.count

    def have(self, guild: int) -> bool:
        """Whether a server belongs to one of them."""
        return self.shard_of(guild) in self.ids


def read_shards(written: str) -> Shards:
    """The shards that are meant by `0/4` or `0-1/4`. Raises FootnoteError, naming the setting."""
    found = WRITTEN.fullmatch(written.strip())
    if found is None:
        raise FootnoteError(
            f"The setting {SETTING} is wrong: {written!r} is not like 0/4 or 0-1/4, the shards "
            "that this process runs and how many there are in all."
        )
    first, count = int(found["first"]), int(found["count"])
    last = int(found["last"] or first)
    if not first <= last < count:
        raise FootnoteError(
            f"The setting {SETTING} is wrong: in {written!r} the shards have to go upwards, from 0 "
            "to one less than the number after the slash."
        )
    return Shards(tuple(range(first, last + 1)), count)


def numbered(ids: tuple[int, ...]) -> str:
    """Shards as people name them: `shard 0`, `shards 0 and 1`, `shards 0 to 2`."""
    match ids:
        case (only,):
            return f"shard {only}"
        case (first, second):
            return f"shards {first} and {second}"
    return f"shards {ids[0]} to {ids[-1]}"


PREFIX = "FOOTNOTE_"

Seconds = Annotated[float, Field(gt=0, le=3600)]
Count = Annotated[int, Field(ge=0)]


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

    home: Path = Field(default_factory=default_home)
    discord_token: SecretStr | None = None
    shards: Annotated[Shards | None, NoDecode] = None
    chat_model: str | None = None
    chat_url: str | None = None
    chat_api_key: SecretStr | None = None
    chat_context: Annotated[int, Field(ge=512)] | None = None
    chat_connect_timeout: Seconds = 5.0
    chat_first_timeout: Seconds = 30.0
    chat_timeout: Seconds = 120.0
    chat_daily_questions: Count | None = None
    chat_daily_questions_per_server: Count | None = None
    unsupported: Literal["remove", "mark"] = "remove"
    embedding_model: str | None = None
    chroma_url: str | None = None
    chroma_header: SecretStr | None = None
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    prompts_dir: Path | None = None
    device: str | None = None
    allowed_hosts: Annotated[frozenset[str], NoDecode] = frozenset()

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

    @field_validator("shards", mode="before")
    @classmethod
    def _read_shards(cls, value: object) -> object:
        """Shards are written like `0-1/4`."""
        return read_shards(value) if isinstance(value, str) else value


def read_settings(home: Path | None = None) -> Settings:
    """The settings; `home` overrides theirs. Raises FootnoteError, naming the setting at fault."""
    _refuse_unknown(environment())
    try:
        settings = Settings()
    except ValidationError as error:
        raise FootnoteError(_describe(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FootnoteError(f"The file .env here can't be read: {error}.") from error
    folder = (home or settings.home).expanduser().absolute()
    return settings.model_copy(update={"home": folder})


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    unknown = sorted(
        name
        for name in environment
        if name.upper().startswith(PREFIX) and name.upper() not in known
    )
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
