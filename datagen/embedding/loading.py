"""Loading a text model: ONNX Runtime where it is installed and the model is of the plain kind, else as it comes."""

from functools import lru_cache

from datagen.embedding.encoder import Way
from datagen.embedding.exported import exported_way
from datagen.embedding.models import EmbeddingModel
from datagen.embedding.sentences import sentence_way


def fastest_way(model: EmbeddingModel, texts: int) -> Way:
    """The faster of the ways that can be had for so many texts; both give the same vectors (cosine above 0.99999).

    Both run in float32 and on one thread: on a busy machine a second one makes them slower, and the number of
    threads decides the last bits of a vector. Weights of 8 bits are not offered: they flip decisions near a threshold.

    Raises:
        MissingExtra: sentence-transformers is not installed.
        WorkFailed: The model cannot be loaded.
    """
    return exported_way(model, texts) or _loaded(model)


@lru_cache(maxsize=1)
def _loaded(model: EmbeddingModel) -> Way:
    """Loaded once in a process: it takes longer than embedding a thousand statements."""
    return sentence_way(model)
