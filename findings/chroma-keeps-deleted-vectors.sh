#!/usr/bin/env bash
# Chroma 1.5.9, embedded: what a collection deletes stays in its files. The vector of a deleted record
# stands, all its bytes, in the index (data_level0.bin) and in chroma.sqlite3, in whose queue it waited
# to be indexed: the one marks what is deleted, the other frees pages and overwrites nothing. A start
# from anew changes neither. Seen: the bytes of the deleted vector in both files, by a search of all
# files, after the delete and after a start from anew, while get() gives nothing.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet chromadb==1.5.9
cat > "$folder/try.py" <<'PYTHON'
import pathlib
import sys

import chromadb
import numpy as np

step, home = sys.argv[1], pathlib.Path(sys.argv[2])
vectors = np.random.default_rng(7).normal(size=(40, 64)).astype(np.float32)
settings = chromadb.Settings(anonymized_telemetry=False)
client = chromadb.PersistentClient(path=str(home), settings=settings)
if step == "add":
    made = client.create_collection(
        "notes",
        embedding_function=None,
        configuration={"hnsw": {"space": "l2", "sync_threshold": 10, "batch_size": 5}},
    )
    made.add(ids=[str(n) for n in range(40)], embeddings=vectors)
    made.get(limit=1, include=["embeddings"])
elif step == "delete":
    client.get_collection("notes", embedding_function=None).delete(ids=["3"])
notes = client.get_collection("notes", embedding_function=None)
notes.query(query_embeddings=vectors[:1], n_results=3)
holding = [p.name for p in home.rglob("*") if p.is_file() and vectors[3].tobytes() in p.read_bytes()]
print(step, "| records:", notes.count(), "| get:", notes.get(ids=["3"])["ids"], "| files:", holding)
if step != "add":
    assert notes.get(ids=["3"])["ids"] == []
    assert holding, "Chroma leaves nothing of a deleted vector any more"
PYTHON
for step in add delete again; do "$folder/venv/bin/python" "$folder/try.py" "$step" "$folder/home"; done
