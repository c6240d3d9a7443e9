"""A random coreset, the baseline that every other one has to beat: a share of each category."""

from collections.abc import Sequence

import numpy as np

from datagen.select.coreset import Coreset
from datagen.select.quotas import in_turn
from schemas.errors import BadConfig
from schemas.identity import seeded
from schemas.ledger import Drop


def random_sample(ids: Sequence[str], categories: Sequence[str], fraction: float, *, seed: int = 0) -> Coreset:
    """A seeded sample, stratified by category.

    Which pairs come first in their category depends on the seed and their ids alone, so with one seed a smaller
    fraction of the same pairs is part of a larger one.

    Args:
        ids: Pair ids, each once. None give an empty coreset.
        categories: Each pair's category.
        fraction: Of all pairs, above 0 and at most 1; the number is rounded to the nearest.
        seed: Another seed gives another sample.

    Raises:
        BadConfig: The fraction is out of range.
    """
    if not 0 < fraction <= 1:
        raise BadConfig(f"a fraction of {fraction:g} cannot be taken", where="--fraction", fix="Give 0.1, or up to 1.")
    rows: dict[str, list[int]] = {}
    for row, category in enumerate(categories):
        rows.setdefault(category, []).append(row)
    drawn = [
        np.array(sorted(rows[category], key=lambda row: (seeded(seed, ids[row]), ids[row])), np.int64)
        for category in sorted(rows)
    ]
    kept = set(in_turn(drawn)[: int(fraction * len(ids) + 0.5)].tolist())
    detail = f"{len(kept):,} of {len(ids):,} drawn with seed {seed}"
    drops = [
        Drop("outside-sample", pair_id=ids[row], category=categories[row], detail=detail)
        for row in range(len(ids))
        if row not in kept
    ]
    return Coreset(tuple(sorted(ids[row] for row in kept)), tuple(sorted(drops, key=lambda drop: drop.pair_id or "")))
