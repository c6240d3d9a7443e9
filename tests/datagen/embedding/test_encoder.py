import importlib.util
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from datagen.embedding import EmbeddingCache, EmbeddingModel, TextEncoder, find_text_model
from datagen.embedding.encoder import BATCH, Way
from datagen.embedding.exported import AGREE, WORTH_IT, exported_way, exports
from datagen.embedding.sentences import sentence_way
from schemas.errors import WorkFailed
from tests.datagen.embedding.tiny_models import sentence_model

MODEL = EmbeddingModel(Path("nowhere"), "counted", "mark")
ODD = [
    "",
    " ",
    "a",
    "🐈‍⬛ 🇺🇦",
    "مرحبا بالعالم",
    "שלום\u202eabc",
    "\ud800 half",
    "x" * 20_000,
    "many words " * 4_000,
    "\x00",
]


class Counted:
    """A model that turns a text into a vector of its letters' counts, and remembers what it was asked."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def opened(self, model: EmbeddingModel) -> Way:
        return self.vectors

    def vectors(self, texts: list[str]) -> NDArray[np.float32]:
        self.batches.append(texts)
        return np.array([[1 + text.count("a"), 1 + len(text)] for text in texts], np.float32)


def test_every_different_text_is_embedded_once_longest_first() -> None:
    counted, told = Counted(), list[int]()
    texts = [f"{'a' * (number % 50)}b" for number in range(200)]
    found = TextEncoder(MODEL, opening=counted.opened).encode(texts, on_progress=told.append)
    asked = [text for batch in counted.batches for text in batch]
    assert asked == sorted(set(texts), key=len, reverse=True)
    assert all(len(batch) <= BATCH for batch in counted.batches)
    assert sum(told) == 50
    assert found.shape == (200, 2)
    assert found.dtype == np.float32
    assert np.array_equal(found[3], found[53])
    assert not np.array_equal(found[3], found[4])
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)


def test_what_the_cache_holds_needs_no_model(tmp_path: Path) -> None:
    def refuse(model: EmbeddingModel) -> Way:
        raise AssertionError("the model was opened")

    with EmbeddingCache(tmp_path / "embeddings.sqlite") as cache:
        first = TextEncoder(MODEL, cache=cache, opening=Counted().opened).encode(ODD)
        assert np.array_equal(TextEncoder(MODEL, cache=cache, opening=refuse).encode(ODD[::-1]), first[::-1])


def test_another_model_does_not_get_this_ones_vectors(tmp_path: Path) -> None:
    counted = Counted()
    with EmbeddingCache(tmp_path / "embeddings.sqlite") as cache:
        TextEncoder(MODEL, cache=cache, opening=counted.opened).encode(["a"])
        TextEncoder(MODEL._replace(mark="other"), cache=cache, opening=counted.opened).encode(["a"])
    assert counted.batches == [["a"], ["a"]]


def test_no_texts_need_no_model() -> None:
    assert TextEncoder(MODEL).encode([]).shape == (0, 0)


@pytest.mark.parametrize("worth", [0.0, np.nan, np.inf])
def test_a_vector_without_direction_is_refused_with_its_text(worth: float, tmp_path: Path) -> None:
    def opened(model: EmbeddingModel) -> Way:
        return lambda texts: np.array([[worth if text == "bad" else 1.0, 0.0] for text in texts], np.float32)

    with EmbeddingCache(tmp_path / "embeddings.sqlite") as cache:
        with pytest.raises(WorkFailed, match="“bad”"):
            TextEncoder(MODEL, cache=cache, opening=opened).encode(["good", "bad"])
        assert cache.find([TextEncoder(MODEL)._key("bad")]) == {}


class TestRealModel:
    def test_meaning_counts_and_odd_texts_pass(self) -> None:
        encoder = TextEncoder(find_text_model(), opening=sentence_way)
        cat, kitten, bus, *odd = encoder.encode(["A cat sleeps.", "A kitten is asleep.", "Two buses stop.", *ODD])
        assert cat @ kitten > 0.7 > 0.3 > cat @ bus
        assert np.allclose(np.linalg.norm(odd, axis=1), 1, atol=1e-5)

    def test_order_and_company_do_not_matter(self) -> None:
        encoder = TextEncoder(find_text_model(), opening=sentence_way)
        texts = [f"There are {number} keys." * (number % 3 + 1) for number in range(40)]
        together, alone = encoder.encode(texts), encoder.encode(texts[7:8])
        assert np.allclose(encoder.encode(texts[::-1])[::-1], together, atol=1e-6)
        assert np.allclose(together[7], alone[0], atol=1e-6)

    def test_a_model_that_cannot_be_loaded_says_so(self, tmp_path: Path) -> None:
        folder = sentence_model(tmp_path / "model")
        (folder / "config.json").write_text('{"model_type": "no-such-thing"}')
        with pytest.raises(WorkFailed, match="cannot be loaded"):
            TextEncoder(find_text_model(str(folder)), opening=sentence_way).encode(["a"])


needs_export = pytest.mark.skipif(
    importlib.util.find_spec("onnxscript") is None or importlib.util.find_spec("onnx") is None,
    reason="exporting takes onnx and onnxscript",
)


class TestOnnx:
    @pytest.fixture(autouse=True)
    def own_exports(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    @needs_export
    def test_agrees_with_sentence_transformers(self, tmp_path: Path) -> None:
        self.agree(find_text_model(str(sentence_model(tmp_path / "model"))))

    @needs_export
    @pytest.mark.slow
    def test_agrees_on_the_default_model(self) -> None:
        self.agree(find_text_model())

    def agree(self, model: EmbeddingModel) -> None:
        texts = [
            *ODD,
            *(f"The {thing} is left of the box. " * times for thing in ("cat", "12") for times in (1, 9, 60)),
        ]
        way = exported_way(model, WORTH_IT)
        assert way is not None
        ours = TextEncoder(model, opening=lambda _: way).encode(texts)
        theirs = TextEncoder(model, opening=sentence_way).encode(texts)
        assert np.einsum("ij,ij->i", ours, theirs).min() > AGREE

    def test_for_a_few_texts_none_is_made(self, tmp_path: Path) -> None:
        assert exported_way(find_text_model(str(sentence_model(tmp_path / "model"))), WORTH_IT - 1) is None
        assert not exports().exists()

    @needs_export
    @pytest.mark.slow
    def test_an_export_that_was_damaged_is_made_again(self, tmp_path: Path) -> None:
        model = find_text_model(str(sentence_model(tmp_path / "model")))
        exports().mkdir(parents=True)
        graph = exports() / f"{model.mark}.onnx"
        graph.write_bytes(b"damaged")
        assert exported_way(model, WORTH_IT) is not None
        assert graph.stat().st_size > 10_000

    def test_other_pooling_is_left_to_sentence_transformers(self, tmp_path: Path) -> None:
        folder = sentence_model(tmp_path / "model")
        (folder / "1_Pooling" / "config.json").write_text(
            '{"word_embedding_dimension": 32, "pooling_mode_cls_token": true}'
        )
        model = find_text_model(str(folder))
        assert exported_way(model, WORTH_IT) is None
        assert TextEncoder(model).encode(["a"]).shape == (1, 32)
