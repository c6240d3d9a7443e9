"""``--target N``: so many pairs under quotas per category and kind, chosen for quality and diversity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.select.facility import choose
from datagen.select.pool import Diversity, Pool
from datagen.select.quotas import Quota, in_turn, quotas
from datagen.select.settings import SelectSettings
from schemas.ledger import Drop

DEFAULTS = SelectSettings()


@dataclass(frozen=True)
class Selection:
    """What was chosen of a pool.

    Attributes:
        chosen: Pair ids by rank. Any beginning of them holds about the same shares of categories and kinds.
        drops: Why each of the others was not chosen, by id; the score is the pair's quality.
        quotas: How many of each category and kind were wanted, of how many.
        target: How many were wanted in all; ``chosen`` is shorter where there are no more.
        diversity: What told pairs apart: an embedding, or their words.
        split: Categories and kinds whose pools were too large to compare every pair with every other.
    """

    chosen: tuple[str, ...]
    drops: tuple[Drop, ...]
    quotas: tuple[Quota, ...]
    target: int
    diversity: Diversity
    split: tuple[tuple[str, str], ...]

    @property
    def missing(self) -> int:
        """How many fewer were chosen than wanted."""
        return max(0, self.target - len(self.chosen))


def select(pool: Pool, target: int, settings: SelectSettings = DEFAULTS) -> Selection:
    """Choose ``target`` pairs of a pool, or all that may be taken where there are no more.

    Within each category and kind :func:`datagen.select.facility.choose` takes its quota; ranks go to all of them in
    turn. The result depends on the pairs alone, not on the order of their rows. A pair of unknown quality is chosen
    as one of quality 0.

    Args:
        pool: What there is to choose from; an empty one gives an empty selection.
        target: At least 0.
        settings: Shares of categories and kinds, and how quality and diversity weigh.
    """
    wanted = quotas(pool.cells, target, settings)
    members = _members(pool)
    ordered, split = [], []
    for quota in wanted:
        rows = members[quota.category, quota.kind]
        if not quota.wanted:
            continue
        found = choose(
            pool.features(rows, settings.image_weight), np.nan_to_num(pool.quality[rows], nan=0.0), quota.wanted,
            quality_weight=settings.quality_weight,
        )  # fmt: skip
        ordered.append(rows[found.places])
        if found.parts > 1:
            split.append((quota.category, quota.kind))
    chosen = in_turn(ordered)
    return Selection(
        tuple(pool.ids[row] for row in chosen),
        _drops(pool, chosen, wanted),
        tuple(wanted),
        target,
        pool.diversity,
        tuple(split),
    )


def _members(pool: Pool) -> dict[tuple[str, str], NDArray[np.int64]]:
    rows: dict[tuple[str, str], list[int]] = {}
    for row, cell in enumerate(pool.cells):
        rows.setdefault(cell, []).append(row)
    return {cell: np.array(found, np.int64) for cell, found in rows.items()}


def _drops(pool: Pool, chosen: NDArray[np.int64], wanted: list[Quota]) -> tuple[Drop, ...]:
    told = {
        (one.category, one.kind): f"{one.category}, {one.kind}: {one.wanted:,} of {one.supply:,} wanted"
        for one in wanted
    }
    taken = set(chosen.tolist())
    return tuple(
        Drop(
            "outside-target", pair_id=pair_id, category=pool.cells[row][0],
            detail=told[pool.cells[row]], score=None if np.isnan(pool.quality[row]) else float(pool.quality[row]),
        )
        for row, pair_id in enumerate(pool.ids)
        if row not in taken
    )  # fmt: skip
