"""Texts and images as vectors of length 1: by models that run here, each text and image once.

In: texts, image files, the run folder's cache. Out: (n, dim) float32 rows whose dot products are cosines, and of
pairs the rows that say what each is about. Models load when the first vector is not in the cache.
"""

from datagen.embedding.cache import CACHE_FILE, EmbeddingCache
from datagen.embedding.encoder import Encoder, TextEncoder
from datagen.embedding.images import ImageEncoder, Picture
from datagen.embedding.models import DEFAULT_TEXT_MODEL, EmbeddingModel, find_image_model, find_text_model
from datagen.embedding.pair_text import Claims, claims_in
from datagen.embedding.pair_vectors import PairVectors, pair_vectors

__all__ = [
    "CACHE_FILE",
    "DEFAULT_TEXT_MODEL",
    "Claims",
    "EmbeddingCache",
    "EmbeddingModel",
    "Encoder",
    "ImageEncoder",
    "PairVectors",
    "Picture",
    "TextEncoder",
    "claims_in",
    "find_image_model",
    "find_text_model",
    "pair_vectors",
]
