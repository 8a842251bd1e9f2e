"""A good file of every kind and dialect, to be damaged: specimens, seeds, and archives of them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

from tests.support.formats import zips
from tests.support.formats.damaged import damage
from tests.support.formats.specimens import Specimen, specimens

SEEDS = Path(__file__).parent / "seeds"
COMMIT = "4f2c" * 10
# What begins the names of kinds that are archives.
PACKED = "archive"


@cache
def good_files() -> Mapping[str, Specimen]:
    """The files, by the names of their kinds: "pdf", "hugo.md", "archive of notion"."""
    seeds = {path.name: Specimen(path.name, path.read_bytes()) for path in _seeds()}
    return {**specimens(), **seeds, **{f"{PACKED} of {name}": file for name, file in _archives()}}


def _seeds() -> list[Path]:
    return sorted(path for path in SEEDS.iterdir() if path.is_file())


def damaged_file(kind: str, number: int, seed: int) -> Specimen:
    """The file of a number among the damaged ones of a kind."""
    random = Random(f"{seed} {kind} {number}")
    good = good_files()[kind]
    others = [good_files()[path.name].data for path in _seeds()]
    return good._replace(data=damage(good.data, random, others))


def _archives() -> Iterator[tuple[str, Specimen]]:
    seeds = {path.name: path.read_text(encoding="utf-8") for path in _seeds()}
    files = {f"docs/{name}": text for name, text in seeds.items()}
    yield "files.zip", Specimen("files.zip", zips.archive(files))
    yield "files.tar", Specimen("files.tar", zips.tar(files, {"docs/link.md": "hugo.md"}))
    yield "files.tar.gz", Specimen("files.tar.gz", zips.tar(files, packed=True))
    yield "text.gz", Specimen("a.txt.gz", _gzip(seeds["server.log"]))
    repository = {f"boats-{COMMIT}/{name}": text for name, text in seeds.items()}
    repository[f"boats-{COMMIT}/README.md"] = "# Boats\n\nhttps://github.com/boats/boats\n"
    yield "github", Specimen("boats.zip", zips.archive(repository))
    yield "notion", Specimen("Export.zip", zips.archive(_notion(seeds["notion.md"])))
    yield "slack", Specimen("Boats Slack export.zip", zips.archive(SLACK))
    yield "confluence", Specimen("Confluence-export.zip", zips.archive(CONFLUENCE))
    yield "mkdocs", Specimen("site.zip", zips.archive(MKDOCS | {"docs/a.md": seeds["mkdocs.md"]}))
    pages = {"docs/a.mdx": seeds["docusaurus.mdx"], "docs/guide/b.md": seeds["mdbook.md"]}
    yield "docusaurus", Specimen("site.zip", zips.archive(DOCUSAURUS | pages))
    vault = {".obsidian/app.json": "{}", "Fees.md": seeds["obsidian.md"], "Draw.canvas": "{}"}
    yield "obsidian", Specimen("vault.zip", zips.archive(vault))
    yield "wiki", Specimen("wiki.xml", WIKI.format(text=seeds["mediawiki.wiki"][:400]).encode())


def _gzip(text: str) -> bytes:
    import gzip

    return gzip.compress(text.encode(), mtime=0)


def _notion(page: str) -> dict[str, str | bytes]:
    key = "3f2c8d1e9a7b4c5d8e6f0a1b2c3d4e5f"
    inside: dict[str, str | bytes] = {
        f"Team plan {key}.md": page,
        f"Team plan/Tasks {key}.csv": "Name,Due\nSweep,2026-03-04\n",
        f"Team plan/Tasks {key}/Sweep {key}.md": "# Sweep\n\nDue: March 4, 2026\n\nThe deck.\n",
    }
    return {"ExportBlock-1-Part-1.zip": zips.archive(inside), **inside}


SLACK = {
    "users.json": '[{"id": "U1", "name": "ann", "profile": {"display_name": "Ann Lee"}}]',
    "channels.json": '[{"id": "C1", "name": "fees", "purpose": {"value": "What it costs"}}]',
    "fees/2026-03-04.json": '[{"type": "message", "user": "U1", "ts": "1772618400.1", '
    '"text": "Twenty <@U1> &amp; <https://a.example|here>", "thread_ts": "1772618400.1", '
    '"replies": [{"user": "U1", "ts": "1772618401.1"}]}, {"type": "message", "user": "U1", '
    '"ts": "1772618401.1", "thread_ts": "1772618400.1", "text": "*Each*", "files": '
    '[{"name": "a.png"}], "blocks": [{"type": "rich_text", "elements": []}]}]',
}
CONFLUENCE = {
    "POT/index.html": "<html><head><title>Pottery (POT)</title></head><body>Pages</body></html>",
    "POT/Fire_65602.html": "<!DOCTYPE html><html><head><title>Pottery : Fire</title></head><body>"
    '<div id="main"><div id="main-header"><ol id="breadcrumbs"><li><a href="index.html">Pottery'
    '</a></li></ol><h1 id="title-heading"><span id="title-text">Pottery : Fire</span></h1></div>'
    '<div id="content"><div class="page-metadata">Created by <span class="author">Ada</span> on '
    'May 01, 2026</div><div id="main-content" class="wiki-content"><p>Fire slowly.</p></div>'
    '<div class="pageSection"><h2 id="attachments">Attachments:</h2><a href="attachments/65602/'
    '65609.txt">Plan.txt</a></div></div></div></body></html>',
    "POT/attachments/65602/65609.txt": "First the bisque, then the glaze.",
}
MKDOCS = {
    "mkdocs.yml": "site_name: Lamps\ndocs_dir: docs\nnav:\n  - Home: index.md\n  - Guide:\n"
    "    - a.md\n    - 'By night': b.md\nplugins: !ENV [X, search]\n"
    "markdown_extensions:\n  - x: !!python/name:a.b\n",
    "docs/index.md": "# Lamps\n\nThey shine.\n",
    "docs/b.md": "# Night\n\nDark.\n",
}
DOCUSAURUS = {
    "docusaurus.config.js": "module.exports = { title: 'Pumps' };",
    "package.json": '{"name": "pumps"}',
    "sidebars.js": "// The sidebars\nmodule.exports = { docs: ['a', { type: 'category', label: "
    "'The guide', items: ['guide/b', { type: 'doc', id: 'a', label: \"Pumps\" }] }], };",
    "docs/guide/_category_.json": '{"label": "Guides", "position": 2}',
    "docs/_part.md": "A part.",
}
WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
<siteinfo><sitename>Boats</sitename><namespaces><namespace key="0" /><namespace key="1">Talk\
</namespace></namespaces></siteinfo>
<page><title>Gull</title><ns>0</ns><id>1</id><revision><id>2</id><timestamp>2026-03-04T10:00:00Z\
</timestamp><text xml:space="preserve"><![CDATA[{text}]]></text></revision></page>
<page><title>Tern</title><ns>0</ns><id>3</id><redirect title="Gull" /><revision><text>#REDIRECT \
[[Gull]]</text></revision></page></mediawiki>"""
