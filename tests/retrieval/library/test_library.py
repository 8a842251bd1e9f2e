"""A library reads files and pages only when something is added to it."""

import json
import subprocess
import sys

# All that a question goes through, and where it comes from.
ASKING = """
import json, sys
import bot.cli.ask_and_search, bot.wiring, retrieval.library, retrieval.answer.chat.reader
retrieval.library.library.Intake().close()
print(json.dumps([name for name in sys.modules if name.startswith("retrieval.reading")]))
"""


def test_a_question_passes_by_all_that_reads_pages_and_files() -> None:
    made = subprocess.run(
        [sys.executable, "-c", ASKING], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(made.stdout))
    # What a table's rows are called stands with the formats.
    kinds = {"retrieval.reading.formats", "retrieval.reading.formats.registry"}
    names = "again collection intake limits outline raw_document source".split()
    names += ["collection.files", "collection.left_out"]
    light = {f"retrieval.reading.{name}" for name in names}
    assert loaded <= {"retrieval.reading", *light, *kinds}
