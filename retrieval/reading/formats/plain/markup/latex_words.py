"""The commands of LaTeX by what they take, and its signs, accents and units as printed."""

import re
import unicodedata

from .latex_source import group, option

ACCENTS = {
    **{"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304"},
    **{".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328"},
    **{"r": "\u030a", "d": "\u0323", "b": "\u0331"},
}
SYMBOLS = {
    **{"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł"},
    **{"L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "ldots": "…", "dots": "…", "S": "§"},
    **{"textendash": "–", "textemdash": "—", "textdegree": "°", "degree": "°", "euro": "€"},
    **{"EUR": "€", "texteuro": "€", "pounds": "£", "textsterling": "£", "copyright": "©"},
    **{"textcopyright": "©", "textregistered": "®", "texttrademark": "™", "LaTeX": "LaTeX"},
    **{"TeX": "TeX", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"},
    **{
        "textbar": "|",
        "textless": "<",
        "textgreater": ">",
        "quad": " ",
        "qquad": " ",
        "space": " ",
    },
    **{"textquoteright": "’", "textquoteleft": "‘", "guillemotleft": "«", "guillemotright": "»"},
    **{"glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "textbullet": "•", "P": "¶"},
    **{"textmu": "µ", "textonehalf": "½", "slash": "/", "newline": " ", "hfill": " ", "dag": "†"},
    **{"textperiodcentered": "·", "textminus": "−", "textrightarrow": "→", "today": ""},
}
PREFIXES = {
    **{"kilo": "k", "mega": "M", "giga": "G", "tera": "T", "hecto": "h", "deca": "da", "deci": "d"},
    **{"centi": "c", "milli": "m", "micro": "µ", "nano": "n", "pico": "p"},
}
UNITS = {
    **{"metre": "m", "meter": "m", "second": "s", "gram": "g", "ampere": "A", "kelvin": "K"},
    **{"mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J"},
    **{
        "watt": "W",
        "volt": "V",
        "ohm": "Ω",
        "farad": "F",
        "tesla": "T",
        "lumen": "lm",
        "lux": "lx",
    },
    **{"celsius": "°C", "degreeCelsius": "°C", "degree": "°", "percent": "%", "litre": "l"},
    **{"liter": "L", "minute": "min", "hour": "h", "day": "d", "hectare": "ha", "tonne": "t"},
    **{
        "bar": "bar",
        "bit": "bit",
        "byte": "B",
        "kilogram": "kg",
        "kg": "kg",
        "km": "km",
        "cm": "cm",
    },
    **{
        "mm": "mm",
        "m": "m",
        "s": "s",
        "g": "g",
        "A": "A",
        "V": "V",
        "W": "W",
        "kW": "kW",
        "Hz": "Hz",
    },
    **{
        "decibel": "dB",
        "electronvolt": "eV",
        "per": "/",
        "squared": "²",
        "cubed": "³",
        "square": "",
    },
    **{"kWh": "kWh", "h": "h", "ml": "ml", "mL": "mL", "l": "l", "L": "L", "ms": "ms", "Pa": "Pa"},
}
COMMAND = re.compile(r"\\([a-zA-Z]+)")
LONGEST_FORMULA = 2_000

SECTIONS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}
SECTIONS |= {"paragraph": 5, "subparagraph": 6, "frametitle": 2}
# Commands of which nothing is printed, with how many arguments they take.
UNSEEN = {
    **dict.fromkeys(("label", "cite", "citep", "citet", "citeauthor", "citeyear", "nocite"), 1),
    **dict.fromkeys(
        ("parencite", "textcite", "autocite", "footcite", "index", "vspace", "hspace"), 1
    ),
    **dict.fromkeys(("includegraphics", "input", "include", "bibliography", "pagestyle"), 1),
    **dict.fromkeys(("bibliographystyle", "thispagestyle", "usepackage", "hypersetup", "color"), 1),
    **dict.fromkeys(("pagenumbering", "documentclass", "vskip", "hskip", "phantom", "date"), 1),
    **dict.fromkeys(
        ("title", "author", "st", "sout", "xout", "graphicspath", "printbibliography"), 1
    ),
    **dict.fromkeys(("setlength", "addtolength", "setcounter", "addtocounter", "rule"), 2),
    **dict.fromkeys(("fontsize", "definecolor", "renewcommand", "newcommand", "providecommand"), 2),
    **{"addcontentsline": 3, "newenvironment": 3, "cmidrule": 1, "cline": 1, "institute": 1},
    **{
        "addbibresource": 1,
        "geometry": 1,
        "lstset": 1,
        "bibitem": 1,
        "printbibliography": 0,
        "thanks": 1,
        "vphantom": 1,
    },
}
# Commands whose first arguments only set how the last one is printed.
SETS = {"textcolor": 1, "colorbox": 1, "parbox": 1, "raisebox": 1, "scalebox": 1, "resizebox": 2}
SETS |= {"multicolumn": 2, "multirow": 2, "foreignlanguage": 1, "hyperref": 0, "fcolorbox": 2}
UNSEEN_ENVIRONMENTS = frozenset(("comment", "tikzpicture", "filecontents", "pgfpicture"))
MATH = frozenset(("equation", "align", "gather", "displaymath", "math", "eqnarray", "multline"))
TABLES = {"tabular": 1, "tabularx": 2, "tabulary": 2, "longtable": 1, "array": 1, "supertabular": 1}
ARGUMENTS = {"minipage": 1, "multicols": 1, "thebibliography": 1, "adjustbox": 1, "wrapfigure": 2}
LISTS = {"itemize": "-", "enumerate": "1", "description": "", "compactitem": "-"}


def accented(accent: str, letter: str) -> str:
    """A letter with its accent."""
    plain = {"\\i": "i", "\\j": "j"}.get(letter.strip(), letter.strip())
    return unicodedata.normalize("NFC", plain[:1] + ACCENTS[accent]) + plain[1:] if plain else ""


def in_units(units: str) -> str:
    """The signs of units that are written as commands."""
    said = COMMAND.sub(lambda name: PREFIXES.get(name[1], UNITS.get(name[1], name[1])), units)
    return said.replace("~", " ").replace("{", "").replace("}", "").replace(".", "·").strip()


def quantity(text: str, at: int, command: str) -> tuple[str, int]:
    """A number with its unit, from the arguments of a command, and where those have ended."""
    said: list[str] = []
    for kind in {"si": "u", "unit": "u", "num": "n", "ang": "n"}.get(command, "nu"):
        value, at = group(text, option(text, at)[1])
        if command.endswith("range") and kind == "n":
            last, at = group(text, at)
            value = f"{value}–{last}"
        said.append(in_units(value) if kind == "u" else value.replace("\\pm", "±"))
    return " ".join(said) + "°" * (command == "ang"), at


def in_math(formula: str) -> str:
    """A formula as text, as well as that can be written on a line."""
    from pylatexenc.latex2text import LatexNodes2Text

    plain = not set("\\^_{}%~&") & set(formula)
    if plain or len(formula) > LONGEST_FORMULA or formula.count("{") > LONGEST_FORMULA // 20:
        return " ".join(formula.split())
    try:
        said = LatexNodes2Text(math_mode="text").latex_to_text(formula)
    except (ValueError, IndexError, RecursionError):
        said = formula
    return " ".join(said.split())
