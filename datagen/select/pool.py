"""What there is to choose from, and how alike two pairs count as."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datagen.select.stored import words
from schemas.errors import BadInput
from schemas.identity import seeded

Diversity = Literal["embedding", "words"]
WORD_PLACES = 256
IMAGE_PLACES = 128
UNIT = 1e-3  # by how much a vector's length may differ from 1


@dataclass(frozen=True)
class Pool:
    """Pairs to choose from, sorted by id.

    Attributes:
        ids: (n,) pair ids, ascending.
        cells: Category and kind of each.
        quality: (n,) in [0, 1]; NaN where it is not known.
        vectors: (n, dim) float32, L2-normalised: what the pairs say, in the order they were given in.
        places: (n,) the row of ``vectors`` of each pair; they are not sorted, for a copy could be too large.
        images: (n, 2) places of their images' names among so many; equal where a pair has one image.
        diversity: Where the vectors come from.
    """

    ids: list[str]
    cells: list[tuple[str, str]]
    quality: NDArray[np.float64]
    vectors: NDArray[np.float32]
    places: NDArray[np.int64]
    images: NDArray[np.int64]
    diversity: Diversity

    def features(self, rows: NDArray[np.int64], image_weight: float) -> NDArray[np.float32]:
        """Vectors of some rows whose cosine is that of ``vectors`` and, with that weight, whether images are the same.

        Images are told apart by a hash, so one in 128 of different ones counts as the same.
        """
        width = self.vectors.shape[1]
        found = np.zeros((len(rows), width + IMAGE_PLACES), np.float32)
        said, shown = found[:, :width], found[:, width:]
        said[:] = self.vectors[self.places[rows]]
        said *= np.float32(np.sqrt(1 - image_weight))
        for column in self.images[rows].T:
            shown[np.arange(len(rows)), column] += 1
        shown *= np.float32(np.sqrt(image_weight)) / np.linalg.norm(shown, axis=1, keepdims=True)
        return found


def pool_of(pairs: pa.Table, quality: NDArray[np.float64], vectors: NDArray[np.float32] | None = None) -> Pool:
    """A pool of the pairs of a table.

    Args:
        pairs: Columns of the ``pairs`` table, in any order of rows.
        quality: (n,) scores in [0, 1], row for row; NaN where nothing was measured.
        vectors: (n, dim) float32, L2-normalised, row for row. Without them the pairs' words stand in for their
            meaning, and the pool says so.

    Raises:
        BadInput: The vectors do not fit the pairs, or are not finite and L2-normalised.
    """
    order = np.argsort(np.array(pairs["pair_id"].to_pylist(), dtype=object), kind="stable")
    if vectors is not None:
        _refuse_unfit(vectors, len(pairs))
    given = vectors if vectors is not None else word_vectors(pairs)
    images = [pc.struct_field(pairs[half], "image").to_pylist() for half in ("positive", "negative")]
    sorted_pairs = pairs.select(["pair_id", "category", "kind"]).take(order)
    return Pool(
        sorted_pairs["pair_id"].to_pylist(),
        list(zip(sorted_pairs["category"].to_pylist(), sorted_pairs["kind"].to_pylist(), strict=True)),
        quality[order],
        given,
        order,
        np.array([[_place(name, IMAGE_PLACES) for name in one] for one in images], np.int64).reshape(2, -1).T[order],
        "embedding" if vectors is not None else "words",
    )


def word_vectors(pairs: pa.Table) -> NDArray[np.float32]:
    """The words of each pair's fact and premise, or of its questions where it states neither, as hashed features.

    Rare words weigh more (inverse document frequency), so that two pairs are alike by what they say rather than by
    "is" and "the". Source: feature hashing (Weinberger et al. 2009), without signs, so that no cosine is negative.

    Returns:
        (n, 256) float32, L2-normalised.
    """
    found = np.zeros((len(pairs), WORD_PLACES), np.float32)
    for row, text in enumerate(_statements(pairs)):
        found[row, [_place(word, WORD_PLACES) for word in words(text)] or 0] = 1
    weight = np.log1p(len(pairs) / np.maximum(found.sum(axis=0), 1))
    found *= weight.astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def _statements(pairs: pa.Table) -> Sequence[str]:
    stated = [f"{fact or ''} {premise or ''}" for fact, premise in _both(pairs["fact"], pairs["premise"])]
    asked = _both(*(pc.struct_field(pairs[half], "text") for half in ("positive", "negative")))
    return [text if text.strip() else " ".join(other) for text, other in zip(stated, asked, strict=True)]


def _both(one: pa.ChunkedArray, other: pa.ChunkedArray) -> list[tuple[str, str]]:
    return list(zip(one.to_pylist(), other.to_pylist(), strict=True))


@lru_cache(maxsize=2**16)
def _place(name: str, places: int) -> int:
    return seeded(0, name) % places


def _refuse_unfit(vectors: NDArray[np.float32], count: int) -> None:
    if vectors.ndim != 2 or len(vectors) != count:
        raise BadInput(
            f"vectors of shape {vectors.shape} do not fit {count} pairs", fix="Give one row of a 2D array per pair."
        )
    lengths = np.linalg.norm(vectors, axis=1)
    wrong = np.flatnonzero(~(np.abs(lengths - 1) <= UNIT))  # NaN too
    if len(wrong):
        raise BadInput(
            f"vector {wrong[0]} has length {lengths[wrong[0]]:g} instead of 1", fix="Normalise the vectors (L2)."
        )
