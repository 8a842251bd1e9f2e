"""`sync`: documents are what their folders and sites hold now, and what came of each is said."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.documents.test_web import COFFEE, TEA, address, page, sitemap
from tests.bot.cli.documents.test_web import site as site  # noqa: PLC0414 -- the fixture
from tests.support.processes.owned_home import owned
from tests.support.shell import assert_refused, footnote, footnote_process
from tests.support.web.serving import Reply, Site

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KINDS = ["added", "replaced", "moved", "removed", "unchanged", "failed"]
TIDE, WIND = "High tide comes an hour later every day.", "The wind blows from the west."
FERRY = "# Ferry\n\nThe ferry to Skerry leaves at nine in the morning."


@pytest.fixture
def harbour(home: Path, tmp_path: Path) -> Path:
    """A folder that was added: two notes, and one in a folder within."""
    folder = tmp_path / "harbour"
    (folder / "boats").mkdir(parents=True)
    (folder / "tide.txt").write_text(TIDE)
    (folder / "wind.txt").write_text(WIND)
    (folder / "boats" / "ferry.md").write_text(FERRY)
    assert footnote("add", folder, "--home", home).code == 0
    return folder


def synced(home: Path, *arguments: str) -> Any:
    """Return what became of a sync in which nothing failed."""
    done = footnote("sync", *arguments, "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    return done.json


def ids(home: Path) -> dict[str, str]:
    """The ids of the documents by the names of their files."""
    documents = footnote("list", "--json", "--home", home).json["documents"]
    return {Path(document["source"]).name: document["id"] for document in documents}


def asked(home: Path, question: str) -> Any:
    """Return the answer to a question."""
    return footnote("ask", question, "--json", "--home", home).json


# A folder


def test_a_sync_tells_of_every_place_under_its_own_key(home: Path, harbour: Path) -> None:
    form = synced(home)
    assert list(form) == [*KINDS, "changed_answers"]
    (tide,) = [one for one in form["unchanged"] if one["title"] == "tide"]
    assert list(tide) == ["source", "place", "id", "title"]
    assert tide["place"] == str(harbour.resolve() / "tide.txt")
    assert {kind: len(found) for kind, found in form.items() if found} == {"unchanged": 3}


def test_what_is_new_is_added_and_what_changed_is_replaced(home: Path, harbour: Path) -> None:
    before = ids(home)
    (harbour / "bread.txt").write_text("Rye bread is baked for an hour.")
    (harbour / "wind.txt").write_text("The wind blows from the east.")
    form = synced(home)
    assert [one["title"] for one in form["added"]] == ["bread"]
    assert [one["id"] for one in form["replaced"]] == [before["wind.txt"]]
    assert asked(home, "Where does the wind blow from?")["answer"].startswith(
        "The wind blows from the east."
    )


def test_a_file_that_was_renamed_keeps_its_id_and_takes_its_new_name(
    home: Path, harbour: Path
) -> None:
    before = ids(home)
    (harbour / "tide.txt").rename(harbour / "boats" / "high-tide.txt")
    form = synced(home)
    (moved,) = form["moved"]
    assert moved["id"] == before["tide.txt"]
    assert moved["before"] == str(harbour.resolve() / "tide.txt")
    assert moved["place"] == str(harbour.resolve() / "boats" / "high-tide.txt")
    assert moved["title"] == "high tide"
    assert form["added"] == form["removed"] == []
    assert ids(home)["high-tide.txt"] == before["tide.txt"]


@pytest.mark.parametrize("verb", ["sync", "refresh"])
def test_the_old_version_of_a_file_that_was_renamed_and_changed_never_answers(
    verb: str, home: Path, harbour: Path
) -> None:
    (harbour / "boats" / "ferry.md").rename(harbour / "boats" / "crossing.md")
    (harbour / "boats" / "crossing.md").write_text(FERRY.replace("nine", "ten"))
    done = footnote(verb, "--json", "--home", home)
    assert (done.code, len(done.json["added"]), len(done.json["removed"])) == (0, 1, 1)
    answer = asked(home, "When does the ferry to Skerry leave?")
    assert "at ten" in answer["answer"]
    found = footnote("search", "ferry nine morning", "-k", "100", "--home", home)
    assert "at nine" not in found.out


def test_a_file_that_took_the_place_of_another_keeps_its_id(home: Path, harbour: Path) -> None:
    before = ids(home)
    (harbour / "tide.txt").replace(harbour / "wind.txt")
    form = synced(home)
    assert [one["id"] for one in form["moved"]] == [before["tide.txt"]]
    assert [one["id"] for one in form["removed"]] == [before["wind.txt"]]
    assert ids(home)["wind.txt"] == before["tide.txt"]


def test_a_title_that_was_given_stays_when_its_file_is_renamed(home: Path, harbour: Path) -> None:
    footnote("add", harbour / "tide.txt", "--title", "Tides", "--home", home)
    (harbour / "tide.txt").rename(harbour / "water.txt")
    (moved,) = synced(home)["moved"]
    assert moved["title"] == "Tides"


def test_what_is_gone_is_removed_and_said(home: Path, harbour: Path) -> None:
    (harbour / "wind.txt").unlink()
    id = ids(home)["wind.txt"]
    done = footnote("sync", "--home", home)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"removed    {id}  wind  ({harbour.resolve() / 'wind.txt'})",
        "1 removed, 2 unchanged.",
    ]
    assert "wind.txt" not in ids(home)


def test_a_sync_can_be_tried_first(home: Path, harbour: Path) -> None:
    (harbour / "tide.txt").rename(harbour / "water.txt")
    (harbour / "wind.txt").write_text("The wind blows from the east.")
    (harbour / "boats" / "ferry.md").unlink()
    (harbour / "bread.txt").write_text("Rye bread is baked for an hour.")
    before = footnote("list", "--json", "--home", home).json
    tried = synced(home, "--dry-run")
    assert footnote("list", "--json", "--home", home).json == before
    done = synced(home)
    assert {kind: len(found) for kind, found in tried.items()} == {
        kind: len(found) for kind, found in done.items()
    }
    assert tried["removed"] == done["removed"]
    assert [one["place"] for one in tried["added"]] == [one["place"] for one in done["added"]]
    told = footnote("sync", "--dry-run", "--home", home).out
    assert told == "Would be: 4 unchanged.\n".replace("4", "3")


@pytest.mark.parametrize("state", ["gone", "empty", "a file"])
def test_a_folder_that_is_gone_or_empty_removes_nothing_and_says_so(
    state: str, home: Path, harbour: Path
) -> None:
    before = footnote("list", "--json", "--home", home).json
    harbour.rename(harbour.with_name("elsewhere"))
    if state == "empty":
        harbour.mkdir()
    elif state == "a file":
        harbour.write_text("Where is it?")
    for dry in ((), ("--dry-run",)):
        done = footnote("sync", *dry, "--json", "--home", home)
        assert done.code == 1
        (failed,) = done.json["failed"]
        assert str(harbour) in failed["error"]
        assert failed["error"].endswith("Nothing was removed.")
        assert failed["error"] in done.err
    assert footnote("list", "--json", "--home", home).json == before


def test_a_file_that_cannot_be_read_keeps_what_it_said_and_stops_nothing(
    home: Path, harbour: Path
) -> None:
    (harbour / "tide.txt").write_bytes(bytes(range(256)) * 20)
    (harbour / "wind.txt").write_text("The wind blows from the east.")
    done = footnote("sync", "--json", "--home", home)
    assert done.code == 1
    assert [Path(one["place"]).name for one in done.json["failed"]] == ["tide.txt"]
    assert [one["title"] for one in done.json["replaced"]] == ["wind"]
    assert "an hour later" in asked(home, "When does high tide come?")["answer"]


def test_a_document_that_was_removed_by_hand_stays_out_until_it_is_added_again(
    home: Path, harbour: Path
) -> None:
    footnote("remove", ids(home)["wind.txt"], "--home", home)
    synced(home)
    assert "wind.txt" not in ids(home)
    footnote("add", harbour, "--home", home)
    assert "wind.txt" in ids(home)
    (harbour / "wind.txt").unlink()
    assert len(synced(home)["removed"]) == 1


def test_a_text_that_stands_in_two_places_goes_with_the_last_of_them(
    home: Path, harbour: Path
) -> None:
    (harbour / "copy.txt").write_text(TIDE)
    assert synced(home)["added"] == []
    id = ids(home)["tide.txt"]
    (harbour / "tide.txt").unlink()
    (moved,) = synced(home)["moved"]
    assert (moved["id"], Path(moved["place"]).name) == (id, "copy.txt")
    (harbour / "copy.txt").unlink()
    assert [one["id"] for one in synced(home)["removed"]] == [id]


def test_of_a_text_in_two_places_one_may_change(home: Path, harbour: Path) -> None:
    (harbour / "copy.txt").write_text(TIDE)
    synced(home)
    (harbour / "tide.txt").write_text("High tide comes at noon.")
    synced(home)
    assert {"copy.txt", "tide.txt"} <= set(ids(home))
    assert "noon" in asked(home, "When does high tide come at noon?")["answer"]
    found = footnote("search", "tide an hour later", "-k", "100", "--home", home)
    assert "an hour later" in found.out


def test_documents_of_no_folder_are_read_again_and_never_removed(
    home: Path, harbour: Path, tmp_path: Path
) -> None:
    single = tmp_path / "soup.txt"
    single.write_text("Boil the soup for one hour.")
    footnote("add", single, "--home", home)
    single.write_text("Boil the soup for two hours.")
    assert [one["title"] for one in synced(home)["replaced"]] == ["soup"]
    single.unlink()
    done = footnote("sync", "--json", "--home", home)
    assert (done.code, [one["place"] for one in done.json["failed"]]) == (1, [str(single)])
    assert "soup.txt" in ids(home)


def test_a_library_without_sources_has_nothing_to_sync(home: Path) -> None:
    footnote("add", "-", "--home", home, typed="High tide comes later every day.")
    done = footnote("sync", "--home", home)
    assert done.out == ("There is nothing to sync: no folder, site, file or page was added yet.\n")


def test_a_source_that_is_not_there_is_refused(home: Path, harbour: Path) -> None:
    assert_refused(footnote("sync", "nonesuch", "--home", home), "'nonesuch'", "footnote sources")


def test_a_process_that_has_the_home_syncs_for_others(home: Path, harbour: Path) -> None:
    (harbour / "wind.txt").unlink()
    with owned(home):
        done = footnote_process("sync", "--json", home=home)
    assert (done.code, len(done.json["removed"])) == (0, 1)


MKDOCS = "nav:\n  - Guide:\n      - {title}: tide.md\n      - wind.md\n"


def site_of_pages(folder: Path, nav: str) -> Path:
    """A folder that MkDocs makes a site of."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(nav)
    (folder / "docs/tide.md").write_text(f"# The tide\n\n{TIDE}\n")
    (folder / "docs/wind.md").write_text(f"---\ntitle: Winds\n---\n\n{WIND}\n")
    return folder


