"""Images and texts as vectors of one space, by any CLIP or SigLIP model that the user has."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from datagen.embedding.cache import EmbeddingCache
from datagen.embedding.models import EmbeddingModel
from schemas.errors import WorkFailed
from schemas.text import LONE_SURROGATE, plain

if TYPE_CHECKING:
    from datagen.embedding.contrastive import ContrastiveModel

Item = TypeVar("Item")

BATCH = 16
MAX_MEGAPIXELS = 100.0


class Picture(NamedTuple):
    """An image at hand."""

    ref: str
    path: Path


class ImageEncoder:
    """Makes vectors of images, and of texts to be compared with them; the model is loaded when it is first needed."""

    def __init__(
        self, model: EmbeddingModel, *, cache: EmbeddingCache | None = None, max_megapixels: float = MAX_MEGAPIXELS
    ) -> None:
        """An encoder.

        Args:
            model: Where its weights are.
            cache: Where vectors are looked for first, and kept.
            max_megapixels: Larger images are not decoded.
        """
        self.name, self.mark = model.name, model.mark
        self._model, self._cache, self._max_pixels = model, cache, int(max_megapixels * 1_000_000)
        self._loaded: ContrastiveModel | None = None

    def encode(
        self, pictures: Sequence[Picture], *, on_progress: Callable[[int], None] = lambda _: None
    ) -> NDArray[np.float32]:
        """Vectors of images, each different one once.

        Args:
            pictures: The images; equal references are one image.
            on_progress: Called with how many more different images are done.

        Returns:
            (n, dim) float32, L2-normalised, in the pictures' order; (0, 0) for none.

        Raises:
            UnreadableFile: An image is missing, does not decode or is too large, or the model is not of this sort.
            MissingExtra: What is needed to run the model is not installed.
            WorkFailed: The model gives an image no usable vector, or cannot be loaded.
            BadRunFolder: The cache is damaged.
        """
        known = {picture: self._key("image", picture.ref) for picture in dict.fromkeys(pictures)}
        return self._rows(pictures, known, self._image_vectors, on_progress)

    def encode_texts(
        self, texts: Sequence[str], *, on_progress: Callable[[int], None] = lambda _: None
    ) -> NDArray[np.float32]:
        """Vectors of texts in the images' space; a text too long for the model counts with what fits.

        Returns:
            (n, dim) float32, L2-normalised, in the texts' order; (0, 0) for none.

        Raises:
            As :meth:`encode`.
        """
        known = {text: self._key("caption", text) for text in dict.fromkeys(texts)}
        return self._rows(texts, known, self._text_vectors, on_progress)

    def _rows(
        self,
        wanted: Sequence[Item],
        keys: dict[Item, bytes],
        compute: Callable[[list[Item]], NDArray[np.float32]],
        on_progress: Callable[[int], None],
    ) -> NDArray[np.float32]:
        if not wanted:
            return np.empty((0, 0), np.float32)
        known = self._cache.find(list(keys.values())) if self._cache else {}
        missing = [one for one, key in keys.items() if key not in known]
        on_progress(len(keys) - len(missing))
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            new = dict(zip([keys[one] for one in batch], self._unit(compute(batch), batch), strict=True))
            if self._cache:
                self._cache.add(new)
            known.update(new)
            on_progress(len(batch))
        return np.stack([known[keys[one]] for one in wanted])

    def _image_vectors(self, pictures: list[Picture]) -> NDArray[np.float32]:
        from datagen.embedding.decoding import decoded

        return self._model_at_work().images([decoded(one.path, self._max_pixels) for one in pictures])

    def _text_vectors(self, texts: list[str]) -> NDArray[np.float32]:
        return self._model_at_work().texts([LONE_SURROGATE.sub("\ufffd", text) for text in texts])

    def _model_at_work(self) -> "ContrastiveModel":
        if self._loaded is None:
            from datagen.embedding.contrastive import load_contrastive

            self._loaded = load_contrastive(self._model.folder)
        return self._loaded

    def _unit(self, found: NDArray[np.float32], batch: Sequence[object]) -> NDArray[np.float32]:
        lengths = np.linalg.norm(found, axis=1)
        wrong = np.flatnonzero(~((lengths > 1e-6) & np.isfinite(lengths)))
        if len(wrong):
            raise WorkFailed(
                f"the image model gives no usable vector for {plain(str(batch[int(wrong[0])]), limit=120)}",
                where=str(self._model.folder),
                fix="Its weights are damaged, or not made for this: take another --image-model.",
            )
        return np.ascontiguousarray(found / lengths[:, None], dtype=np.float32)

    def _key(self, sort: str, content: str) -> bytes:
        return hashlib.sha256(f"{sort}\x00{self.mark}\x00{content}".encode("utf-8", "surrogatepass")).digest()
