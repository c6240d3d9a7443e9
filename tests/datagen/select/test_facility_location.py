"""Facility location against brute force: every candidate tried on every turn, from the definition."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from datagen.select.facility import choose, on_grid
from datagen.select.splitting import alike

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]


def normalised(rows: object) -> Vectors:
    vectors = np.array(rows, dtype=np.float64)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32)


def cosines(vectors: Vectors) -> list[list[float]]:
    points = on_grid(vectors).astype(np.float64)
    return [[max(0.0, float(one @ other)) for other in points] for one in points]


def value(close: list[list[float]], quality: Floats, chosen: list[int], weight: float, wanted: int) -> float:
    """The objective as the docstring of the module states it."""
    coverage = sum(max((row[place] for place in chosen), default=0.0) for row in close) / max(len(close), 1)
    return (1 - weight) * coverage + weight * sum(float(quality[place]) for place in chosen) / wanted


def brute_force(close: list[list[float]], quality: Floats, count: int, weight: float) -> list[int]:
    """Greedy choice, every gain from scratch; the first of equals."""
    rates = (1 - weight) / len(close), weight / count
    chosen: list[int] = []
    while len(chosen) < count:
        covered = [max((row[place] for place in chosen), default=0.0) for row in close]
        gains = {
            place: rates[0] * math.fsum(max(0.0, row[place] - at) for row, at in zip(close, covered, strict=True))
            + rates[1] * float(quality[place])
            for place in range(len(close))
            if place not in chosen
        }
        chosen.append(max(gains, key=lambda place: (gains[place], -place)))
    return chosen


# Few directions and few qualities, so that ties are common; and any, so that they are rare.
few = st.lists(
    st.lists(st.integers(-1, 1), min_size=3, max_size=3).filter(lambda row: any(row)), min_size=1, max_size=9
).map(normalised)
any_ = st.integers(0, 2**32 - 1).flatmap(
    lambda seed: st.integers(1, 9).map(lambda count: normalised(np.random.default_rng(seed).normal(size=(count, 5))))
)
pools = (few | any_).flatmap(
    lambda vectors: st.tuples(
        st.just(vectors),
        st.lists(st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1), min_size=len(vectors), max_size=len(vectors)).map(
            np.array
        ),
        st.integers(1, len(vectors)),
        st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    )
)


@settings(deadline=None)
@given(pools)
def test_chooses_what_brute_force_chooses(pool: tuple[Vectors, Floats, int, float]) -> None:
    vectors, quality, count, weight = pool
    found = choose(vectors, quality, count, quality_weight=weight)
    assert found.places.tolist() == brute_force(cosines(vectors), quality, count, weight)
    assert found.parts == 1


@settings(deadline=None)
@given(pools, st.integers(1, 4))
def test_split_pools_choose_what_brute_force_chooses_where_cosines_across_parts_are_none(
    pool: tuple[Vectors, Floats, int, float], largest: int
) -> None:
    vectors, quality, count, weight = pool
    close = cosines(vectors)
    parts = alike(vectors, largest)
    part_of = {int(row): number for number, part in enumerate(parts) for row in part}
    apart = [
        [cosine if part_of[row] == part_of[column] else 0.0 for column, cosine in enumerate(cosines_)]
        for row, cosines_ in enumerate(close)
    ]
    found = choose(vectors, quality, count, quality_weight=weight, largest=largest)
    assert found.places.tolist() == brute_force(apart, quality, count, weight)
    assert found.parts == len(parts)


@settings(deadline=None)
@given(pools)
def test_gains_add_up_to_the_objective_and_never_grow(pool: tuple[Vectors, Floats, int, float]) -> None:
    vectors, quality, count, weight = pool
    found = choose(vectors, quality, count, quality_weight=weight)
    whole = value(cosines(vectors), quality, found.places.tolist(), weight, count)
    assert found.gains.sum() == pytest.approx(whole, abs=1e-9)
    assert (np.diff(found.gains) <= 0).all()


@settings(deadline=None)
@given(pools)
def test_reaches_the_guaranteed_share_of_the_best_choice(pool: tuple[Vectors, Floats, int, float]) -> None:
    vectors, quality, count, weight = pool
    close, count = cosines(vectors), min(count, 4)
    best = max(
        value(close, quality, list(chosen), weight, count)
        for chosen in itertools.combinations(range(len(vectors)), count)
    )
    found = choose(vectors, quality, count, quality_weight=weight)
    assert found.gains.sum() >= (1 - 1 / math.e) * best - 1e-9


@settings(deadline=None)
@given(pools, st.data())
def test_the_objective_is_monotone_and_submodular(
    pool: tuple[Vectors, Floats, int, float], data: st.DataObject
) -> None:
    vectors, quality, count, weight = pool
    close = cosines(vectors)
    every = list(range(len(vectors)))
    larger = data.draw(st.lists(st.sampled_from(every), unique=True))
    smaller = [place for place in larger if data.draw(st.booleans())]
    one = data.draw(st.sampled_from(every))
    if one in larger:
        return

    def gain(chosen: list[int]) -> float:
        return value(close, quality, [*chosen, one], weight, count) - value(close, quality, chosen, weight, count)

    assert gain(smaller) >= gain(larger) - 1e-12
    assert gain(larger) >= -1e-12


def test_takes_the_best_where_all_say_the_same() -> None:
    quality = np.array([0.2, 0.9, 0.4, 0.9, 0.7])
    found = choose(normalised(np.ones((5, 8))), quality, 3)
    assert found.places.tolist() == [1, 3, 4]


def test_takes_one_of_each_sort_where_all_are_as_good() -> None:
    rng = np.random.default_rng(3)
    sorts = np.repeat(np.eye(6, 24), [40, 20, 10, 5, 3, 2], axis=0)
    vectors = normalised(sorts + rng.normal(0, 0.02, sorts.shape))
    found = choose(vectors, np.full(len(vectors), 0.5), 6)
    assert sorted(sorts[found.places].argmax(axis=1).tolist()) == [0, 1, 2, 3, 4, 5]
    assert sorts[found.places[0]].argmax() == 0  # what most are like comes first


def test_is_not_the_choice_of_the_highest() -> None:
    quality = np.array([0.90, 0.89, 0.88, 0.60])
    vectors = normalised([[1, 0], [1, 0.01], [1, 0.02], [0, 1]])
    assert 3 in choose(vectors, quality, 2).places
    assert 3 not in choose(vectors, quality, 2, quality_weight=1.0).places


def test_ties_go_to_the_earlier_row() -> None:
    assert choose(normalised(np.ones((4, 3))), np.full(4, 0.5), 4).places.tolist() == [0, 1, 2, 3]


def test_chooses_all_where_there_are_no_more_and_none_of_none() -> None:
    vectors = normalised(np.eye(3))
    assert sorted(choose(vectors, np.ones(3), 10).places.tolist()) == [0, 1, 2]
    assert len(choose(vectors, np.ones(3), 0).places) == 0
    assert len(choose(np.zeros((0, 3), np.float32), np.ones(0), 4).places) == 0


def test_cosines_on_the_grid_are_exact_in_any_order() -> None:
    points = on_grid(normalised(np.random.default_rng(5).normal(size=(200, 384))))
    exact = points.astype(np.float64) @ points.astype(np.float64).T
    backwards = (points[:, ::-1] @ points[:, ::-1].T).astype(np.float64)
    assert np.array_equal((points @ points.T).astype(np.float64), exact)
    assert np.array_equal(backwards, exact)
    assert np.array_equal(np.stack([points @ one for one in points]).astype(np.float64), exact)


def test_a_part_can_give_all_that_is_chosen() -> None:
    rng = np.random.default_rng(7)
    sides = np.repeat([[10.0, 0.0], [0.0, 10.0]], 300, axis=0)
    quality = np.concatenate([np.zeros(300), 0.5 + rng.random(300) / 2])
    vectors = normalised(np.hstack([sides, rng.normal(size=(600, 3))]))
    found = choose(vectors, quality, 250, quality_weight=1.0, largest=300)
    assert found.parts == 2
    assert found.places.tolist() == np.argsort(-quality, kind="stable")[:250].tolist()


def test_a_split_costs_little() -> None:
    rng = np.random.default_rng(11)
    centres = rng.normal(size=(60, 32))
    vectors = normalised(centres[rng.integers(0, 60, 1_500)] + 0.6 * rng.normal(size=(1_500, 32)))
    quality = np.clip(rng.normal(0.75, 0.1, 1_500), 0, 1)
    close = np.maximum(0, vectors @ vectors.T)

    def reached(places: NDArray[np.int64]) -> float:
        return float(0.5 * close[:, places].max(axis=1).mean() + 0.5 * quality[places].mean())

    whole = choose(vectors, quality, 75)
    split = choose(vectors, quality, 75, largest=200)
    assert split.parts == 8
    assert reached(split.places) >= 0.97 * reached(whole.places)
    by_chance = np.mean([reached(rng.choice(1_500, 75, replace=False)) for _ in range(5)])
    assert reached(whole.places) > 1.1 * by_chance


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 9), st.booleans())
def test_parts_hold_every_row_once_and_none_is_too_large(count: int, largest: int, same: bool) -> None:
    vectors = np.ones((count, 4)) if same else np.random.default_rng(count).normal(size=(count, 4))
    parts = alike(normalised(vectors) if count else np.zeros((0, 4), np.float32), largest)
    assert sorted(row for part in parts for row in part.tolist()) == list(range(count))
    assert all(len(part) <= largest and (np.diff(part) > 0).all() for part in parts)


def test_parts_keep_what_is_alike_together() -> None:
    sides = np.repeat([[1.0, 0.0], [0.0, 1.0]], 50, axis=0)
    shuffled = np.random.default_rng(2).permutation(100)
    parts = alike(normalised(sides + np.random.default_rng(1).normal(0, 0.05, sides.shape))[shuffled], 50)
    assert [len(set((shuffled[part] < 50).tolist())) for part in parts] == [1, 1]