def titles(home: Path) -> list[str]:
    """The titles of all documents."""
    listed = footnote("list", "--json", "--home", home).json["documents"]
    return sorted(document["title"] for document in listed)


def test_a_change_of_navigation_alone_retitles_documents(home: Path, tmp_path: Path) -> None:
    folder = site_of_pages(tmp_path / "site", MKDOCS.format(title="High water"))
    footnote("add", folder, "--home", home)
    before = ids(home)
    assert titles(home) == ["Guide › High water", "Guide › Winds"]
    (folder / "mkdocs.yml").write_text(MKDOCS.format(title="Tides").replace("Guide", "Sea"))
    told = f"retitled   {before['tide.md']}  Sea › Tides  (was Guide › High water)"
    assert told in footnote("sync", "--dry-run", "--home", home).out
    assert titles(home) == ["Guide › High water", "Guide › Winds"]
    assert told in footnote("sync", "--home", home).out
    assert titles(home) == ["Sea › Tides", "Sea › Winds"]
    (folder / "mkdocs.yml").write_text("site_name: Sea\n")
    foretold = synced(home, "--dry-run")["unchanged"]
    changed = {one["title"]: one.get("called_before") for one in synced(home)["unchanged"]}
    assert changed == {"The tide": "Sea › Tides", "Winds": "Sea › Winds"}
    assert {one["title"]: one.get("called_before") for one in foretold} == changed
    assert all("called_before" not in one for one in synced(home)["unchanged"])
    assert ids(home) == before


