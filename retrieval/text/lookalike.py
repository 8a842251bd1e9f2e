"""What a text is read as, look-alike letters and brackets taken for the plain ones."""

import unicodedata

# Beyond Unicode's own compatibility forms: brackets that chat models cite with, colons, and the
# Cyrillic and Greek letters that look most Latin (from the confusables of UTS #39). The brackets
# 〔 〕 are not among them: Chinese law numbers its documents with them.
LIKE = dict(
    zip(
        "【⟦⁅〚❲】⟧⁆〛❳꞉∶ːаеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈΑΒΕΗΙΚΜΝΟΡΤΥΧοαρν",
        "[[[[[]]]]]:::aeopcyxisjdhqwABEKMHOPCTYXISJABEHIKMNOPTYXoapv",
        strict=True,
    )
)


def plain(text: str) -> str:
    """The text, character for character as long, with each look-alike as what it looks like."""
    others = {character for character in text if not character.isascii()}
    read = {ord(character): _read_as(character) for character in others}
    return text.translate({code: as_ for code, as_ in read.items() if len(as_) == 1})


def _read_as(character: str) -> str:
    return LIKE.get(character) or unicodedata.normalize("NFKC", character)
