"""Intervals: seeded, over images, and honest where a rate is undefined."""

import random

import numpy as np
import pytest
from evaluation.bootstrap import Intervals, bootstrap

from evaluation.metrics import Outcome, tabulate

RR, RW, WR, WW = Outcome


def some(count: int, seed: int = 0, per_image: int = 1) -> tuple[list[str], list[Outcome]]:
    chance = random.Random(seed)
    outcomes = chance.choices(list(Outcome), weights=[6, 2, 1, 1], k=count)
    return [f"image {number // per_image}" for number in range(count)], outcomes


def test_same_seed_gives_the_same_intervals_in_any_order() -> None:
    images, outcomes = some(60)
    order = list(range(60))
    random.Random(3).shuffle(order)
    shuffled = bootstrap([images[at] for at in order], [outcomes[at] for at in order], seed=5)
    assert bootstrap(images, outcomes, seed=5) == shuffled
    assert bootstrap(images, outcomes, seed=6) != shuffled


def test_equals_drawing_images_one_by_one() -> None:
    """The oracle draws images with replacement and counts; both estimate the same quantiles."""
    images, outcomes = some(40, per_image=2)
    names = sorted(set(images))
    counts = np.array([
        [sum(image == name and one == kind for image, one in zip(images, outcomes, strict=True)) for kind in Outcome]
        for name in names
    ])  # fmt: skip
    drawn = np.random.default_rng(1).integers(0, len(names), (20_000, len(names)))
    totals = counts[drawn].sum(axis=1)
    ra = totals[:, 0] / totals.sum(axis=1)
    mr = totals[:, 1] / (totals[:, 0] + totals[:, 1])
    found = bootstrap(images, outcomes, resamples=20_000)
    assert found.ra is not None
    assert found.mr is not None
    assert (found.ra.low, found.ra.high) == pytest.approx(np.quantile(ra, [0.025, 0.975]), abs=0.03)
    assert (found.mr.low, found.mr.high) == pytest.approx(np.quantile(mr, [0.025, 0.975]), abs=0.03)


def test_holds_the_figure_itself() -> None:
    images, outcomes = some(300)
    found, table = bootstrap(images, outcomes), tabulate(outcomes)
    assert found.ra is not None
    assert found.mr is not None
    assert table.ra is not None
    assert table.mr is not None
    assert found.ra.low < table.ra < found.ra.high
    assert found.mr.low < table.mr < found.mr.high


def test_pairs_of_one_image_widen_the_interval() -> None:
    outcomes = [RR, RR, RR, RR, WW, WW, WW, WW] * 20
    alone = bootstrap([str(number) for number in range(160)], outcomes).ra
    together = bootstrap([str(number // 4) for number in range(160)], outcomes).ra
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_nothing_to_tell_gives_no_interval() -> None:
    assert bootstrap([], []) == Intervals(None, None)
    never_right = bootstrap(["a", "b", "c"], [WR, WW, WR])
    assert never_right.mr is None
    assert never_right.ra is not None


def test_a_rate_that_most_resamples_lack_has_no_interval() -> None:
    """One positive right among many of one image: more than half of the resamples miss it."""
    outcomes = [RW] + [WW] * 99
    assert bootstrap([str(number) for number in range(100)], outcomes).mr is not None  # 63 % hold it
    assert bootstrap(["a", *["b"] * 99], outcomes).mr is not None
    rare = bootstrap([str(number) for number in range(100)], outcomes, resamples=3, seed=1)
    assert rare.mr is None or rare.mr.low == rare.mr.high == 1.0


def test_one_outcome_alone_gives_a_point() -> None:
    found = bootstrap(["a", "b"], [RR, RR]).ra
    assert found is not None
    assert (found.low, found.high) == (1.0, 1.0)


def test_coverage_is_near_what_is_claimed() -> None:
    """95 % intervals of 300 pairs hold the true RA in 90-98 of 100 simulated benchmarks."""
    chance = random.Random(11)
    held = 0
    for _ in range(100):
        outcomes = chance.choices([RR, RW, WR, WW], weights=[60, 20, 10, 10], k=300)
        found = bootstrap([str(number) for number in range(300)], outcomes, resamples=500).ra
        assert found is not None
        held += found.low <= 0.6 <= found.high
    assert 90 <= held <= 99
