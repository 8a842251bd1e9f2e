"""The generators of sites whose pages are read in tests."""

from collections.abc import Callable, Mapping

from .javascript import docusaurus, vitepress
from .manual import Manual
from .python import material, sphinx
from .static import asciidoctor, hugo

GENERATORS: Mapping[str, Callable[[Manual], str]] = {
    each.__name__: each for each in (docusaurus, material, sphinx, vitepress, hugo, asciidoctor)
}
