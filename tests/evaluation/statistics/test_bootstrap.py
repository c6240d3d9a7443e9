"""Intervals of RA and MR: seeded, over images, as wide as the images say, and honest at the edges."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.metrics import Outcome, tabulate
from evaluation.statistics import Interval, Intervals, bootstrap, wilson, wilson_of_share
from evaluation.statistics.bootstrap import FEW_IMAGES, kinds_of_image, resample

RR, RW, WR, WW = Outcome


def some(count: int, seed: int = 0, per_image: int = 1) -> tuple[list[str], list[Outcome]]:
    chance = random.Random(seed)
    outcomes = chance.choices(list(Outcome), weights=[6, 2, 1, 1], k=count)
    return [f"image {number // per_image}" for number in range(count)], outcomes


def both(found: Intervals) -> tuple[Interval, Interval]:
    assert found.ra is not None
    assert found.mr is not None
    return found.ra, found.mr


def width(interval: Interval) -> float:
    return interval.high - interval.low


def test_same_seed_gives_the_same_intervals_in_any_order() -> None:
    images, outcomes = some(60, per_image=2)
    order = list(range(60))
    random.Random(3).shuffle(order)
    shuffled = bootstrap([images[at] for at in order], [outcomes[at] for at in order], seed=5)
    assert bootstrap(images, outcomes, seed=5) == shuffled
    assert bootstrap(images, outcomes, seed=6) != shuffled


def test_rates_vary_over_resamples_as_scipy_has_it() -> None:
    """Drawing kinds of image is drawing images: scipy draws them one by one, and its spread is ours."""
    images, outcomes = some(120, per_image=3)
    names = sorted(set(images))
    counts = np.array([
        [sum(image == name and one == kind for image, one in zip(images, outcomes, strict=True)) for kind in Outcome]
        for name in names
    ])  # fmt: skip
    drawn = resample(*kinds_of_image(images, outcomes), seed=0, resamples=20_000)
    assert (drawn.sum(axis=1) == 120).all()

    def spread(of: list[int], out_of: list[int]) -> float:
        def rate(right: np.ndarray, trials: np.ndarray, axis: int = -1) -> np.ndarray:  # type: ignore[type-arg]
            return np.asarray(right.sum(axis=axis) / trials.sum(axis=axis))

        data = (counts[:, of].sum(axis=1), counts[:, out_of].sum(axis=1))
        random = np.random.default_rng(1)
        found = stats.bootstrap(data, rate, paired=True, n_resamples=20_000, method="percentile", rng=random)
        return float(found.standard_error)

    ra = drawn[:, RR] / drawn.sum(axis=1)
    mr = drawn[:, RW] / (drawn[:, RR] + drawn[:, RW])
    assert float(ra.std()) == pytest.approx(spread([RR], [RR, RW, WR, WW]), rel=0.03)  # three standard errors
    assert float(mr.std()) == pytest.approx(spread([RW], [RR, RW]), rel=0.03)


def test_is_nearly_wilson_where_every_pair_has_an_image_of_its_own() -> None:
    images, outcomes = some(300)
    ra, mr = both(bootstrap(images, outcomes))
    table = tabulate(outcomes)
    assert (ra.how, mr.how) == ("bootstrap", "bootstrap")
    for found, right, trials in ((ra, table.right_right, 300), (mr, table.right_wrong, table.right_right + table.right_wrong)):  # fmt: skip # noqa: E501
        expected = wilson(right, trials)
        assert expected is not None
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.005)
        assert width(found) >= width(expected)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(Outcome)), max_size=120), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_holds_the_figure_itself_and_is_never_a_point(pairs: list[tuple[int, Outcome]], seed: int) -> None:
    images, outcomes = [str(image) for image, _ in pairs], [one for _, one in pairs]
    found, table = bootstrap(images, outcomes, seed=seed, resamples=200), tabulate(outcomes)
    for rate, interval in ((table.ra, found.ra), (table.mr, found.mr)):
        assert (rate is None) == (interval is None)
        if rate is not None and interval is not None:
            assert 0 <= interval.low <= rate <= interval.high <= 1
            assert width(interval) > 0


def test_pairs_of_one_image_that_agree_widen_the_interval_as_much_as_they_should() -> None:
    """Four pairs an image that always agree are worth one."""
    outcomes = ([RR] * 4 + [WW] * 4 + [RW] * 4 + [RR] * 4) * 20
    together, _ = both(bootstrap([str(number // 4) for number in range(320)], outcomes, resamples=20_000))
    alone, _ = both(bootstrap([str(number) for number in range(320)], outcomes, resamples=20_000))
    expected = wilson(40, 80)
    assert expected is not None
    assert width(together) == pytest.approx(width(expected), rel=0.04)
    assert width(together) > 1.8 * width(alone)


def test_pairs_of_one_image_that_differ_are_worth_no_more_than_pairs() -> None:
    outcomes = [RR, WW] * 99 + [RR, RR]
    found = bootstrap([str(number // 2) for number in range(200)], outcomes).ra
    expected = wilson(101, 200)
    assert found is not None
    assert expected is not None
    assert width(found) >= width(expected)


def test_all_right_or_all_wrong_is_no_point() -> None:
    """The old interval was [100, 100] % on any number of pairs."""
    images = [str(number) for number in range(300)]
    assert bootstrap(images, [RR] * 300).ra == wilson_of_share(1.0, 300, how="wilson-images")
    assert bootstrap(images, [WR] * 300).ra == wilson_of_share(0.0, 300, how="wilson-images")
    assert bootstrap(images, [RR] * 300).mr == wilson_of_share(0.0, 300, how="wilson-images")
    fives = [str(number // 5) for number in range(300)]
    assert bootstrap(fives, [RR] * 300).ra == wilson_of_share(1.0, 60, how="wilson-images")


def test_images_that_all_agree_on_a_share_count_as_one_trial_each() -> None:
    images = [str(number // 2) for number in range(80)]
    assert bootstrap(images, [RR, WW] * 40).ra == wilson_of_share(0.5, 40, how="wilson-images")


def test_few_images_count_as_one_trial_each_and_a_big_one_for_little_more() -> None:
    images, outcomes = some(3 * (FEW_IMAGES - 1), per_image=3)
    ra, _ = both(bootstrap(images, outcomes))
    assert tabulate(outcomes).ra is not None
    assert ra == wilson_of_share(tabulate(outcomes).ra or 0.0, FEW_IMAGES - 1, how="wilson-images")
    one_image = bootstrap(["a"] * 40, [RR, RW] * 20).ra
    assert one_image == wilson_of_share(0.5, 1, how="wilson-images")
    # 91 pairs of one image and one of each of nine: worth 100² / (91² + 9) = 1.2 images.
    lopsided = bootstrap(["big"] * 91 + list("abcdefghi"), [RR] * 50 + [WW] * 50).ra
    assert lopsided == wilson_of_share(0.5, 10_000 / 8_290, how="wilson-images")


def test_mr_goes_by_the_images_that_have_it() -> None:
    """100 images, but a positive right on ten of them only."""
    outcomes = [RW, RR] * 5 + [WW] * 90
    ra, mr = both(bootstrap([str(number) for number in range(100)], outcomes))
    assert ra.how == "bootstrap"
    assert mr == wilson_of_share(0.5, 10, how="wilson-images")


def test_nothing_to_tell_gives_no_interval() -> None:
    assert bootstrap([], []) == Intervals(None, None)
    never_right = bootstrap(["a", "b", "c"], [WR, WW, WR])
    assert never_right.mr is None
    assert never_right.ra is not None
