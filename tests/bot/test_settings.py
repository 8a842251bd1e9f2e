"""Settings are read from their places, and a mistake in one is named."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.home_path import PREFIX
from bot.settings import Settings, read_settings
from retrieval.errors import FootnoteError

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def in_dotenv(folder: Path, text: str) -> None:
    (folder / ".env").write_text(text)


def test_unset_settings_have_defaults_that_need_nothing(folder: Path) -> None:
    settings = read_settings()
    assert settings.home.is_absolute()
    assert settings.home.name == "footnote"
    assert settings.model_dump(exclude={"home"}, exclude_none=True) == {
        "chat_connect_timeout": 5.0,
        "chat_first_timeout": 30.0,
        "chat_timeout": 120.0,
        "unsupported": "remove",
        "refresh": "never",
        "allowed_hosts": frozenset(),
    }


def test_settings_are_the_promised_ones() -> None:
    assert {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} == {
        "FOOTNOTE_HOME",
        "FOOTNOTE_DISCORD_TOKEN",
        "FOOTNOTE_SHARDS",
        "FOOTNOTE_CHAT_MODEL",
        "FOOTNOTE_CHAT_URL",
        "FOOTNOTE_CHAT_API_KEY",
        "FOOTNOTE_CHAT_CONTEXT",
        "FOOTNOTE_CHAT_CONNECT_TIMEOUT",
        "FOOTNOTE_CHAT_FIRST_TIMEOUT",
        "FOOTNOTE_CHAT_TIMEOUT",
        "FOOTNOTE_CHAT_DAILY_QUESTIONS",
        "FOOTNOTE_CHAT_DAILY_QUESTIONS_PER_SERVER",
        "FOOTNOTE_UNSUPPORTED",
        "FOOTNOTE_PROMPTS_DIR",
        "FOOTNOTE_REFRESH",
        "FOOTNOTE_EMBEDDING_MODEL",
        "FOOTNOTE_CHROMA_URL",
        "FOOTNOTE_CHROMA_HEADER",
        "FOOTNOTE_DEVICE",
        "FOOTNOTE_ALLOWED_HOSTS",
        "FOOTNOTE_METRICS_PORT",
        "FOOTNOTE_LANGUAGE",
    }


def test_the_environment_goes_before_dotenv_and_the_command_line_before_both(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_dotenv(folder, "FOOTNOTE_HOME=/from/dotenv\nFOOTNOTE_DEVICE=cpu\n")
    assert read_settings().home == Path("/from/dotenv")
    monkeypatch.setenv("FOOTNOTE_HOME", "/from/environment")
    assert read_settings().home == Path("/from/environment")
    assert read_settings(Path("/from/option")).home == Path("/from/option")
    assert read_settings().device == "cpu"


def test_a_home_is_absolute_whatever_it_is_given_as(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    assert read_settings(Path("~/notes")).home == Path("/somewhere/notes")
    assert read_settings(Path("notes")).home == folder / "notes"
    monkeypatch.setenv("FOOTNOTE_HOME", "~/others")
    assert read_settings().home == Path("/somewhere/others")


@pytest.mark.parametrize("written", ["wiki,Docs.LAN:8080", " wiki , docs.lan:8080,, "])
def test_hosts_of_ones_own_network_stand_in_one_line(
    written: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_ALLOWED_HOSTS", written)
    assert read_settings().allowed_hosts == {"wiki", "docs.lan:8080"}


@pytest.mark.parametrize("name", ["FOOTNOTE_HOMES", "footnote_hom", "FOOTNOTE_"])
def test_an_unknown_setting_is_refused_by_name(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(FootnoteError, match=rf"There is no setting {name}\. .*FOOTNOTE_HOME"):
        read_settings()


@pytest.mark.parametrize("name", ["FOOTNOTE_HOMES", "FOOTNOTE_"])
def test_an_unknown_setting_in_dotenv_is_refused_by_name(name: str, folder: Path) -> None:
    in_dotenv(folder, f"FOOTNOTE_DEVICE=cpu\n{name}=x\n")
    with pytest.raises(FootnoteError, match=rf"There is no setting {name}; it stands in \.env"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOOTNOTE_CHAT_CONNECT_TIMEOUT", "0"),
        ("FOOTNOTE_CHAT_FIRST_TIMEOUT", "soon"),
        ("FOOTNOTE_CHAT_TIMEOUT", "-1"),
        ("FOOTNOTE_CHAT_CONTEXT", "12"),
        ("FOOTNOTE_CHAT_DAILY_QUESTIONS", "-1"),
        ("FOOTNOTE_CHAT_DAILY_QUESTIONS_PER_SERVER", "many"),
        ("FOOTNOTE_UNSUPPORTED", "hide"),
        ("FOOTNOTE_CHROMA_URL", "vectors.lan:8000"),
        ("FOOTNOTE_CHROMA_URL", "http://"),
        ("FOOTNOTE_CHROMA_URL", "https://me:secret@vectors.lan"),
        ("FOOTNOTE_CHROMA_HEADER", "secret"),
        ("FOOTNOTE_CHROMA_HEADER", "X-Token: "),
        ("FOOTNOTE_CHROMA_HEADER", ": secret"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(
    name: str, value: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(FootnoteError, match=f"The setting {name} is wrong"):
        read_settings()


@pytest.mark.parametrize(
    "name", ["FOOTNOTE_HOME", "FOOTNOTE_EMBEDDING_MODEL", "FOOTNOTE_DEVICE", "FOOTNOTE_CHAT_MODEL"]
)
def test_an_empty_setting_is_an_unset_one(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unset = read_settings()
    monkeypatch.setenv(name, "")
    assert read_settings() == unset


def test_a_dotenv_that_is_not_text_is_refused_in_a_sentence(folder: Path) -> None:
    (folder / ".env").write_bytes(b"FOOTNOTE_DEVICE=\xff\xfe\n")
    with pytest.raises(FootnoteError, match=r"\.env"):
        read_settings()


@pytest.mark.parametrize("name", ["discord_token", "chat_api_key"])
def test_the_token_and_the_key_are_kept_secret(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", "hush-hush")
    settings = read_settings()
    assert "hush-hush" not in f"{settings!r} {settings} {settings.model_dump()}"
    secret = getattr(settings, name)
    assert isinstance(secret, SecretStr)
    assert secret.get_secret_value() == "hush-hush"


def test_every_setting_of_the_example_is_one_that_works(folder: Path) -> None:
    lines = EXAMPLE.read_text().splitlines()
    settings = [line.removeprefix("# ") for line in lines if line.startswith(f"# {PREFIX}")]
    assert settings
    in_dotenv(folder, "\n".join(settings))
    read_settings()
