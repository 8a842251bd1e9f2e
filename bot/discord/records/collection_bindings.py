"""The record of who may read a server's collections: by channels, and by roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.discord.language.translation import N_

from .activity_file import ActivityTables

# The name of the record in errors.
BINDINGS = N_("collections")

Kind = Literal["channel", "role"]


@dataclass(frozen=True, slots=True)
class Binding:
    """Whoever sees one of the channels, or has one of the roles, may read a collection."""

    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()

    def with_targets(self, kind: Kind, targets: Iterable[int]) -> "Binding":
        """The same with other channels, or with other roles."""
        chosen = frozenset(targets)
        return replace(self, channels=chosen) if kind == "channel" else replace(self, roles=chosen)


class CollectionBindings(ActivityTables):
    """The record, in the home's `activity.db`. Any thread may use it.

    It is held in memory, as each question goes by it. `bind` and `forget` raise RecordError where
    the file can't be written; then nothing has changed.
    """

    what = BINDINGS

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises FootnoteError if it can't."""
        super().__init__(path)
        with self._using():
            rows = self._connection.execute(
                "SELECT server, collection, kind, target FROM collection_bindings"
            ).fetchall()
        self._bound: dict[int, dict[str, Binding]] = {}
        for server, collection, kind, target in rows:
            known = self._bound.setdefault(server, {})
            before = known.get(collection, Binding())
            targets = before.channels if kind == "channel" else before.roles
            known[collection] = before.with_targets(kind, targets | {target})

    def of(self, server: int) -> Mapping[str, Binding]:
        """The bindings of a server's collections, by their stores."""
        return self._bound.get(server, {})

    def bind(self, server: int, collection: str, binding: Binding) -> None:
        """Have a collection read by these, and by nobody else that was named before."""
        targets = [("channel", id) for id in binding.channels]
        targets += [("role", id) for id in binding.roles]
        with self._using():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._delete(server, collection)
                self._connection.executemany(
                    "INSERT INTO collection_bindings VALUES (?, ?, ?, ?)",
                    ((server, collection, kind, id) for kind, id in targets),
                )
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            # Put in place whole: a question may be reading the one before.
            others = {name: one for name, one in self.of(server).items() if name != collection}
            self._bound[server] = {**others, **({collection: binding} if targets else {})}

    def forget(self, server: int, collection: str) -> None:
        """Forget who may read a collection, as it is gone."""
        self.bind(server, collection, Binding())

    def _delete(self, server: int, collection: str) -> None:
        self._connection.execute(
            "DELETE FROM collection_bindings WHERE server = ? AND collection = ?",
            [server, collection],
        )
