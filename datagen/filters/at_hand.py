"""The embedding models that a run of ``filter`` can use, and the vectors of its pairs."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datagen.filters.progress import Watching
from schemas.run import RunFolder

if TYPE_CHECKING:
    from datagen.embedding import EmbeddingCache, ImageEncoder, PairVectors, Picture, TextEncoder

NO_EXTRA = 'needs the embed extra: pip install "leadproof[embed]"'
NO_IMAGE_MODEL = "needs an image model: --image-model"


class AtHand:
    """Models for one command; as a context manager it closes their cache."""

    def __init__(self, run: RunFolder, *, text_model: str | None, image_model: str | None) -> None:
        """Find the models; nothing is loaded yet.

        Args:
            run: The run.
            text_model: A folder or id; None is the default one, which may be missing with its extra.
            image_model: A folder or id; None means that there is none.

        Raises:
            BadConfig: A model that was asked for is not to be had.
            MissingExtra: What a model that was asked for needs is not installed.
        """
        from datagen.embedding import DEFAULT_TEXT_MODEL, find_image_model, find_text_model

        self._run, self._closing = run, ExitStack()
        asked = text_model is not None or find_spec("sentence_transformers") is not None
        self._text = find_text_model(text_model or DEFAULT_TEXT_MODEL) if asked else None
        self._image = find_image_model(image_model) if image_model is not None else None

    def __enter__(self) -> Self:
        """The models."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the cache."""
        self._closing.close()

    def told(self) -> dict[str, str | None]:
        """Which models these are, as the stage's config says it."""
        return {
            "text model": self._text and f"{self._text.name} {self._text.mark}",
            "image model": self._image and f"{self._image.name} {self._image.mark}",
        }

    @cached_property
    def text(self) -> "TextEncoder | None":
        """The text model; None where its extra is not installed and none was asked for."""
        from datagen.embedding import TextEncoder

        return TextEncoder(self._text, cache=self._cache) if self._text else None

    @cached_property
    def image(self) -> "ImageEncoder | None":
        """The image model; None where none was asked for."""
        from datagen.embedding import ImageEncoder

        most = self._run.settings.ingest.max_megapixels
        return ImageEncoder(self._image, cache=self._cache, max_megapixels=most) if self._image else None

    def pictures(self) -> "dict[str, Picture]":
        """The images that are at hand, by reference."""
        from datagen.embedding import Picture

        rows = self._run.require("ingest").table("images", ["image", "path"]).to_pylist()
        return {row["image"]: Picture(row["image"], self._run.path / Path(row["path"])) for row in rows if row["path"]}

    @cached_property
    def _cache(self) -> "EmbeddingCache":
        from datagen.embedding import CACHE_FILE, EmbeddingCache

        return self._closing.enter_context(EmbeddingCache(self._run.path / CACHE_FILE))


class Space:
    """The vectors of pairs, computed when first asked for."""

    def __init__(self, pairs: pa.Table, models: AtHand, watching: Watching) -> None:
        """Of these pairs, by these models."""
        self._pairs, self._models, self._watching = pairs, models, watching
        self._known: PairVectors | None = None

    def learn(self, vectors: "PairVectors") -> None:
        """Take vectors that were computed of all the pairs, row for row."""
        self._known = vectors

    @property
    def there(self) -> bool:
        """Whether there is a model to compute them by."""
        return self._models.text is not None

    def of(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """(n, dim) float32, L2-normalised: the vectors of some of the pairs; there must be a model."""
        rows = [self._places[one] for one in ids]
        return self._vectors.joined(np.array(rows, np.int64))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {one: place for place, one in enumerate(self._pairs["pair_id"].to_pylist())}

    @property
    def _vectors(self) -> "PairVectors":
        if self._known is None:
            from datagen.embedding import claims_in, pair_vectors

            if self._models.text is None:
                raise LookupError(NO_EXTRA)
            claims = claims_in(self._pairs)
            with self._watching("Embedding") as (total, more):
                total(len({text for one in claims for text in (one.fact, one.premise)}))
                self._known = pair_vectors(claims, self._models.text, on_progress=more)
        return self._known
