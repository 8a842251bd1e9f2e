#!/usr/bin/env bash
# Chroma 1.5.9, embedded, one process and one thread of one's own: Collection.modify() now and then
# raises InternalError, "database is locked" (SQLite's code 5), at once and not after a timeout, where
# records were changed just before. A thread of Chroma's own still tidies up in the same SQLite file;
# modify reads and then writes in one transaction, for which SQLite doesn't wait. add(), delete() and
# query() were never seen to. Tried again some hundredths of a second later, it goes through. Seen:
# about one in ten of rounds of add, delete, stop, start, modify.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet chromadb==1.5.9
"$folder/venv/bin/python" - "$folder/home" <<'PYTHON'
import sys

import numpy as np
from chromadb import Collection
from chromadb.api.rust import RustBindingsAPI
from chromadb.config import Settings, System
from chromadb.errors import InternalError

ROUNDS = 300
random, seen = np.random.default_rng(7), ""


def started():
    settings = Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=sys.argv[1])
    system = System(settings)
    api = system.instance(RustBindingsAPI)
    system.start()
    return system, api


system, api = started()
for round in range(ROUNDS):
    name = f"notes-{round % 3}"

    def notes():
        model = api.get_or_create_collection(name, configuration={"hnsw": {"space": "cosine"}})
        return Collection(client=api, model=model, embedding_function=None)

    ids = [f"{round}-{n}" for n in range(4)]
    notes().add(ids=ids, embeddings=random.normal(size=(4, 384)).astype(np.float32))
    notes().delete(ids=ids[:2])
    try:
        for threshold in (2, 1000):
            api._modify(notes().id, new_configuration={"hnsw": {"sync_threshold": threshold}})
            system.stop()
            system, api = started()
            notes().get(limit=1, include=["embeddings"])
    except InternalError as error:
        seen = str(error)
        break
system.stop()
print(f"round {round}: {seen or 'never locked'}")
assert "database is locked" in seen, "modify waits for Chroma's own writing by now"
PYTHON
