"""The archive of a repository: its paths without the folder around all, and links to its files.

What `git archive` writes, and so what GitHub gives, says in its comment which commit it is of.
"""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from retrieval.reading.collection.collection import Entry, Holding

COMMIT = re.compile(r"[0-9a-f]{40}")
ROOT = re.compile(r"(?P<name>.+)-(?P<commit>[0-9a-f]{7,40})")
ADDRESS = re.compile(
    r"https?://(?:www\.|codeload\.|api\.)?github\.com/(?:repos/)?([\w.-]+)/([\w.-]+)/",
    re.IGNORECASE,
)
NAMED = re.compile(
    rb"github\.com[/:]([A-Za-z0-9-]{1,39})/([\w.-]{1,100}?)(?:\.git)?(?=[^\w.-]|\.?\Z|\.\s)"
)
# Files in which a project says where it lies.
TELLING = re.compile(
    r"(?:readme|contributing|package|pyproject|cargo|mkdocs|docusaurus\.config|_config|antora|book"
    r"|composer|setup|changelog)\.\w{2,4}",
    re.IGNORECASE,
)
LONGEST_TELLING = 512 * 1024
LOCKS = frozenset(("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml"))


def arrange_repository(holding: Holding) -> None:
    """Take the folder off that all files of a repository lie in, and link each to its place."""
    root = _root(holding)
    named = ROOT.fullmatch(root)
    commit = holding.comment if COMMIT.fullmatch(holding.comment) else ""
    if not root or not (commit or named):
        return
    for files in (holding.entries, holding.others):
        files[:] = [entry.at(entry.path.removeprefix(f"{root}/")) for entry in files]
    holding.hidden = frozenset(path.removeprefix(f"{root}/") for path in holding.hidden)
    holding.leave_out("lock file", lambda entry: entry.name in LOCKS)
    commit = commit or (named["commit"] if named else "")
    if place := _place(holding, root):
        link = f"https://github.com/{place}/blob/{commit}/"
        holding.entries = [entry.told(link=link + quote(entry.path)) for entry in holding.entries]


def _root(holding: Holding) -> str:
    """The one folder that everything lies in, or ""."""
    tops = {entry.path.partition("/")[0] for entry in (*holding.entries, *holding.others)}
    [root, *others] = tops or {""}
    inside = all("/" in entry.path for entry in (*holding.entries, *holding.others))
    return root if not others and inside else ""


def _place(holding: Holding, root: str) -> str:
    """The owner and the name of the repository: told by the address, or by what its files say."""
    if fetched := ADDRESS.match(holding.address):
        return f"{fetched[1]}/{fetched[2]}"
    found = Counter[str]()
    for owner, name in _named(holding):
        whole = root.lower()
        if (
            whole.startswith((f"{name}-".lower(), f"{owner}-{name}-".lower()))
            or whole == name.lower()
        ):
            found[f"{owner}/{name}"] += 1
    return found.most_common(1)[0][0] if found else ""


def _named(holding: Holding) -> Iterator[tuple[str, str]]:
    telling = (entry for entry in (*holding.entries, *holding.others) if _tells(entry))
    for entry in telling:
        for owner, name in NAMED.findall(holding.read(entry, LONGEST_TELLING)):
            yield owner.decode(), name.decode()


def _tells(entry: Entry) -> bool:
    return not entry.folder and TELLING.fullmatch(entry.name) is not None
