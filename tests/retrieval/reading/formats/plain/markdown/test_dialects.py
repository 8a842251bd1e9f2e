"""Every dialect of Markdown reads as its page does: marks, tags and remarks are out of sight."""

import pytest

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markdown.markdown import read_markdown


def seen(source: str) -> str:
    """Return what a reader of some Markdown sees."""
    gathering = Gathering(100_000)
    read_markdown(source, gathering)
    return gathering.text()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # GitHub
        ("Boats ~~leave at six~~ leave at ten.", "Boats leave at ten."),
        ("> [!WARNING]\n> The pier is slippery.", "The pier is slippery."),
        ("- [x] Sweep\n- [ ] Mop", "- Sweep\n- Mop"),
        ("See [the map][m].\n\n[m]: https://map.example/a", "See the map."),
        ("Tea<!-- not for guests --> is free.", "Tea is free."),
        ("<div>Tea\x0b is\x01 free.</div>", "Tea is free."),
        ("Area: 10<sup>6</sup> m<sup>2</sup>.", "Area: 10⁶ m²."),
        ("Press <kbd>Ctrl</kbd>+<kbd>S</kbd>.", "Press Ctrl+S."),
        ("Due <del>Monday</del> Tuesday.", "Due Tuesday."),
        ("[![Build](https://ci.example/badge.svg)](https://ci.example)\n\nReal.", "Real."),
        ("![A plan of the harbour](plan.png)", "A plan of the harbour"),
        ("![img](plan.png)\n\nReal.", "Real."),
        # Docusaurus, VitePress
        ("import Tabs from '@theme/Tabs';\n\n# Pumps\n\nThey hum.", "Pumps\n\nThey hum."),
        ("export const x = {\n  a: 1,\n};\n\nThey hum.", "They hum."),
        (":::note\n\nMind the step.\n\n:::", "Mind the step."),
        ("::: details Older pumps\nThey rattle.\n:::", "Older pumps:\n\nThey rattle."),
        ('<TabItem value="a" label="Amber">Hums.</TabItem>', "Amber:\n\nHums."),
        ("<Steps>\n    <Step>\n        Turn it on.\n    </Step>\n</Steps>", "Turn it on."),
        ("Rooms {/* ask Ann */} are warm.", "Rooms are warm."),
        ('```js title="pump.js"\non()\n```', "pump.js:\n\n```js\non()\n```"),
        ("## Costs {#costs}\n\nTwo.", "Costs\n\nTwo."),
        # MkDocs Material
        (
            '!!! tip "At night"\n    Use the torch.\n\nBy day it rests.',
            "At night:\n\nUse the torch.\n\nBy day it rests.",
        ),
        ("??? note\n    Folded away.", "Folded away."),
        (
            '=== "Linux"\n\n    Run it.\n\n=== "Mac"\n\n    Open it.',
            "Linux:\n\nRun it.\n\nMac:\n\nOpen it.",
        ),
        ("A button[^1].\n\n[^1]: A round one.", "A button.\n\nA round one."),
        ("Press ++ctrl+k++ for C++ or G++.", "Press ctrl+k for C++ or G++."),
        ("Oars :material-rowing: cost :fontawesome-solid-coins: 2:30.", "Oars cost 2:30."),
        ("Kettle\n:   A pot for water.", "Kettle: A pot for water."),
        ("A para.\n{: .lead }", "A para."),
        # Hugo, Jekyll, GitBook
        ('{{< callout type="info" >}}Doors lock at ten.{{< /callout >}}', "Doors lock at ten."),
        ("{% highlight sh %}\nmake tea\n{% endhighlight %}", "```sh\nmake tea\n```"),
        ('{% hint style="info" %}\nBring a coat.\n{% endhint %}', "Bring a coat."),
        ('{% tab title="Old" %}\nSlow.\n{% endtab %}', "Old:\n\nSlow."),
        ('{{% notice warning "By night" %}}No lamps.{{% /notice %}}', "By night:\n\nNo lamps."),
        ('{{< tab "Old" >}}Slow.{{< /tab >}}', "Old:\n\nSlow."),
        ('{{< video "a1b2" >}}\n\nReal.', "Real."),
        ("Tea {{/* ask Ann */}}is free.", "Tea is free."),
        ("Tea.{% comment %}\nAsk Ann.\n{% endcomment %} Milk.{# Or Bo. #}", "Tea. Milk."),
        ('{% include note.html\n  content="Up to 50% off." %}', "Up to 50% off."),
        # Mintlify, mdBook
        ('<Card title="Cool" description="Two fans." />', "Cool:\n\nTwo fans."),
        (
            '<ParamField path="id" type="string">\nOn the door.\n</ParamField>',
            "id:\n\nOn the door.",
        ),
        ('{{#tabs}}\n{{#tab name="Old" }}\nSlow.\n{{#endtab}}\n{{#endtabs}}', "Old:\n\nSlow."),
        # Obsidian, Logseq
        ("Ask [[People/Ann|Ann]] or [[Bea]].", "Ask Ann or Bea."),
        ("See [[Rules#Fees]].", "See Rules › Fees."),
        ("![[sketch.png]] The ==red== door. %%check%%", "The red door."),
        ("> [!tip]- For guests\n> Knock twice.", "For guests:\n\nKnock twice."),
        ("- Rooms\n- {{query (todo now)}}\n- {{ rooms }}", "- Rooms\n- {{ rooms }}"),
        ("- Rooms\n  collapsed:: true\n  id:: 12-ab", "- Rooms"),
        # mdBook
        ("{{#include ../a.md}}\n\nShort.", "Short."),
    ],
)
def test_a_page_reads_as_its_reader_sees_it(source: str, text: str) -> None:
    assert seen(source) == text


