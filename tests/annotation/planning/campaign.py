"""A world in which the rates and paces are known: pilots drawn from it, and campaigns run in it to the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from annotation.planning import GROUPS, Cell, Measured, Plan
from annotation.planning.cells import WAY_OF, WAYS, Way
from annotation.planning.measured import Accepted, Timed, timed

SLIPS = 0.08
"""Of a vote in a blind solve, either way."""


@dataclass(frozen=True)
class World:
    """What nobody knows."""

    right: Mapping[tuple[Way, str], float]
    seconds: Mapping[tuple[Way, str], float]
    people: tuple[str, ...]
    breaks: float = 0.03
    jitter: float = 0.6

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(category for _, category in self.right))

    def accepted(self, way: Way, category: str) -> float:
        """The rate at which pairs are verified: most of three solvers, each of whom may slip."""
        right = self.right[way, category]
        if way == "review":
            return right
        most = (1 - SLIPS) ** 3 + 3 * (1 - SLIPS) ** 2 * SLIPS
        return right * most + (1 - right) * (1 - most)


class Truth(NamedTuple):
    """What a campaign came to."""

    judgements: float
    hours: float
    days: float


def world_of(
    random: np.random.Generator, categories: tuple[str, ...], people: int, *, right: float, differ: float,
    seconds: Mapping[Way, float],
) -> World:  # fmt: skip
    """Categories differ by a standard deviation, people by 0.35 in the log."""
    worth = right * (1 - right) / differ**2 - 1
    names = tuple(f"p{number}@x.org" for number in range(people))
    quick = dict(zip(names, random.normal(0, 0.35, people), strict=True))
    return World(
        {(way, one): float(random.beta(right * worth, (1 - right) * worth)) for way in WAYS for one in categories},
        {(way, name): float(seconds[way] * np.exp(own)) for way in WAYS for name, own in quick.items()},
        names,
    )


def pilot(world: World, random: np.random.Generator, *, reviews: int, blind_pairs: int, people: int) -> Measured:
    """So many reviews, and three blind solves of so many pairs, by the first people."""
    return Measured(
        {"review": _votes(world, random, "review", reviews), "blind": _votes(world, random, "blind", blind_pairs)},
        {
            "review": _times(world, random, "review", reviews, people),
            "blind": _times(world, random, "blind", 3 * blind_pairs, people),
        },
    )


def _votes(world: World, random: np.random.Generator, way: Way, pairs: int) -> dict[str, Accepted]:
    each = random.multinomial(pairs, np.full(len(world.categories), 1 / len(world.categories)))
    return {
        one: Accepted(float(random.binomial(many, world.accepted(way, one))), int(many), int(many))
        for one, many in zip(world.categories, each, strict=True)
        if many
    }


def _times(world: World, random: np.random.Generator, way: Way, verdicts: int, people: int) -> dict[str, Timed]:
    found = {}
    for name in world.people[:people]:
        many = verdicts // people
        if many:
            noise = np.exp(random.normal(-(world.jitter**2) / 2, world.jitter, many))
            pause = np.where(random.random(many) < world.breaks, random.uniform(600, 9_000, many), 0)
            found[name] = timed_of((world.seconds[way, name] * noise + pause).tolist())
    return found


def timed_of(seconds: list[float]) -> Timed:
    return timed([one for one in seconds if one <= 900] or [900.0])


def campaign(world: World, plan: Plan, supply: Mapping[Cell, int], random: np.random.Generator) -> Truth:
    """Judge pairs of each category until its quota is reached or there are no more; all work the same hours."""
    times = {"train": 1 + plan.overlap, "benchmark": plan.judges}
    judgements = dict.fromkeys(WAYS, 0.0)
    for row in plan.rows:
        way = WAY_OF[row.group]
        wrong = random.negative_binomial(row.quota, world.accepted(way, row.category)) if row.quota else 0
        pairs = min(row.quota + int(wrong), supply[Cell(row.category, row.group)])
        judgements[way] += pairs * times[row.group] / (1 - plan.gold)
    alone = [sum(judgements[way] * world.seconds[way, name] for way in WAYS) / 3_600 for name in world.people]
    each = 1 / sum(1 / hours for hours in alone)
    return Truth(sum(judgements.values()), each * len(world.people), float(np.ceil(each / plan.hours_per_day)))


def supply_of(categories: tuple[str, ...], *, train: int, benchmark: int) -> dict[Cell, int]:
    return {Cell(one, group): train if group == "train" else benchmark for one in categories for group in GROUPS}
