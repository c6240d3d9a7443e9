"""Texts as vectors, each different text once."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from datagen.embedding.cache import EmbeddingCache
from datagen.embedding.models import EmbeddingModel
from schemas.errors import WorkFailed
from schemas.text import LONE_SURROGATE, plain

Way = Callable[[list[str]], NDArray[np.float32]]
"""A loaded model: a batch of texts in, (n, dim) float32 out."""
Opening = Callable[[EmbeddingModel], Way]

BATCH = 32
KEPT_EVERY = 16  # batches; what a killed process loses at most


class Encoder(Protocol):
    """Whatever makes vectors of texts."""

    @property
    def mark(self) -> str:
        """What tells its vectors from any other encoder's."""

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] = ...) -> NDArray[np.float32]:
        """(n, dim) float32, L2-normalised, in the texts' order."""


class TextEncoder:
    """Makes vectors of texts; the model is loaded when the first text is not in the cache."""

    def __init__(
        self, model: EmbeddingModel, *, cache: EmbeddingCache | None = None, opening: Opening | None = None
    ) -> None:
        """An encoder.

        Args:
            model: Where its weights are.
            cache: Where vectors are looked for first, and kept; without one each call computes its own.
            opening: How the model is loaded; by default the faster way that can be had (:mod:`.loading`).
        """
        self.name, self.mark = model.name, model.mark
        self._model, self._cache, self._opening = model, cache, opening
        self._way: Way | None = None

    def encode(
        self, texts: Sequence[str], *, on_progress: Callable[[int], None] = lambda _: None
    ) -> NDArray[np.float32]:
        """Vectors of texts; a text too long for the model counts with what fits.

        The same text gives the same vector up to float32 rounding, about 1e-7 in a cosine: the texts that share
        its batch decide the last bits. With a cache it gives the same bits.

        Args:
            texts: Any, empty and hostile ones as well.
            on_progress: Called with how many more different texts are done; their sum is the number of these.

        Returns:
            (n, dim) float32, L2-normalised; (0, 0) for no texts, since the model need not be loaded for that.

        Raises:
            MissingExtra: What is needed to run the model is not installed.
            WorkFailed: The model gives a text no usable vector, or cannot be loaded.
            BadRunFolder: The cache is damaged.
        """
        if not texts:
            return np.empty((0, 0), np.float32)
        keys = {text: self._key(text) for text in dict.fromkeys(texts)}
        known = self._cache.find(list(keys.values())) if self._cache else {}
        on_progress(sum(key in known for key in keys.values()))
        missing = sorted((text for text, key in keys.items() if key not in known), key=lambda text: (-len(text), text))
        new: dict[bytes, NDArray[np.float32]] = {}
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            way = self._way = self._way or self._opened(len(missing))
            new.update(zip([keys[text] for text in batch], self._vectors(batch, way), strict=True))
            if len(new) >= BATCH * KEPT_EVERY:
                self._keep(new, known)
            on_progress(len(batch))
        self._keep(new, known)
        return np.stack([known[keys[text]] for text in texts])

    def _keep(self, new: dict[bytes, NDArray[np.float32]], known: dict[bytes, NDArray[np.float32]]) -> None:
        if self._cache and new:
            self._cache.add(new)
        known.update(new)
        new.clear()

    def _opened(self, texts: int) -> Way:
        from datagen.embedding.loading import fastest_way

        return self._opening(self._model) if self._opening else fastest_way(self._model, texts)

    def _vectors(self, batch: list[str], way: Way) -> NDArray[np.float32]:
        found = way([LONE_SURROGATE.sub("\ufffd", text) for text in batch])
        lengths = np.linalg.norm(found, axis=1)
        wrong = np.flatnonzero(~((lengths > 1e-6) & np.isfinite(lengths)))
        if len(wrong):
            raise WorkFailed(
                f"the embedding model gives no usable vector for the text “{plain(batch[int(wrong[0])], limit=80)}”",
                where=str(self._model.folder),
                fix="Its weights are damaged, or not made for this: take another --text-model.",
            )
        return np.ascontiguousarray(found / lengths[:, None], dtype=np.float32)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"text\x00{self.mark}\x00{text}".encode("utf-8", "surrogatepass")).digest()
