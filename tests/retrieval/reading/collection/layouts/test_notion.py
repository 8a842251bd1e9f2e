"""Pages of a Notion export are called as people called them, and so are links to them."""

from .conftest import Shows

HOME, LEAVE, TABLE, ROW = ("1a2b" * 8, "3c4d" * 8, "5e6f" * 8, "7081" * 8)
PAGE = f"""# Handbook

Everything that holds here.

[Leave](Handbook%20{HOME}/Leave%20{LEAVE}.md)

[Handbook {HOME}](https://www.notion.so/Handbook-{HOME}?pvs=21)
"""
LEAVE_PAGE = f"""# Leave

Status: In force
Owner: Ada (People%20{TABLE}/Ada%20{ROW}.md)

Parents may take twenty weeks. The sum of the file is {"9d" * 16}.
"""
CSV = f"\ufeffName,Team,Room\nAda,Kiln (Teams%20{HOME}/Kiln%20{LEAVE}.md),4\nBo,Wheel (old),5\n"
EXPORT = {
    f"Handbook {HOME}.md": PAGE,
    f"Handbook {HOME}/Leave {LEAVE}.md": LEAVE_PAGE,
    f"Handbook {HOME}/People {TABLE}.csv": "\ufeffName,Team\nAda,Kiln\n",
    f"Handbook {HOME}/People {TABLE}_all.csv": CSV,
    f"Handbook {HOME}/plan.png": "?",
}


def test_pages_and_databases_are_called_without_their_ids(shows: Shows) -> None:
    found = shows(EXPORT)
    assert {path: each.title for path, each in found.items()} == {
        "Handbook.md": "Handbook",
        "Handbook/Leave.md": "Leave",
        "Handbook/People.csv": "People",
    }


def test_no_id_of_a_page_is_left_in_a_text_and_no_other_number_is_lost(shows: Shows) -> None:
    found = shows(EXPORT)
    for each in found.values():
        assert not any(id in each.text for id in (HOME, LEAVE, TABLE, ROW))
    leave = found["Handbook/Leave.md"].text
    assert "Owner: Ada\n" in leave
    assert "9d" * 16 in leave
    assert "Handbook\n\nHandbook" in found["Handbook.md"].text.replace("Leave", "Handbook")


def test_a_database_is_a_table_whose_rows_name_their_columns(shows: Shows) -> None:
    people = shows(EXPORT)["Handbook/People.csv"]
    assert "Name: Ada · Team: Kiln · Room: 4" in people.text
    assert "Team: Wheel (old)" in people.text


def test_two_pages_of_one_name_are_two_documents(shows: Shows) -> None:
    found = shows({f"Notes {LEAVE}.md": "# Notes\n\nOne.", f"Notes {TABLE}.md": "# Notes\n\nTwo."})
    assert {path: each.text for path, each in found.items()} == {
        "Notes.md": "Notes\n\nOne.",
        "Notes (2).md": "Notes\n\nTwo.",
    }


def test_an_export_in_parts_is_one(shows: Shows) -> None:
    from tests.support.formats import zips

    part = zips.archive(EXPORT)
    found = shows({"ExportBlock-1a2b-Part-1.zip": part})
    assert set(found) == {"Handbook.md", "Handbook/Leave.md", "Handbook/People.csv"}


def test_names_of_other_archives_are_left_alone(shows: Shows) -> None:
    names = [f"Sum {'9d' * 16}.md", "a.md", "b.md", "c.md"]
    assert set(shows({name: f"# {name}" for name in names})) == set(names)
