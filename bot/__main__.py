"""`python -m bot` is `footnote`."""

from .cli import main

main()
