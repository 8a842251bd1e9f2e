"""Anything a person sends or points to is known by the name they gave it, and never a path."""

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.errors import FootnoteError, LoadError
from retrieval.library import Library
from retrieval.reading.again import again, can_read_again
from retrieval.reading.source import (
    from_file,
    from_link,
    from_memory,
    from_paths,
    from_text,
    from_upload,
    sample,
)
from tests.support.homes import contents, extracted, put

TEA = "Tea is brewed from leaves. The water should be hot."
COFFEE = "Coffee is brewed from roasted beans."
LINK = "https://discord.com/channels/1/2/3"
HEAD = "<html><head><title>Of tea</title></head>"
PAGE = f"{HEAD}<body><p>{TEA} Some like it with milk.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("a.md", f"# All of tea\n\n{TEA}", "All of tea"),
        ("a.txt", f"# All of tea\n\n{TEA}", "a"),
        ("hot-tea_notes.txt", TEA, "hot tea notes"),
        ("a.html", PAGE, "Of tea"),
        ("../../Notes on tea.txt", TEA, "Notes on tea"),
    ],
)
def test_an_upload_is_read_as_its_name_says(name: str, data: str, title: str) -> None:
    [document] = extracted(from_upload(name, data.encode()))
    assert document.metadata["title"] == title
    assert document.metadata["source"] == f"upload:{name}"
    assert TEA in document.page_content


def test_a_title_that_is_given_is_the_uploads(library: Library) -> None:
    put(library, [from_upload("a.txt", TEA.encode(), "About tea")])
    assert contents(library).titles == {"upload:a.txt": "About tea"}


def test_an_upload_of_the_same_name_replaces_the_one_before(library: Library) -> None:
    put(library, [from_upload("a.txt", TEA.encode()), from_upload("b.txt", b"Another.")])
    [result] = put(library, [from_upload("a.txt", COFFEE.encode())])
    assert result.replaced
    assert contents(library).texts == {"upload:a.txt": COFFEE, "upload:b.txt": "Another."}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b" \n", "notes.txt holds no text."),
        (b"%PDF-1.7 ...", "notes.txt is damaged and can't be read."),
        (b"a" * (20 * 1024 * 1024 + 1), "notes.txt is larger than 20 MiB."),
    ],
)
def test_what_is_wrong_with_an_upload_is_told_by_the_name_its_sender_knows(
    data: bytes, says: str
) -> None:
    with pytest.raises(LoadError) as caught:
        extracted(from_upload("notes.txt", data))
    assert str(caught.value).startswith(says)


def test_a_name_that_is_no_text_is_refused(library: Library) -> None:
    [result] = library.add([from_upload("caf\udce9.txt", TEA.encode())])
    assert result.error is not None
    assert "not valid UTF-8" in result.error


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "//etc/passwd", "C:\\x.txt", "", "a\0b"])
def test_the_name_of_an_upload_is_never_read_as_a_path(
    name: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, [from_upload(name, TEA.encode())])

    def refuse(*_: object) -> None:
        pytest.fail("a file was opened")

    for reads in ("read_bytes", "read_text", "open", "stat"):
        monkeypatch.setattr(Path, reads, refuse)
    [document] = library.documents()
    assert document.source == f"upload:{name}"
    assert not can_read_again(document)
    with pytest.raises(FootnoteError, match="was uploaded, and can't be read again"):
        extracted(again(document, None, None))
    assert list(library.refresh()) == []
    [result] = library.refresh([document.id])
    assert result.error is not None
    assert library.text(document.id) == TEA


def test_a_text_at_a_link_is_known_by_the_link(library: Library) -> None:
    put(library, [from_link(LINK, TEA, "Ada in #tea")])
    [result] = put(library, [from_link(LINK, COFFEE, "Ada in #tea, edited")])
    assert result.replaced
    assert contents(library).titles == {LINK: "Ada in #tea, edited"}
    assert contents(library).texts == {LINK: COFFEE}


@pytest.mark.parametrize("link", [LINK, "https://example.org/a.html", "http://example.org/b.md"])
def test_a_text_at_a_link_is_plain_whatever_the_link_ends_in(link: str) -> None:
    text = f"# <b>Tea</b>\n\n{TEA}"
    [document] = extracted(from_link(link, text, "About page.html"))
    assert document.page_content == text
    assert (document.metadata["source"], document.metadata["title"]) == (link, "About page.html")


@pytest.mark.parametrize("link", ["/etc/passwd", "file:///etc/passwd", "tea", ""])
def test_what_is_no_link_is_refused_as_one(link: str) -> None:
    with pytest.raises(FootnoteError, match="is not a link"):
        from_link(link, TEA, "Tea")


def test_what_came_from_nowhere_else_cannot_be_read_again(library: Library) -> None:
    sources = {
        "came from standard input": from_text(TEA.encode(), "/etc/passwd"),
        "was uploaded": from_upload("coffee.txt", COFFEE.encode()),
        "is a message": from_link(LINK, f"{TEA} {COFFEE}", "Tea"),
        "can't be read again": from_memory("relative.txt", f"{COFFEE} {TEA}", "Tea"),
    }
    put(library, sources.values())
    for why, document in zip(sources, library.documents(), strict=True):
        assert not can_read_again(document)
        with pytest.raises(FootnoteError, match=why):
            extracted(again(document, None, None))


def test_files_pages_and_the_sample_can_be_read_again(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "tea.txt"
    path.write_text(TEA)
    put(library, [from_file(path), sample()])
    page = replace(library.documents()[0], source="https://example.org/tea", kind="html")
    assert all(map(can_read_again, [*library.documents(), page]))


def test_a_path_may_be_given_as_one(tmp_path: Path) -> None:
    (tmp_path / "hours.md").write_text("Open at ten.")
    [named], [given] = from_paths([str(tmp_path)]), from_paths([tmp_path])
    assert (given.name, given.place) == (named.name, named.place)
