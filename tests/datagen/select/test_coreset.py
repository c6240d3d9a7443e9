from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from datagen.select import Coreset, dataset_pruning, random_sample, within_bands
from schemas.errors import BadConfig, BadInput

Band = tuple[float, float]
ALL: Band = (0.0, 1.0)


def vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(count, 12)) + 0.5
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn.astype(np.float32)


def names(count: int) -> list[str]:
    return [f"{number * 37 % 1_009:04d}" for number in range(count)]


def reasons(found: Coreset) -> dict[str, int]:
    return dict(Counter(drop.reason for drop in found.drops))


def test_one_of_each_component_stays_and_the_others_name_it() -> None:
    close = np.array([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    found = within_bands(
        ["a", "b", "c"], close, np.array([1, 1, 2]), np.ones(3), score_band=ALL, centroid_band=ALL, threshold=0.7
    )
    assert found.kept == ("b", "c")
    (drop,) = found.drops
    assert (drop.pair_id, drop.reason, drop.lost_to, drop.threshold) == ("a", "duplicate-component", "b", 0.7)
    assert drop.score == pytest.approx(0.8)


def test_each_band_ranks_what_the_step_before_left_highest_first() -> None:
    """By hand: 100 survivors, 20 of them by score, of these the 3rd to 7th by similarity to the centroid."""
    ids, points, score = names(100), vectors(100), np.random.default_rng(1).random(100)
    found = within_bands(ids, points, np.arange(100), score)
    by_score = sorted(range(100), key=lambda row: -score[row])[40:60]
    centre = points.astype(np.float64).mean(axis=0)
    central = sorted(by_score, key=lambda row: -float(points[row].astype(np.float64) @ centre))[3:7]
    assert found.kept == tuple(sorted(ids[row] for row in central))
    assert reasons(found) == {"outside-score-band": 80, "outside-centroid-band": 16}
    assert {drop.score for drop in found.drops if drop.reason == "outside-score-band"} == {
        score[row] for row in range(100) if row not in by_score
    }


def test_a_single_pair_ranks_in_the_middle() -> None:
    one = ["a"], vectors(1), np.arange(1), np.ones(1)
    assert within_bands(*one, centroid_band=ALL).kept == ("a",)
    assert within_bands(*one).kept == ()


@settings(deadline=None)
@given(st.integers(0, 60), st.floats(0.05, 0.95), st.integers(0, 99))
def test_adjoining_bands_share_out_all_pairs(count: int, cut: float, seed: int) -> None:
    ids, points = names(count), vectors(max(count, 1), seed)[:count]
    score = np.round(np.random.default_rng(seed).random(count), 1)  # with ties

    def kept(score_band: Band = ALL, centroid_band: Band = ALL) -> tuple[str, ...]:
        return within_bands(
            ids, points, np.arange(count), score, score_band=score_band, centroid_band=centroid_band
        ).kept

    assert kept() == tuple(sorted(ids))
    for high, low in (
        (kept(centroid_band=(0.0, cut)), kept(centroid_band=(cut, 1.0))),
        (kept(score_band=(0.0, cut)), kept(score_band=(cut, 1.0))),
    ):
        assert sorted(high + low) == sorted(ids)
        assert abs(len(high) - cut * count) <= 1
    of = dict(zip(ids, score.tolist(), strict=True))
    assert not high or not low or min(of[one] for one in high) >= max(of[one] for one in low)


def copies(sorts: int, each: int) -> NDArray[np.float32]:
    """Directions far apart, and near-duplicates of each."""
    found = np.repeat(np.eye(sorts, 40), each, axis=0) + np.random.default_rng(5).normal(0, 0.02, (sorts * each, 40))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float32)


def test_near_duplicates_lose_to_the_one_the_strategy_keeps() -> None:
    ids, points, score = names(60), copies(20, 3), np.random.default_rng(2).random(60)
    found = dataset_pruning(ids, points, score, strategy="score-max", score_band=ALL, centroid_band=ALL)
    best = [max(range(start, start + 3), key=lambda row: score[row]) for start in range(0, 60, 3)]
    assert found.kept == tuple(sorted(ids[row] for row in best))
    lost_to = {ids[row]: ids[best[row // 3]] for row in range(60) if row not in best}
    assert {drop.pair_id: drop.lost_to for drop in found.drops} == lost_to
    assert all((drop.score or 0) > 0.86 for drop in found.drops)


def test_the_middle_one_stays_by_default_and_bands_follow() -> None:
    ids, points, score = names(120), copies(40, 3), np.random.default_rng(2).random(120)
    found = dataset_pruning(ids, points, score)
    assert reasons(found) == {"duplicate-component": 80, "outside-score-band": 32, "outside-centroid-band": 6}
    assert len(found.kept) == 2  # of 40, 8 by score, of these a fifth
    centre = points.sum(axis=0, dtype=np.float64)
    middles = [sorted(range(start, start + 3), key=lambda row: points[row] @ centre)[1] for start in range(0, 120, 3)]
    assert set(found.kept) <= {ids[row] for row in middles}


def test_strategies_need_what_they_go_by() -> None:
    with pytest.raises(BadInput, match="quality"):
        dataset_pruning(names(6), copies(2, 3), np.ones(6), strategy="best")


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_plays_no_part(seed: int) -> None:
    ids, points = names(60), np.repeat(vectors(20), 3, axis=0)
    score, survivors = np.round(np.random.default_rng(4).random(60), 1), np.arange(60)
    survivors[[4, 5]] = 3
    order = np.random.default_rng(seed).permutation(60)
    where = np.argsort(order)
    one = within_bands(ids, points, survivors, score)
    other = within_bands([ids[row] for row in order], points[order], where[survivors[order]], score[order])
    assert one == other


def test_a_pair_without_a_score_passes_the_score_band_and_is_counted() -> None:
    score = np.arange(10, dtype=float)
    score[[2, 7]] = np.nan
    found = within_bands(names(10), vectors(10), np.arange(10), score, score_band=(0.0, 0.5), centroid_band=ALL)
    assert found.unscored == 2
    assert set(found.kept) == {names(10)[row] for row in (2, 7, 9, 8, 6, 5)}


def test_a_band_of_scores_that_nobody_measured_is_refused() -> None:
    with pytest.raises(BadInput, match="no pair has a score"):
        within_bands(names(3), vectors(3), np.arange(3), np.full(3, np.nan))
    found = within_bands(names(3), vectors(3), np.arange(3), np.full(3, np.nan), score_band=ALL, centroid_band=ALL)
    assert (len(found.kept), found.unscored) == (3, 3)


def test_nothing_is_kept_of_nothing() -> None:
    assert within_bands([], np.zeros((0, 4), np.float32), np.zeros(0, np.int64), np.zeros(0)) == Coreset((), ())
    assert dataset_pruning([], np.zeros((0, 4), np.float32), np.zeros(0)) == Coreset((), ())


@pytest.mark.parametrize("band", [(0.6, 0.4), (0.4, 0.4), (-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_a_band_that_holds_nothing_is_refused(band: Band) -> None:
    with pytest.raises(BadConfig, match=r"^--score-band: "):
        within_bands(names(3), vectors(3), np.arange(3), np.ones(3), score_band=band)
    with pytest.raises(BadConfig, match=r"^--centroid-band: "):
        within_bands(names(3), vectors(3), np.arange(3), np.ones(3), centroid_band=band)


CATEGORIES = ["a/a"] * 60 + ["b/b"] * 30 + ["c/c"] * 7


@settings(deadline=None, max_examples=50)
@given(st.floats(0.01, 1), st.floats(0.01, 1), st.integers(0, 9))
def test_a_smaller_fraction_is_part_of_a_larger_one_and_both_are_stratified(one: float, two: float, seed: int) -> None:
    small, large = (random_sample(names(97), CATEGORIES, part, seed=seed) for part in sorted((one, two)))
    assert set(small.kept) <= set(large.kept)
    for part, found in zip(sorted((one, two)), (small, large), strict=True):
        assert abs(len(found.kept) - part * 97) <= 0.5 + 1e-9
        drawn = Counter(category for name, category in zip(names(97), CATEGORIES, strict=True) if name in found.kept)
        assert all(abs(drawn[category] - part * CATEGORIES.count(category)) <= 2 for category in set(CATEGORIES))
        assert reasons(found) == ({"outside-sample": 97 - len(found.kept)} if len(found.kept) < 97 else {})


def test_a_sample_depends_on_seed_and_ids_alone() -> None:
    ids = names(97)
    order = np.random.default_rng(8).permutation(97)
    one = random_sample(ids, CATEGORIES, 0.3, seed=1)
    assert one == random_sample([ids[row] for row in order], [CATEGORIES[row] for row in order], 0.3, seed=1)
    assert one.kept != random_sample(ids, CATEGORIES, 0.3, seed=2).kept


@pytest.mark.parametrize("fraction", [0.0, -0.5, 1.01, float("nan")])
def test_a_fraction_out_of_range_is_refused(fraction: float) -> None:
    with pytest.raises(BadConfig, match="--fraction"):
        random_sample(names(3), ["a/a"] * 3, fraction)
