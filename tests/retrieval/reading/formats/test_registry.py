"""Every format that is in the table is read, and every list of formats comes from the table."""

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.answer.citation import whereabouts
from retrieval.errors import LoadError
from retrieval.reading.collection.files import find
from retrieval.reading.formats.detect import text_formats
from retrieval.reading.formats.errors import READ
from retrieval.reading.formats.registry import (
    BY_KIND,
    BY_SUFFIX,
    FORMATS,
    IN_FOLDERS,
    PLAIN,
    Format,
)
from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.reading.outline import Outline
from retrieval.reading.web.body import file_name
from retrieval.reading.web.url import read_place
from retrieval.types import Passage
from tests.support.formats.reading import refusal, text_of, well_formed
from tests.support.formats.specimens import SENTENCE, specimens

EVERY_FORMAT = pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.kind)


def test_there_is_a_specimen_of_every_format() -> None:
    assert set(specimens()) == set(BY_KIND)


def test_no_two_formats_have_a_kind_or_a_suffix_in_common() -> None:
    assert len(BY_KIND) == len(FORMATS)
    assert len(BY_SUFFIX) == sum(len(each.suffixes) for each in FORMATS)


@EVERY_FORMAT
def test_a_format_is_read_under_each_of_its_suffixes(parsers: Parsers, each: Format) -> None:
    for suffix in each.suffixes:
        assert suffix == suffix.lower()
        content = well_formed(parsers.read(specimens()[each.kind].data, f"handbook{suffix}"))
        assert content.kind == each.kind
        assert SENTENCE in text_of(content)


@pytest.mark.parametrize(
    "each",
    [each for each in FORMATS if each.suffixes and not each.alone],
    ids=lambda each: each.kind,
)
def test_a_folder_takes_in_every_format(tmp_path: Path, each: Format) -> None:
    wanted = [tmp_path / f"handbook{suffix}" for suffix in sorted(each.suffixes)]
    for path in (*wanted, tmp_path / "handbook.other"):
        path.write_bytes(specimens()[each.kind].data)
    assert find(str(tmp_path)) == (wanted, [])


def test_a_suffix_that_other_files_have_counts_in_a_folder_by_how_they_begin(
    tmp_path: Path,
) -> None:
    (tmp_path / "handbook.7").write_bytes(specimens()["man"].data)
    (tmp_path / "program.so.1").write_bytes(b"\x7fELF\0\0")
    (tmp_path / "results.2").write_text("1 2 3")
    assert find(str(tmp_path)) == ([tmp_path / "handbook.7"], [])


def test_a_folder_without_documents_says_every_suffix_that_is_read(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        find(str(tmp_path))
    assert all(f" {suffix}" in str(caught.value) for suffix in IN_FOLDERS)


def test_a_folder_leaves_out_what_is_only_read_alone(tmp_path: Path) -> None:
    for name in ("logo.png", "handbook.md"):
        (tmp_path / name).touch()
    assert find(str(tmp_path)) == ([tmp_path / "handbook.md"], [])
    assert find(str(tmp_path / "logo.png")) == ([tmp_path / "logo.png"], [])


def test_a_file_that_is_not_read_is_told_every_format_that_is(parsers: Parsers) -> None:
    for data in (b"GIF89a\1\0\1\0", bytes(range(256)) * 9):
        assert refusal(parsers, data).endswith(READ)
    assert all(each.name in READ for each in FORMATS)


@EVERY_FORMAT
def test_a_page_is_named_so_that_its_format_is_known(each: Format) -> None:
    place = read_place("https://example.com/handbook")
    for media_type in each.media_types:
        assert file_name(place, media_type) == f"handbook{each.suffixes[0]}"


@pytest.mark.parametrize(("kind", "where"), [("pdf", "page 3"), ("pptx", "slide 3")])
def test_a_citation_calls_a_part_what_its_format_does(kind: str, where: str) -> None:
    assert BY_KIND[kind].part in where
    passage = Passage("id", "Title", "source", 3, 0, 10, "Ask early.", kind=kind)
    assert whereabouts(passage, 0, 3) == where


@EVERY_FORMAT
def test_an_outline_knows_whether_its_format_tells_every_heading(each: Format) -> None:
    assert Outline(each.kind).headings_known == each.headings_known
    assert not Outline("message").headings_known


def test_a_text_is_tried_as_what_it_looks_like_and_at_last_as_plain_text() -> None:
    tried = [each.kind for each in text_formats('{"a": "one", "b": "two"}', "", None)]
    assert tried == ["json", "text"]
    assert text_formats("Tea", "a.rst", None) == [BY_KIND["rst"], PLAIN]
    assert text_formats("<html>", "a.rst", "text") == [PLAIN]


def test_a_reader_is_imported_by_its_name_when_it_is_needed() -> None:
    broken = replace(PLAIN, reader="plain.nowhere:read_nothing")
    with pytest.raises(ModuleNotFoundError):
        broken.read("", None)
