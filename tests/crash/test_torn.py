"""Files of Chroma that a power cut may have torn are given up unopened; all else is kept."""

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.store.home import Home
from retrieval.store.vectors import damage as marking
from retrieval.store.vectors.damage import INDEX, MARK, SUMS, Mark, sum_up, write_sums
from tests.support.homes import contents, note, opened, put, wait_until_whole

TEA = "Tea is brewed from leaves. The water should be hot."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with an index that Chroma could have written."""
    write_index(tmp_path, "the vectors", "an index")
    write_sums(tmp_path, sum_up([tmp_path / "vectors" / "of-tea"]))
    return tmp_path


def write_index(home: Path, data: str, index: str = "") -> None:
    """Writes the data of an index, and what Chroma writes last of it, if that."""
    folder = home / "vectors" / "of-tea"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data").write_text(data)
    if index:
        (folder / INDEX).write_text(index)


@pytest.fixture
def boot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the system names the time since it was started."""
    monkeypatch.setattr(marking, "BOOT", tmp_path / "boot")
    marking.BOOT.write_text("monday")
    return marking.BOOT


def cut_off(home: Path) -> None:
    """A process changes the vectors, and is no more."""
    with closing(Mark(home)) as mark:
        mark.clear()
        with mark.changing():
            left = (home / MARK).read_bytes()
    (home / MARK).write_bytes(left)


def given_up(home: Path) -> bool:
    """Return whether the next process gives up the vectors."""
    with closing(Mark(home)) as mark:
        return bool(mark.clear())


def test_an_index_that_was_being_written_when_the_power_was_cut_is_given_up(
    home: Path, boot: Path
) -> None:
    cut_off(home)
    write_index(home, "newer vectors", "a newer index")
    boot.write_text("tuesday")
    assert given_up(home)
    assert not (home / "vectors").exists()


def test_an_index_that_was_new_when_the_power_was_cut_is_given_up(home: Path, boot: Path) -> None:
    cut_off(home)
    (home / "vectors" / "of-coffee").mkdir()
    (home / "vectors" / "of-coffee" / "data").write_text("half of it")
    boot.write_text("tuesday")
    assert given_up(home)


def test_where_no_index_was_touched_when_the_power_was_cut_all_is_kept(
    home: Path, boot: Path
) -> None:
    cut_off(home)
    boot.write_text("tuesday")
    assert not given_up(home)


def test_an_index_that_was_written_to_its_end_when_the_process_was_killed_is_kept(
    home: Path, boot: Path
) -> None:
    cut_off(home)
    write_index(home, "newer vectors", "a newer index")
    with closing(Mark(home)) as mark:
        assert (mark.clear(), mark.interrupted) == ("", True)
    assert (home / "vectors" / "of-tea" / INDEX).read_text() == "a newer index"


def test_an_index_that_was_written_for_the_first_time_is_kept_if_that_was_to_its_end(
    home: Path, boot: Path
) -> None:
    (home / "vectors" / "of-tea" / INDEX).unlink()
    write_sums(home, sum_up([home / "vectors" / "of-tea"]))
    cut_off(home)
    write_index(home, "newer vectors", "an index")
    assert not given_up(home)


def test_an_index_that_was_half_written_when_the_process_was_killed_is_given_up(
    home: Path, boot: Path
) -> None:
    cut_off(home)
    write_index(home, "half of newer vectors")
    assert given_up(home)


def test_where_nobody_knows_what_happened_an_index_that_was_touched_is_given_up(
    home: Path, boot: Path
) -> None:
    boot.unlink()
    cut_off(home)
    write_index(home, "newer vectors", "a newer index")
    assert given_up(home)


def test_what_was_changed_before_the_power_was_cut_is_kept(home: Path, boot: Path) -> None:
    with closing(Mark(home)) as mark:
        mark.clear()
        with mark.changing():
            write_index(home, "newer vectors", "a newer index")
    boot.write_text("tuesday")
    assert not given_up(home)


def test_a_home_that_an_older_footnote_left_is_kept_and_known_from_then_on(
    home: Path, boot: Path
) -> None:
    (home / SUMS).unlink()
    with closing(Mark(home)) as mark:
        assert mark.clear() == ""
        with mark.changing():
            pass
    write_index(home, "damaged")
    assert given_up(home)


def test_checksums_that_are_damaged_themselves_vouch_for_nothing(home: Path, boot: Path) -> None:
    (home / SUMS).write_bytes(b"\xa5" * 40)
    assert given_up(home)


def test_a_change_that_fails_is_over_all_the_same(home: Path, boot: Path) -> None:
    with (
        closing(Mark(home)) as mark,
        pytest.raises(FootnoteError, match="as it happens"),
        mark.changing(),
    ):
        raise FootnoteError("as it happens")
    boot.write_text("tuesday")
    assert not given_up(home)


def test_documents_answer_without_their_vectors_while_those_are_made_anew(
    tmp_path: Path, embedder: SentenceEmbedder, boot: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(tmp_path / "home", embedder) as library:
        put(library, [note("tea", TEA)])
        before = contents(library)
    cut_off(tmp_path / "home")
    write_index(tmp_path / "home", "half of it")
    boot.write_text("tuesday")
    with opened(tmp_path / "home", embedder) as library:
        assert "the power was cut while they were written" in caplog.text
        assert library.ask("How should the water be?").answered
        wait_until_whole(library)
        assert contents(library) == before


def test_a_home_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / MARK).mkdir()
    with pytest.raises(FootnoteError, match="can't be used: Is a directory"):
        Home(tmp_path, "a model", lambda: None)
    # And given back.
    (tmp_path / MARK).rmdir()
    Home(tmp_path, "a model", lambda: None).close()
