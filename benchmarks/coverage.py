"""How often the 95 % intervals of RA and MR hold the truth, on simulated benchmarks of which the truth is known.

Run: ``.venv/bin/python -m benchmarks.coverage [SIMULATIONS]``. An image's pairs are alike: its own shares of the four
outcomes are drawn around the true ones (Dirichlet), so that RA and MR are beta-binomial by image. Limits: 93-97 %
at 300 pairs, RA of 0.1-0.9 and two MRs each; Wilson's at 24 pairs at least 90 %. The stress designs, where a few
images decide, have no limits: they show how far it falls short. So do the percentiles of the resamples.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import Outcome
from evaluation.statistics import LEVEL, Interval, Intervals, bootstrap, wilson, wilson_rates
from evaluation.statistics.bootstrap import kinds_of_image, resample

LOWEST, HIGHEST, LOWEST_OF_FEW = 0.93, 0.97, 0.90
SIMULATIONS = 2_000
FEW = 24
OUTCOMES = tuple(Outcome)

Method = Callable[[Sequence[str], Sequence[Outcome], int], Intervals]


@dataclass(frozen=True)
class Design:
    """Pairs on each image, and how alike they are: the correlation of two pairs of one image, in [0, 1)."""

    name: str
    pairs: tuple[int, ...]
    alike: float


@dataclass(frozen=True)
class Covered:
    """The shares of intervals that held the true RA and MR; MR where there was one."""

    ra: float
    mr: float


DESIGNS = (
    Design("300 images, 1 pair", (1,) * 300, 0.0),
    Design("100 images, 3 pairs, 0.3", (3,) * 100, 0.3),
    Design("60 images, 5 pairs, 0.1", (5,) * 60, 0.1),
    Design("60 images, 5 pairs, 0.3", (5,) * 60, 0.3),
    Design("100 images, 1-8 pairs, 0.3", (1, 1, 2, 3, 8) * 20, 0.3),
)
STRESS = (
    Design("60 images, 5 pairs, 0.6", (5,) * 60, 0.6),
    Design("30 images, 10 pairs, 0.3", (10,) * 30, 0.3),
)
SMALL = (
    Design("24 images, 1 pair", (1,) * FEW, 0.0),
    Design("8 images, 3 pairs, 0.3", (3,) * 8, 0.3),
)


def by_bootstrap(images: Sequence[str], outcomes: Sequence[Outcome], seed: int) -> Intervals:
    return bootstrap(images, outcomes, seed=seed)


def by_wilson(images: Sequence[str], outcomes: Sequence[Outcome], seed: int) -> Intervals:
    return wilson_rates(images, outcomes)


def by_percentiles(images: Sequence[str], outcomes: Sequence[Outcome], seed: int) -> Intervals:
    """What is not used, and why: the middle 95 % of the resamples."""
    drawn = resample(*kinds_of_image(images, outcomes), seed=seed)
    positive = drawn[:, Outcome.RIGHT_RIGHT] + drawn[:, Outcome.RIGHT_WRONG]
    has = positive > 0
    mr = _middle(drawn[has, Outcome.RIGHT_WRONG] / positive[has]) if has.any() else None
    return Intervals(_middle(drawn[:, Outcome.RIGHT_RIGHT] / drawn.sum(axis=1)), mr)


def _middle(rates: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(rates, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))


def truths() -> Iterator[tuple[float, float]]:
    """The RAs and MRs that are tried."""
    for tenth in range(1, 10):
        ra = tenth / 10
        for mr in (min(0.1, (1 - ra) / 2), 0.8 * (1 - ra)):
            yield ra, mr


def simulate(design: Design, ra: float, mr: float, random: np.random.Generator) -> list[Outcome]:
    """The outcomes of one benchmark, image by image; ra / (1 - mr) must be below 1."""
    positive = ra / (1 - mr)
    true = np.array([ra, positive * mr, (1 - positive) / 2, (1 - positive) / 2])
    shares = np.tile(true, (len(design.pairs), 1))
    if design.alike:
        shares = random.dirichlet(true * (1 - design.alike) / design.alike, size=len(design.pairs))
    counts = random.multinomial(design.pairs, shares)
    return [OUTCOMES[place] for place in np.repeat(np.tile(np.arange(4), len(counts)), counts.ravel())]


def cover(design: Design, ra: float, mr: float, method: Method, *, simulations: int, seed: int = 0) -> Covered:
    """Simulate benchmarks and count the intervals that hold the truth."""
    random = np.random.default_rng([seed, round(1_000 * ra), round(1_000 * mr)])
    images = [str(image) for image, pairs in enumerate(design.pairs) for _ in range(pairs)]
    held: dict[str, list[bool]] = {"ra": [], "mr": []}
    for number in range(simulations):
        found = method(images, simulate(design, ra, mr, random), number)
        for name, true, interval in (("ra", ra, found.ra), ("mr", mr, found.mr)):
            if interval is not None:
                held[name].append(interval.low <= true <= interval.high)
    return Covered(float(np.mean(held["ra"])), float(np.mean(held["mr"])))


def exact_wilson(trials: int, share: float) -> float:
    """How often Wilson's interval holds a share: the chances of all counts for which it does, no simulation."""
    chance = 0.0
    for right in range(trials + 1):
        interval = wilson(right, trials)
        if interval is not None and interval.low <= share <= interval.high:
            chance += comb(trials, right) * share**right * (1 - share) ** (trials - right)
    return chance


def table(design: Design, method: Method, *, simulations: int) -> list[Covered]:
    """Print a design's table."""
    print(f"\n{design.name}: {sum(design.pairs)} pairs, {method.__name__.replace('_', ' ')}")
    print("  true RA / MR   RA held  MR held")
    found = []
    for ra, mr in truths():
        one = cover(design, ra, mr, method, simulations=simulations)
        print(f"  {ra:.2f} / {mr:.2f}    {one.ra:7.1%}  {one.mr:7.1%}", flush=True)
        found.append(one)
    for name, shares in (("RA", [one.ra for one in found]), ("MR", [one.mr for one in found])):
        print(f"  {name}: {min(shares):.1%} to {max(shares):.1%}, on average {np.mean(shares):.1%}")
    return found


def main(simulations: int) -> int:
    outside = 0
    for design in DESIGNS:
        found = table(design, by_bootstrap, simulations=simulations)
        outside += sum(not LOWEST <= share <= HIGHEST for one in found for share in (one.ra, one.mr))
    for design in STRESS:
        table(design, by_bootstrap, simulations=simulations)
    for design in (*DESIGNS, *STRESS):
        table(design, by_percentiles, simulations=simulations // 4)
    for design in SMALL:
        table(design, by_wilson, simulations=simulations)
        table(design, by_bootstrap, simulations=simulations)
    exact = [exact_wilson(FEW, share / 100) for share in range(10, 91)]
    print(f"\nWilson's of {FEW} pairs, exactly, shares of 0.10 to 0.90: {min(exact):.1%} to {max(exact):.1%}")
    print(f"{outside} of {2 * len(DESIGNS) * len(list(truths()))} figures at 300 pairs outside 93-97 %")
    return int(outside > 0 or min(exact) < LOWEST_OF_FEW)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SIMULATIONS))
