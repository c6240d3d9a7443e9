"""Votes as arrays: who said what of which pair, by number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement import independent
from annotation.consensus.contract import Consensus
from annotation.votes import Label, Vote

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
TIE = 1e-9  # from one half: nearer is a tie, rounding errors are smaller


@dataclass(frozen=True)
class Ballot:
    """Votes in ascending order of pair, then annotator.

    Attributes:
        pairs: Every pair that somebody judged, sure or not, or that is settled.
        annotators: Everybody who judged, sure or not.
        pair: ``(votes,)`` int64: place in ``pairs``, of votes that are sure.
        annotator: ``(votes,)`` int64: place in ``annotators``.
        valid: ``(votes,)`` float64: 1 for valid, 0 for invalid.
        known: ``(pairs,)`` float64: 1 for valid, 0 for invalid, NaN where the truth is not given.
        picked: ``(pairs,)`` bool: gold, picked rather than drawn, so that it does not tell how common valid pairs are.
    """

    pairs: tuple[str, ...]
    annotators: tuple[str, ...]
    pair: Places
    annotator: Places
    valid: Floats
    known: Floats
    picked: NDArray[np.bool_]

    def by_pair(self, amounts: Floats) -> Floats:
        """Amounts of votes ``(votes,)`` added up by pair, ``(pairs,)``."""
        return _added_up(self.pair, amounts, len(self.pairs))

    def by_annotator(self, amounts: Floats) -> Floats:
        """Amounts of votes ``(votes,)`` added up by annotator, ``(annotators,)``."""
        return _added_up(self.annotator, amounts, len(self.annotators))

    def consensus(self, chance: Floats) -> dict[str, Consensus]:
        """What comes of it, by pair, with the chance that each is valid, ``(pairs,)``."""
        valid, votes = self.by_pair(self.valid), self.by_pair(np.ones_like(self.valid))
        known = ~np.isnan(self.known)
        found = {}
        for place, pair_id in enumerate(self.pairs):
            share, many = float(chance[place]), int(votes[place])
            decided = known[place] or (many > 0 and abs(share - 0.5) > TIE)
            label: Label | None = ("valid" if share > 0.5 else "invalid") if decided else None
            unanimous = valid[place] in (0, many)
            found[pair_id] = Consensus(pair_id, label, max(share, 1 - share) if decided else 0.0, many, unanimous)
        return found


def ballot(votes: Iterable[Vote], gold: Mapping[str, Label], settled: Mapping[str, Label]) -> Ballot:
    """Set votes out as arrays.

    Args:
        votes: See :func:`annotation.agreement.independent` for those that count.
        gold: The truth of pairs picked to have it; those without votes play no part.
        settled: The truth of other pairs, with votes or without; gold goes before it.
    """
    counted = independent(votes)
    pairs = tuple(sorted({one.pair_id for one in counted} | settled.keys()))
    annotators = tuple(sorted({one.annotator for one in counted}))
    pair_places = {pair_id: place for place, pair_id in enumerate(pairs)}
    annotator_places = {name: place for place, name in enumerate(annotators)}
    sure = [one for one in counted if one.label is not None]
    truth = {**settled, **gold}
    return Ballot(
        pairs,
        annotators,
        np.array([pair_places[one.pair_id] for one in sure], np.int64),
        np.array([annotator_places[one.annotator] for one in sure], np.int64),
        np.array([one.label == "valid" for one in sure], np.float64),
        np.array([float(truth[one] == "valid") if one in truth else np.nan for one in pairs], np.float64),
        np.array([one in gold for one in pairs], np.bool_),
    )


def _added_up(places: Places, amounts: Floats, many: int) -> Floats:
    return np.bincount(places, weights=amounts, minlength=many).astype(np.float64, copy=False)
