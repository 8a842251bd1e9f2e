"""Variants of a name that count as the same: of countries, their people, quarters and units."""

import re
from collections.abc import Iterator

from retrieval.text.terms import words

# Of nations those whose people's name begins otherwise: where it begins alike it is the same key.
FORMS = (
    ("America", "American", "Americans", "U.S", "US", "U.S.A", "USA", "United States"),
    ("Belgium", "Belgian", "Belgians"),
    ("Britain", "British", "U.K", "UK", "United Kingdom"),
    ("China", "Chinese"),
    ("Denmark", "Danish", "Dane", "Danes"),
    ("England", "English"),
    ("Finland", "Finnish", "Finn", "Finns"),
    ("France", "French"),
    ("Greece", "Greek", "Greeks"),
    ("Iceland", "Icelandic"),
    ("Ireland", "Irish"),
    ("Netherlands", "Dutch", "Holland"),
    ("Norway", "Norwegian", "Norwegians"),
    ("Philippines", "Filipino", "Filipinos"),
    ("Poland", "Polish", "Pole", "Poles"),
    ("Scotland", "Scottish", "Scots"),
    ("Spain", "Spanish", "Spaniard", "Spaniards"),
    ("Sweden", "Swedish", "Swede", "Swedes"),
    ("Switzerland", "Swiss"),
    ("Turkey", "Turkish", "Turk", "Turks", "Türkiye"),
    ("Wales", "Welsh"),
    ("European Union", "EU", "E.U"),
    ("Nazi", "Nazis", "Nazism"),
    ("TV", "television"),
    ("Q1", "first quarter"),
    ("Q2", "second quarter"),
    ("Q3", "third quarter"),
    ("Q4", "fourth quarter"),
    ("°F", "° F", "Fahrenheit"),
    ("°C", "° C", "Celsius"),
)
OF_FORM = {form: forms for forms in FORMS for form in forms}
FORM = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in sorted(OF_FORM, key=len)[::-1])})(?!\w)"
)


def other_forms(text: str) -> Iterator[str]:
    """The folded words of all the ways to write what a text writes in one of them."""
    for forms in {OF_FORM[form] for form in FORM.findall(text)}:
        yield from (word for form in forms for word in words(form) if len(word) > 1)
