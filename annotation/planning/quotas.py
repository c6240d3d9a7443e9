"""An even share for every category, and what some cannot reach for the others: water-filling."""

from collections.abc import Sequence


def water_fill(want: int, *, least: Sequence[int], most: Sequence[int]) -> list[int]:
    """Share ``want`` out as evenly as the bounds let it: up to one level, the same for all.

    Where the rest does not go round, the first ones have one more.

    Args:
        want: 0 or more.
        least: What each has already; their sum where it is above ``want``.
        most: What each can have at most, no less than ``least``; their sum where it is below ``want``.
    """
    if sum(most) <= want:
        return list(most)
    low, high = 0, want  # the level is the highest at which no more than is wanted is given out
    while low < high:
        level = (low + high + 1) // 2
        low, high = (level, high) if sum(_at(level, least, most)) <= want else (low, level - 1)
    filled = _at(low, least, most)
    rest = want - sum(filled)
    for position, (fewest, limit) in enumerate(zip(least, most, strict=True)):
        if rest > 0 and fewest <= low < limit:
            filled[position] += 1
            rest -= 1
    return filled


def _at(level: int, least: Sequence[int], most: Sequence[int]) -> list[int]:
    return [min(max(level, fewest), limit) for fewest, limit in zip(least, most, strict=True)]
