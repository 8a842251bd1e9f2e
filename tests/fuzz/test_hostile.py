"""Whatever a file does, it ends in one clear sentence, and the next good file is read."""

from itertools import chain

import pytest

from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.hostile.archives import ARCHIVES
from tests.support.formats.hostile.pdfs import PDFS
from tests.support.formats.hostile.specimen import Hostile
from tests.support.formats.hostile.texts import TEXTS
from tests.support.formats.reading import fit_for_people, text_of, well_formed
from tests.support.formats.specimens import SENTENCE, specimens

pytestmark = pytest.mark.long

ALL = dict(chain(ARCHIVES.items(), PDFS.items(), TEXTS.items()))


def outcome(parsers: Parsers, hostile: Hostile) -> str:
    """The text of a file, or the refusal in brackets."""
    try:
        return text_of(well_formed(parsers.read(hostile.make(), hostile.name)))
    except UnreadableError as error:
        return f"({fit_for_people(error)})"


@pytest.mark.parametrize("hostile", ALL.values(), ids=ALL)
def test_a_hostile_file_ends_in_one_clear_sentence(parsers: Parsers, hostile: Hostile) -> None:
    came = outcome(parsers, hostile)
    assert hostile.told in came
    assert hostile.held in came
    if hostile.told or hostile.held:
        assert came.startswith("(") == bool(hostile.told)
    assert "root:" not in came
    good = specimens()["text"]
    assert SENTENCE in text_of(parsers.read(good.data, good.name))
