"""LaTeX: what is printed, without the preamble, remarks and references."""

import pytest

from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import fit_for_people, headings_of, text_of

HEAD = r"""\documentclass{article}
\usepackage{nothing}
\newcommand{\club}{Rowing club}
\newcommand{\fee}[1]{#1 crowns}
\title{Boat \emph{house}}
\author{Ada \and Bo}
\date{2026-03-04}
"""


def read(parsers: Parsers, body: str) -> str:
    text = f"{HEAD}\\begin{{document}}\n{body}\n\\end{{document}}\nhidden\n"
    content = parsers.read(text.encode(), "a.tex")
    assert content.kind == "latex"
    assert (content.title, content.author, content.date) == (
        *("Boat house", "Ada, Bo"),
        "2026-03-04",
    )
    return text_of(content)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\textbf{nine}", "nine"),
        (r"{\em nine}", "nine"),
        ("nine~a", "nine a"),
        (r"5\,\% or \$3", "5 % or $3"),
        (r"\sout{nine} ten", "ten"),
        (r"\club{} has", "Rowing club has"),
        (r"\fee{20}", "20 crowns"),
        (r"\unknown{nine}", "nine"),
        (r"\textcolor{red}{nine}", "nine"),
        (r"\SI{12}{\metre}", "12 m"),
        (r"\qty{3}{\kilo\metre\per\hour}", "3 km/h"),
        (r"Caf\'e \"Uber na\"{\i}ve Stra\ss e", "Café Über naïve Straße"),
        (r"\href{https://example.org}{here}", "here"),
        (r"nine\footnote{In May.} o'clock", "nine (In May) o'clock"),
        (r"$5\%$", "5%"),
        (r"\(a \leq b\)", "a ≤b"),
        (r"\verb|a_b|", "a_b"),
        (r"Section~\ref{fees}", "Section 1"),
        (r"\nameref{fees}", "Fees"),
        (r"nine \cite[p.~3]{book}", "nine"),
        ("``nine'' -- ten", "“nine” – ten"),
        ("nine% remark\n", "nine"),
        ("nine % remark\n  o'clock", "nine o'clock"),
        (r"nine\iffalse\ or ten\fi", "nine"),
        (r"\iffalse nine \else ten\fi", "ten"),
    ],
)
def test_a_line_is_read_as_it_is_printed(parsers: Parsers, written: str, shown: str) -> None:
    text = read(parsers, f"At {written}.\n\n\\section{{Fees}}\\label{{fees}}\nWord.")
    assert text.split("\n\n")[0] == f"At {shown}."


def test_sections_are_headings(parsers: Parsers) -> None:
    body = r"\maketitle \section{A} x \subsection*{B} y"
    content = parsers.read(f"{HEAD}\\begin{{document}}{body}\\end{{document}}".encode(), "a.tex")
    assert headings_of(content) == [(1, "Boat house"), (2, "A"), (3, "B")]


def test_lists_keep_their_numbers_and_terms(parsers: Parsers) -> None:
    text = read(
        parsers,
        "\\begin{enumerate}[a]\n\\item one\n\\begin{itemize}\n\\item two\n\\end{itemize}\n"
        "\\item three\n\\end{enumerate}\n\\begin{description}\n\\item[oar] A lever.\n"
        "\\end{description}",
    )
    assert text == "1. one\n  - two\n2. three\n\noar: A lever."


def test_a_row_says_what_its_columns_are(parsers: Parsers) -> None:
    text = read(
        parsers,
        "\\begin{table}[h]\\caption{Prices}\n\\begin{tabular}{l|r}\n\\toprule\nWho & Fee \\\\\n"
        "\\midrule\nJunior & \\textbf{20} \\\\ \\hline\nSenior \\& co & 40 \\\\\n"
        "\\bottomrule\n\\end{tabular}\\end{table}",
    )
    assert text == "Prices:\n\nWho: Junior · Fee: 20\n\nWho: Senior & co · Fee: 40"


def test_cells_that_span_others_count_for_all_of_them(parsers: Parsers) -> None:
    text = read(
        parsers,
        r"\begin{tabular}{llrr} \toprule"
        r" \multirow{2}{*}{Pier} & Side & \multicolumn{2}{c}{Feet} \\ \cmidrule{3-4}"
        r" & & low & high \\ \midrule \multirow{2}{*}{Old} & east & 9 & 12 \\"
        r" & west & 8 & 11 \\ \bottomrule \end{tabular}",
    )
    assert text == (
        "Pier: Old · Side: east · Feet low: 9 · Feet high: 12\n\n"
        "Pier: Old · Side: west · Feet low: 8 · Feet high: 11"
    )


def test_code_keeps_its_lines_and_its_language(parsers: Parsers) -> None:
    text = read(parsers, "\\begin{lstlisting}[language=bash]\nmake % it\n\\end{lstlisting}")
    assert text == "```bash\nmake % it\n```"


@pytest.mark.parametrize(
    "body",
    [
        "\\begin{itemize} \\item one",
        "{" * 5000 + "x",
        "\\textbf{",
        "$x",
        "\\footnote{" * 500 + "x" + "}" * 500,
        "\\begin{tabular}{l} a",
        "\\" * 999 + " x",
    ],
)
def test_what_never_ends_is_read_or_refused(parsers: Parsers, body: str) -> None:
    try:
        content = parsers.read(f"Word. {body}".encode(), "a.tex")
    except UnreadableError as error:
        fit_for_people(error)
    else:
        assert text_of(content).startswith("Word.")
