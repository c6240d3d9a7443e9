"""How many pairs of which category and kind: quotas as even as the supply allows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from datagen.select.settings import SelectSettings

Cell = tuple[str, str]  # category, kind


class Quota(NamedTuple):
    """How many pairs of one category and kind are wanted, and how many there are to choose from."""

    category: str
    kind: str
    wanted: int
    supply: int


def quotas(cells: Sequence[Cell], target: int, settings: SelectSettings) -> list[Quota]:
    """Divide a target over categories, then each category's quota over its kinds.

    What a category cannot supply goes to the others, level by level ("water filling"), and likewise with kinds. The
    quotas add up to less than the target only where what may be taken does: a category that
    ``categories`` leaves out, or a kind whose share is 0, is not taken from.

    Args:
        cells: Category and kind of every pair there is. None give no quotas.
        target: How many pairs are wanted in all.
        settings: ``categories`` and the kinds' shares.

    Returns:
        A quota for every category and kind that there is, in their order; 0 for what is not to be taken.
    """
    supply = Counter(cells)
    names = sorted({category for category, _ in supply})
    kinds = {name: sorted(kind for category, kind in supply if category == name) for name in names}
    shares = {name: _kind_shares({kind: supply[name, kind] for kind in kinds[name]}, settings) for name in names}
    available = [
        sum(supply[name, kind] for kind, share in zip(kinds[name], shares[name], strict=True) if share > 0)
        for name in names
    ]
    found = []
    weights = [_category_weight(name, there, settings) for name, there in zip(names, available, strict=True)]
    for name, quota in zip(names, shared_out(target, weights, available).tolist(), strict=True):
        there = [supply[name, kind] for kind in kinds[name]]
        parts = shared_out(quota, shares[name], there).tolist()
        found += [Quota(name, *row) for row in zip(kinds[name], parts, there, strict=True)]
    return found


def shared_out(total: int, weights: Sequence[float], supply: Sequence[int]) -> NDArray[np.int64]:
    """Divide a number in proportion to weights, none getting more than its supply.

    Each gets the lesser of its supply and its weight times a level, the level at which the parts add up to the total;
    fractions go up by largest remainder (Hamilton), the first of equals first.

    Args:
        total: At least 0.
        weights: Not negative; a weight of 0 gets nothing.
        supply: The most that each can get.

    Returns:
        (n,) whole numbers that add up to the total, or to the supply of those with a weight if that is less.
    """
    weight = np.asarray(weights, dtype=np.float64)
    most = np.where(weight > 0, np.asarray(supply, dtype=np.int64), 0)
    left = min(total, int(most.sum()))
    found = np.zeros(len(most), dtype=np.int64)
    open_ = most > 0
    while open_.any():
        ideal = left * weight / weight[open_].sum()
        full = open_ & (ideal >= most)
        if not full.any():
            found[open_] = np.floor(ideal[open_]).astype(np.int64)
            remainder = np.where(open_, ideal - found, -1)
            found[np.argsort(-remainder, kind="stable")[: left - int(found[open_].sum())]] += 1
            break
        found[full] = most[full]
        left -= int(most[full].sum())
        open_ &= ~full
    return found


def in_turn(ordered: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Merge ordered lists so that every beginning of the result holds of each list about its share.

    The i-th of a list of n comes at (i - 1/2) / n of the way, as seats are given by the method of Webster and
    Sainte-Laguë; of equals, that of the earlier list first.
    """
    way = [(np.arange(len(one)) + 0.5) / max(len(one), 1) for one in ordered]
    if not way:
        return np.zeros(0, np.int64)
    return np.concatenate(ordered)[np.argsort(np.concatenate(way), kind="stable")]


def _category_weight(name: str, available: int, settings: SelectSettings) -> float:
    if isinstance(settings.categories, Mapping):
        return settings.categories.get(name, 0.0)
    return 1.0 if settings.categories == "even" else float(available)


def _kind_shares(supply: Mapping[str, int], settings: SelectSettings) -> list[float]:
    """The share of each kind in a category: as the settings say, the rest in proportion to the supply."""
    said = {"true-premise": settings.true_premise, "contrast": settings.contrast}
    fixed = {kind: share for kind, share in said.items() if share is not None and kind in supply}
    free = sum(there for kind, there in supply.items() if kind not in fixed)
    rest = 1 - sum(fixed.values())
    return [fixed[kind] if kind in fixed else rest * there / free for kind, there in supply.items()]
