"""Wilson's interval: against statsmodels, and the laws it obeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from benchmarks.coverage import FEW, exact_wilson
from evaluation.metrics import Outcome
from evaluation.statistics import Intervals, wilson, wilson_of_share, wilson_rates
from schemas.errors import BadInput

RR, RW, WR, WW = Outcome
COUNTS = st.integers(1, 2_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@given(COUNTS)
def test_equals_statsmodels(counts: tuple[int, int]) -> None:
    right, trials = counts
    found = wilson(right, trials)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(proportion_confint(right, trials, method="wilson"), abs=1e-9)


@given(COUNTS)
def test_holds_the_share_and_mirrors_its_complement(counts: tuple[int, int]) -> None:
    right, trials = counts
    found, mirrored = wilson(right, trials), wilson(trials - right, trials)
    assert found is not None
    assert mirrored is not None
    assert 0 <= found.low <= right / trials <= found.high <= 1
    assert found.low < found.high
    assert (found.low, found.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)


@given(st.floats(0, 1), st.floats(0.5, 1_000), st.floats(1.01, 10))
def test_narrows_with_more_trials_and_widens_with_the_quantile(share: float, trials: float, times: float) -> None:
    one, more = wilson_of_share(share, trials), wilson_of_share(share, times * trials)
    surer = wilson_of_share(share, trials, quantile=2.5)
    assert more.high - more.low < one.high - one.low < surer.high - surer.low


def test_bounds_are_exact_where_none_or_all_are_right() -> None:
    for trials in (1, 3, 7, 24, 300):
        none, all_ = wilson(0, trials), wilson(trials, trials)
        assert none is not None
        assert all_ is not None
        assert (none.low, all_.high) == (0.0, 1.0)


def test_no_trials_no_interval_and_no_nonsense() -> None:
    assert wilson(0, 0) is None
    for right, trials in ((3, 2), (-1, 2), (0, -1)):
        with pytest.raises(BadInput):
            wilson(right, trials)
    with pytest.raises(BadInput):
        wilson_of_share(0.5, 0)


def test_gpt4o_on_the_released_benchmark() -> None:
    """RA 69.0 on 300 pairs: 63.6 to 74.0."""
    found = wilson(207, 300)
    assert found is not None
    assert (round(100 * found.low, 1), round(100 * found.high, 1)) == (63.6, 74.0)


def test_rates_of_a_category_say_where_images_repeat() -> None:
    outcomes = [RR, RW, WW, RR]
    apart = wilson_rates(["a", "b", "c", "d"], outcomes)
    assert apart.ra == wilson(2, 4)
    assert apart.mr == wilson(1, 3)
    shared = wilson_rates(["a", "b", "c", "c"], outcomes)
    assert shared.ra is not None
    assert shared.mr is not None
    assert (shared.ra.how, shared.mr.how) == ("wilson-approximate", "wilson")  # one of c's is no right positive
    assert wilson_rates([], []) == Intervals(None, None)
    assert wilson_rates(["a"], [WR]).mr is None


def test_covers_nine_in_ten_at_24_pairs() -> None:
    """Not simulated: the chance of every count for which the interval holds the truth, added up."""
    exact = [exact_wilson(FEW, share / 200) for share in range(20, 181)]
    assert min(exact) >= 0.90
