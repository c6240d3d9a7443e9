"""Pairs as vectors: what each states as true, and what its leading question takes for granted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.embedding.contrast import DIM, contrast_of, contrast_vector
from datagen.embedding.encoder import Encoder
from datagen.embedding.pair_text import Claims

CONTRAST_WEIGHT = 0.45
"""Of a claim's likeness, the share of the words that tell claims apart (:mod:`.contrast`); the rest is the model's."""


@dataclass(frozen=True)
class PairVectors:
    """The vectors of pairs' claims; equal claims share a row.

    Attributes:
        claims: (n_claims, dim) float32, L2-normalised: each different claim.
        fact: (n_pairs,) int64, the row of each pair's fact.
        premise: (n_pairs,) int64, the row of each pair's premise.
    """

    claims: NDArray[np.float32]
    fact: NDArray[np.int64]
    premise: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.fact)

    def joined(self, rows: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        """(n_rows, 2 dim) float32, L2-normalised: a cosine of two is the mean of their facts' and their premises'."""
        halves = [self.claims[side[rows]] for side in (self.fact, self.premise)]
        return np.ascontiguousarray(np.concatenate(halves, axis=1) * np.float32(0.5**0.5))


def pair_vectors(
    claims: Sequence[Claims], encoder: Encoder, *, on_progress: Callable[[int], None] = lambda _: None
) -> PairVectors:
    """Vectors of pairs.

    Each claim is the model's vector beside its contrast words' vector, weighted so that a cosine of two claims is the
    weighted mean of both cosines. Claims in other languages than English have the model's vector alone: compare them
    among themselves, and by a higher threshold.

    Args:
        claims: What each pair says.
        encoder: The text model.
        on_progress: Called with how many more different texts are done.
    """
    said = [(text, one.english) for one in claims for text in (one.fact, one.premise)]
    places = {key: place for place, key in enumerate(dict.fromkeys(said))}
    model = encoder.encode([text for text, _ in places], on_progress=on_progress)
    found = np.zeros((len(places), model.shape[1] + DIM), np.float32)
    for place, (text, english) in enumerate(places):
        share = CONTRAST_WEIGHT if english else 0.0
        found[place, : model.shape[1]] = model[place] * (1 - share) ** 0.5
        if english:
            found[place, model.shape[1] :] = contrast_vector(contrast_of(text)) * share**0.5
    rows = np.array([places[key] for key in said], np.int64).reshape(-1, 2)
    return PairVectors(found, rows[:, 0].copy(), rows[:, 1].copy())
