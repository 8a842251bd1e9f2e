#!/usr/bin/env bash
# tokenizers 0.23.3: a Unigram model of 250,000 word pieces, the size of XLM-RoBERTa's vocabulary and so
# of every multilingual-e5, bge-m3 and gte-multilingual, takes more than a hundred times the bytes of its
# pieces in memory: its look-up is a tree with a hash map in each node, built anew at each start.
# sentencepiece 0.2.3 holds the same pieces in a quarter of that. Where a service embeds a question at a
# time, the tokenizer is larger than the model behind it (multilingual-e5-small: 85 MB of layers).
# Seen: pieces 1.6 MB, tokenizers +262 MB, sentencepiece +63 MB; with multilingual-e5-small's own pieces
# tokenizers +247 MB, sentencepiece +33 MB.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tokenizers==0.23.3 sentencepiece==0.2.3
cat > "$folder/try.py" <<'PYTHON'
import random
import struct
import sys


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def varint(number):
    found = b""
    while number > 127:
        found, number = found + bytes([number & 127 | 128]), number >> 7
    return found + bytes([number])


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


chance = random.Random(7)
letters = "abcdefghijklmnopqrstuvwxyz"
words = {"".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(400_000)}
pieces = ["<unk>", *sorted(words)[:250_000]]
scores = [0.0, *(-chance.uniform(5, 14) for _ in pieces[1:])]
if sys.argv[1] == "tokenizers":
    from tokenizers import Tokenizer, models

    before = resident()
    made = Tokenizer(models.Unigram(list(zip(pieces, scores)), unk_id=0))
else:
    import sentencepiece

    # The model's file, written down: pieces with their scores and kinds, then what it is.
    parts = [
        field(1, field(1, piece.encode()) + b"\x15" + struct.pack("<f", score)
              + (b"\x18\x02" if piece == "<unk>" else b""))
        for piece, score in zip(pieces, scores)
    ]
    numbers = {40: 0, 41: 2**64 - 1, 42: 2**64 - 1, 43: 2**64 - 1}
    trainer = varint(3 << 3) + b"\x01" + b"".join(varint(k << 3) + varint(v) for k, v in numbers.items())
    proto = b"".join([*parts, field(2, trainer), field(3, field(1, b"identity"))])
    before = resident()
    made = sentencepiece.SentencePieceProcessor(model_proto=proto)
grown = resident() - before
size = sum(map(len, pieces)) / 1e6
print(f"{sys.argv[1]}: pieces {size:.1f} MB, memory +{grown:.0f} MB, {grown / size:.0f} times")
if sys.argv[1] == "tokenizers":
    assert grown > 100 * size, "tokenizers holds a vocabulary in less memory now"
else:
    assert grown < 100 * size, "sentencepiece takes more memory for a vocabulary now"
PYTHON
for library in tokenizers sentencepiece; do "$folder/venv/bin/python" "$folder/try.py" "$library"; done
