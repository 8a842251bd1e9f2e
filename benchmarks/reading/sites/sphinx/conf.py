"""Settings of Sphinx for the pages."""

import os

project = "Boat museum"
author = "The crew"
extensions = ["myst_parser", "sphinx_design", "sphinx_copybutton", "sphinx.ext.autosectionlabel"]
myst_enable_extensions = ["colon_fence", "deflist", "tasklist", "strikethrough", "attrs_inline"]
html_theme = os.environ.get("SPHINX_THEME", "alabaster")
suppress_warnings = ["*"]