def test_a_title_that_a_person_gave_outlives_navigation(home: Path, tmp_path: Path) -> None:
    folder = site_of_pages(tmp_path / "site", MKDOCS.format(title="High water"))
    footnote("add", folder, "--home", home)
    footnote("add", folder / "docs/tide.md", "--title", "Ours", "--home", home)
    (folder / "mkdocs.yml").write_text(MKDOCS.format(title="Tides"))
    synced(home)
    assert titles(home) == ["Guide › Winds", "Ours"]


# An archive


def pack(archive: Path, **texts: str) -> Path:
    """Writes a ZIP of text files."""
    with zipfile.ZipFile(archive, "w") as packed:
        for name, text in texts.items():
            packed.writestr(f"{name}.txt", text)
    return archive


def test_an_archive_is_a_source_like_a_folder(home: Path, tmp_path: Path) -> None:
    archive = pack(tmp_path / "notes.zip", tide=TIDE, wind=WIND, bread="Bread is baked.")
    footnote("add", archive, "--home", home)
    before = ids(home)
    pack(archive, water=TIDE, wind="The wind blows from the east.", soup="Soup is boiled.")
    tried, form = synced(home, "--dry-run"), synced(home)
    assert [len(form[kind]) for kind in KINDS] == [1, 1, 1, 1, 0, 0]
    assert [len(tried[kind]) for kind in KINDS] == [1, 1, 1, 1, 0, 0]
    (moved,) = form["moved"]
    assert (moved["id"], moved["title"]) == (before["tide.txt"], "water")
    assert [one["id"] for one in form["removed"]] == [before["bread.txt"]]
    archive.unlink()
    done = footnote("sync", "--json", "--home", home)
    assert (done.code, len(done.json["failed"]), done.json["removed"]) == (1, 1, [])


