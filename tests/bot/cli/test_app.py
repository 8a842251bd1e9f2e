"""The command line as such: its help, its options, and what it says to wrong usage."""

import re
from pathlib import Path

import pytest
from typer.main import get_group

from bot import VERSION
from bot.cli.app import build_app
from tests.bot.conftest import Stock
from tests.support.shell import footnote, powerless

COMMANDS = get_group(build_app()).commands
VERBS = [
    *("ask", "chat", "search", "add", "list", "show", "remove", "refresh"),
    *("eval", "calibrate", "synonyms", "settings", "reindex", "backup", "restore", "doctor"),
]


def test_there_are_the_promised_verbs() -> None:
    assert set(VERBS) <= set(COMMANDS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_of_a_verb_tells_of_each_of_its_options(verb: str, option: str) -> None:
    done = footnote(verb, option)
    assert (done.code, done.err) == (0, "")
    usage, *_ = done.out.splitlines()
    assert re.match(rf"Usage: .*\b{verb} ", usage)
    for parameter in COMMANDS[verb].params:
        if parameter.param_type_name == "option":
            assert all(name in done.out for name in parameter.opts)
        else:
            assert str(parameter.metavar).strip("[]…") in usage


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_home_and_a_form_for_programs(verb: str) -> None:
    options = {name for parameter in COMMANDS[verb].params for name in parameter.opts}
    assert {"--home", "--json"} <= options


def test_the_help_lists_every_verb() -> None:
    done = footnote("--help")
    assert (done.code, done.err) == (0, "")
    assert all(f"\n  {verb} " in done.out for verb in VERBS)


@pytest.mark.parametrize("verb", COMMANDS)
def test_the_help_says_what_a_verb_does_in_one_whole_sentence(verb: str) -> None:
    (line,) = re.findall(rf"^  {re.escape(verb)} +(.*)$", footnote("--help").out, re.MULTILINE)
    assert line == str(COMMANDS[verb].help).split("\n")[0]
    assert re.fullmatch(r"[A-Z][^.]*\.", line)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-verb",),
        ("ask",),
        ("ask", ""),
        ("ask", " ", "\t"),
        ("chat", "how"),
        ("ask", "question", "--no-such-option"),
        ("ask", "question", "--home"),
        ("search",),
        ("search", " "),
        ("search", "query", "-k", "0"),
        ("search", "query", "-k", "101"),
        ("search", "query", "-k", "many"),
        ("add",),
        ("show",),
        ("show", "one", "two"),
        ("remove",),
        ("list", "extra"),
        ("reindex", "extra"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_so_beside_the_result(arguments: tuple[str, ...]) -> None:
    done = footnote(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Usage: " in done.err or "Error: " in done.err


@pytest.mark.parametrize("arguments", [(), ("--home", "nowhere"), ("--home=nowhere",)])
def test_the_version_is_told(arguments: tuple[str, ...]) -> None:
    done = footnote(*arguments, "--version")
    assert (done.code, done.out, done.err) == (0, f"footnote {VERSION}\n", "")


# --- Where the home is


def titles(*arguments: str | Path) -> list[str]:
    done = footnote(*arguments)
    assert (done.code, done.err) == (0, "")
    return [document["title"] for document in done.json["documents"]]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A home with one document, titled 'Elsewhere'."""
    home = tmp_path / "elsewhere"
    typed = "The gate of the garden is green."
    assert footnote("add", "-", "--title", "Elsewhere", "--home", home, typed=typed).code == 0
    return home


def test_the_home_is_named_before_or_after_the_verb(elsewhere: Path) -> None:
    assert titles("--home", elsewhere, "list", "--json") == ["Elsewhere"]
    assert titles("list", "--json", "--home", elsewhere) == ["Elsewhere"]


def test_the_home_named_after_the_verb_is_the_one_that_counts(
    elsewhere: Path, shared_stock: Stock
) -> None:
    assert titles("--home", shared_stock.home, "list", "--home", elsewhere, "--json") == [
        "Elsewhere"
    ]


def test_the_home_is_named_by_the_environment(
    elsewhere: Path, shared_stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(elsewhere))
    assert titles("list", "--json") == ["Elsewhere"]
    assert titles("list", "--json", "--home", shared_stock.home) != ["Elsewhere"]


def test_the_home_is_named_by_a_dotenv_file(elsewhere: Path, folder: Path) -> None:
    (folder / ".env").write_text(f"FOOTNOTE_HOME={elsewhere}\n")
    assert titles("list", "--json") == ["Elsewhere"]


def test_the_home_is_otherwise_the_users_data_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert titles("list", "--json") == []
    assert list(tmp_path.rglob("footnote/libraries"))


# --- Settings that are wrong


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_refuses_an_unknown_setting_by_name(
    verb: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_COLOUR", "blue")
    argument = [] if verb in ("chat", "list", "settings", "reindex", "doctor") else ["x"]
    argument = ["list"] if verb == "synonyms" else argument
    done = footnote(verb, *argument, "--home", home)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("footnote: There is no setting FOOTNOTE_COLOUR.")
    assert not home.exists()


# --- Odd places to be in


def test_a_folder_that_is_gone_gets_no_traceback(shared_stock: Stock, folder: Path) -> None:
    folder.rmdir()
    done = footnote("list", "--json", "--home", shared_stock.home)
    assert done.code == 0 or done.err.startswith("footnote: ")


def test_a_dotenv_that_may_not_be_read_is_refused_in_a_sentence(open_folder: Path) -> None:
    (open_folder / ".env").touch(mode=0)
    with powerless():
        done = footnote("list", "--home", open_folder / "home")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("footnote: ")
    assert ".env" in done.err