@pytest.mark.parametrize(
    "code",
    ["`<Pump/>` and `{{< x >}}`", "```\nimport x from 'y'\n:::note\n<!-- kept -->\n```"],
)
def test_code_stays_as_it_stands(code: str) -> None:
    assert seen(code) == code.replace("`<", "<").replace("/>`", "/>").replace("`{", "{").replace(
        "}`", "}"
    )


def test_each_row_of_a_table_says_what_its_columns_are() -> None:
    table = "| Boat | Seats |\n|---|---:|\n| *Gull* | 12 |\n| Tern | 1&nbsp;000<br>or more |\n"
    assert seen(table) == "Boat: Gull · Seats: 12\n\nBoat: Tern · Seats: 1 000 or more"


def test_a_table_in_html_reads_like_any_other() -> None:
    table = "<table><tr><th>Boat</th><th>Seats</th></tr><tr><td>Gull</td><td>12</td></tr></table>"
    assert "Gull" in seen(table)
    assert "<t" not in seen(table)


def test_lists_keep_their_marks_numbers_and_depth() -> None:
    source = "3. Rinse\n4. Fill\n   - cold water\n\n     at most a litre\n5. Boil\n"
    assert seen(source) == "3. Rinse\n4. Fill\n  - cold water\n    at most a litre\n5. Boil"


def test_a_list_of_links_to_the_pages_own_headings_is_no_text() -> None:
    assert seen("- [Hours](#hours)\n- [Fees](#fees)\n\n## Hours\n\nTen.") == "Hours\n\nTen."
    assert "Elsewhere" in seen("- [Elsewhere](other.md)\n")


def test_a_bold_line_of_its_own_heads_what_follows() -> None:
    gathering = Gathering(1000)
    read_markdown(
        "**Opening hours**\n\nFrom ten.\n\n**Is it open?**\n\n**Never** on Sundays.", gathering
    )
    (part,) = gathering.content("markdown").parts
    assert [heading.title for heading in part.headings] == ["Opening hours"]


def test_a_summary_labels_what_it_folds_away() -> None:
    source = "<details>\n<summary>For <b>guests</b></summary>\n\nKnock.\n\n</details>\n"
    assert seen(source) == "For guests:\n\nKnock."


def test_front_matter_of_hugo_is_read_as_well() -> None:
    gathering = Gathering(1000)
    read_markdown('+++\ntitle = "Pumps"\ndate = 2025-03-01\n+++\nThey hum.', gathering)
    assert (gathering.title, gathering.date, gathering.text()) == (
        "Pumps",
        "2025-03-01",
        "They hum.",
    )
