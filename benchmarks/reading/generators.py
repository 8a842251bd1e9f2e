"""Build the pages in `sites/` with the generators that communities use."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SITES = Path(__file__).parent / "sites"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a site that was built."""

    generator: str
    site: Path
    path: str


def _run(command: Iterable[str | Path], folder: Path, **environment: str) -> None:
    done = subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{done.args} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def _sources(name: str, into: Path, shared: bool = True) -> list[str]:
    """Copy a generator's pages, and those that all share; return their names without suffixes."""
    into.mkdir(parents=True, exist_ok=True)
    own = [path for path in (SITES / name).iterdir() if path.suffix in (".md", ".mdx")]
    copied = [*own, *((SITES / "shared").glob("*.md") if shared else ())]
    for path in copied:
        shutil.copy(path, into)
    return sorted(path.stem for path in copied)


def _pages(name: str, site: Path, stems: Iterable[str], form: str = "{}/index.html") -> list[Page]:
    return [Page(name, site, form.format(stem)) for stem in stems]


def mkdocs(folder: Path, tools: Path) -> list[Page]:
    """MkDocs with the theme Material."""
    stems = _sources("mkdocs", folder / "docs")
    shutil.copy(SITES / "mkdocs" / "mkdocs.yml", folder)
    _run([tools / "venv/bin/python", "-m", "mkdocs", "build", "-q"], folder)
    return _pages("mkdocs", folder / "site", stems)


def sphinx(folder: Path, tools: Path) -> list[Page]:
    """Sphinx with three themes, each with the same pages."""
    pages = []
    stems = _sources("sphinx", folder)
    for path in (SITES / "sphinx").glob("*.rst"):
        shutil.copy(path, folder)
        stems.append(path.stem)
    shutil.copy(SITES / "sphinx" / "conf.py", folder)
    (folder / "index.md").write_text(
        "# Boat museum\n\n```{toctree}\n" + "\n".join(stems) + "\n```\n"
    )
    for theme in ("alabaster", "furo", "sphinx_rtd_theme"):
        out = folder / f"_{theme}"
        command: list[str | Path] = [tools / "venv/bin/python", "-m", "sphinx", "-q", ".", out]
        _run(command, folder, SPHINX_THEME=theme)
        pages += _pages(f"sphinx-{theme}", out, stems, "{}.html")
    return pages


def docusaurus(folder: Path, tools: Path) -> list[Page]:
    """Docusaurus with its classic theme, pages of MDX and of Markdown."""
    stems = _sources("docusaurus", folder / "docs")
    shutil.copy(SITES / "docusaurus" / "docusaurus.config.js", folder)
    (folder / "package.json").write_text('{"name": "pages", "private": true}')
    (folder / "node_modules").symlink_to(tools / "docusaurus" / "node_modules")
    _run(["npx", "docusaurus", "build"], folder, NODE_ENV="production")
    return _pages("docusaurus", folder / "build", stems)


def vitepress(folder: Path, tools: Path) -> list[Page]:
    """VitePress with its default theme."""
    stems = _sources("vitepress", folder)
    (folder / ".vitepress").mkdir()
    shutil.copy(SITES / "vitepress" / "config.mjs", folder / ".vitepress")
    (folder / "package.json").write_text('{"name": "pages", "private": true, "type": "module"}')
    (folder / "node_modules").symlink_to(tools / "vitepress" / "node_modules")
    _run(["npx", "vitepress", "build"], folder)
    return _pages("vitepress", folder / ".vitepress" / "dist", stems, "{}.html")


def hugo(folder: Path, _: Path) -> list[Page]:
    """Hugo with short codes as its themes have them."""
    shutil.copytree(SITES / "hugo", folder)
    stems = _sources("hugo", folder / "content")
    for path in (folder / "content").glob("*.md"):
        if not (text := path.read_text()).startswith("---"):
            path.write_text(f"---\nheading: false\n---\n{text}")
    _run(["hugo", "--quiet", "--buildFuture"], folder)
    return _pages("hugo", folder / "public", stems)


def asciidoctor(folder: Path, _: Path) -> list[Page]:
    """Asciidoctor's own pages."""
    shutil.copytree(SITES / "asciidoctor", folder)
    stems = sorted(path.stem for path in folder.glob("*.adoc"))
    _run(["asciidoctor", *(f"{stem}.adoc" for stem in stems)], folder)
    return _pages("asciidoctor", folder, stems, "{}.html")


def pandoc(folder: Path, _: Path) -> list[Page]:
    """Pandoc's own pages."""
    stems = _sources("pandoc", folder)
    for stem in stems:
        _run(["pandoc", "-s", "--toc", f"{stem}.md", "-o", f"{stem}.html"], folder)
    return _pages("pandoc", folder, stems, "{}.html")


GENERATORS: Mapping[str, Callable[[Path, Path], list[Page]]] = {
    each.__name__: each
    for each in (mkdocs, sphinx, docusaurus, vitepress, hugo, asciidoctor, pandoc)
}