# A site


@pytest.fixture
def shop(home: Path, site: Site) -> Site:
    """A site of two pages that was added."""
    site.replies |= {"/tea": page(TEA, etag='"1"'), "/coffee": page(COFFEE, etag='"1"')}
    list_pages(site, "/tea", "/coffee")
    assert footnote("add", "--sitemap", address(site), "--home", home).code == 0
    return site


def list_pages(site: Site, *paths: str) -> None:
    """Have a site list pages."""
    site.replies["/sitemap.xml"] = sitemap(*(address(site, path) for path in paths))


def sources(home: Path) -> list[str]:
    """The addresses of the pages that are documents."""
    documents = footnote("list", "--json", "--home", home).json["documents"]
    return sorted(document["source"] for document in documents)


def test_of_a_site_that_is_as_it_was_only_that_is_asked(home: Path, shop: Site) -> None:
    shop.asked.clear()
    assert len(synced(home)["unchanged"]) == 2
    pages = [one for one in shop.asked if one.path in {"/tea", "/coffee"}]
    assert [one.headers["If-None-Match"] for one in pages] == ['"1"', '"1"']


def test_pages_come_change_and_go_with_their_site(home: Path, shop: Site) -> None:
    shop.replies["/tea"] = page("Tea is brewed for five minutes.", etag='"2"')
    shop.replies["/milk"] = page("Milk is warmed for a minute.")
    del shop.replies["/coffee"]
    list_pages(shop, "/tea", "/milk")
    form = synced(home)
    assert [one["place"] for one in form["added"]] == [address(shop, "/milk")]
    assert [one["place"] for one in form["replaced"]] == [address(shop, "/tea")]
    assert [one["place"] for one in form["removed"]] == [address(shop, "/coffee")]


def test_a_page_that_is_listed_and_not_there_is_gone(home: Path, shop: Site) -> None:
    del shop.replies["/coffee"]
    form = synced(home)
    assert [one["place"] for one in form["removed"]] == [address(shop, "/coffee")]
    assert sources(home) == [address(shop, "/tea")]


def test_a_page_that_has_another_address_by_now_keeps_its_id(home: Path, shop: Site) -> None:
    before = {one["place"]: one["id"] for one in synced(home)["unchanged"]}
    shop.replies["/drinks/tea"] = shop.replies.pop("/tea")
    list_pages(shop, "/drinks/tea", "/coffee")
    (moved,) = synced(home)["moved"]
    assert moved["id"] == before[address(shop, "/tea")]
    assert sources(home) == sorted([address(shop, "/coffee"), address(shop, "/drinks/tea")])


@pytest.mark.parametrize("lost", ["the site", "every page"])
def test_a_site_that_does_not_answer_removes_nothing_and_says_so(
    lost: str, home: Path, shop: Site
) -> None:
    before = sources(home)
    for path in ["/tea", "/coffee", *(["/sitemap.xml"] if lost == "the site" else [])]:
        del shop.replies[path]
    for dry in ((), ("--dry-run",)):
        done = footnote("sync", *dry, "--json", "--home", home)
        assert done.code == 1
        assert done.json["removed"] == []
        assert done.json["failed"][-1]["error"].endswith("Nothing was removed.")
    assert sources(home) == before


def test_a_page_that_is_out_of_order_is_kept_and_said(home: Path, shop: Site) -> None:
    shop.replies["/coffee"] = Reply(b"", status=500)
    done = footnote("sync", "--json", "--home", home)
    assert (done.code, len(done.json["failed"]), done.json["removed"]) == (1, 1, [])
    assert len(sources(home)) == 2


def test_a_site_of_which_only_some_pages_are_wanted_keeps_those(home: Path, site: Site) -> None:
    site.replies |= {"/tea": page(TEA), "/coffee": page(COFFEE), "/milk": page("Milk is white.")}
    list_pages(site, "/tea", "/coffee")
    footnote("add", "--sitemap", address(site), "--limit", "2", "--home", home)
    list_pages(site, "/milk", "/coffee", "/tea")
    form = synced(home)
    assert (len(form["unchanged"]), form["added"], form["removed"]) == (2, [], [])
    del site.replies["/coffee"]
    assert [one["place"] for one in synced(home)["removed"]] == [address(site, "/coffee")]
    assert [one["place"] for one in synced(home)["added"]] == [address(site, "/milk")]
