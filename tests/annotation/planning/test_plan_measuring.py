"""What verdicts say of rates and paces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from annotation.planning import Measured, measure
from annotation.planning.assumed import ACCEPT, SECONDS
from annotation.planning.measured import Accepted, timed
from annotation.planning.pace import names_of, team_pace
from annotation.planning.rates import believe
from tests.annotation.planning.records import blind, pair, review

PAIRS = [pair(number, "attribute/number" if number < 6 else "context/relation") for number in range(10)]
BY_ID = {one.pair_id: one for one in PAIRS}


def test_counts_reviews_and_blind_solves_apart_and_by_category() -> None:
    found = measure(
        [
            review(PAIRS[0], "a@x.org"), review(PAIRS[1], "a@x.org", "reject"), review(PAIRS[2], "a@x.org", "fix"),
            review(PAIRS[3], "a@x.org", "unsure"), review(PAIRS[6], "a@x.org"),
            blind(PAIRS[4], "a@x.org"), blind(PAIRS[7], "a@x.org", right=False),
        ],
        BY_ID,
    )  # fmt: skip
    assert found.of("review") == {"attribute/number": Accepted(1, 3, 3), "context/relation": Accepted(1, 1, 1)}
    assert found.of("blind") == {"attribute/number": Accepted(1, 1, 1), "context/relation": Accepted(0, 1, 1)}


def test_a_pair_that_several_judged_counts_once_as_most_of_them_say() -> None:
    most, tie = PAIRS[0], PAIRS[1]
    found = measure(
        [
            blind(most, "a@x.org"), blind(most, "b@x.org"), blind(most, "c@x.org", right=False),
            blind(tie, "a@x.org"), blind(tie, "b@x.org", right=False),
        ],
        BY_ID,
    )  # fmt: skip
    assert found.of("blind") == {"attribute/number": Accepted(1.5, 2, 5)}


def test_gold_and_adjudications_say_nothing_of_the_rate() -> None:
    verdicts = [
        review(PAIRS[0], "a@x.org"), review(PAIRS[1], "a@x.org", "reject"),
        review(PAIRS[2], "o@x.org", "reject", mode="adjudicate", seconds=300.0),
    ]  # fmt: skip
    found = measure(verdicts, BY_ID, {PAIRS[1].pair_id})
    assert found.of("review") == {"attribute/number": Accepted(1, 1, 1)}
    assert {name: one.verdicts for name, one in found.times("review").items()} == {"a@x.org": 2}


def test_only_the_newest_version_counts_and_none_that_was_withdrawn() -> None:
    first = review(PAIRS[0], "a@x.org", "reject", key="k", seconds=50.0)
    edited = review(PAIRS[0], "a@x.org", key="k", seconds=10.0).model_copy(update={"version": 2})
    withdrawn = review(PAIRS[1], "a@x.org", "reject", key="l").model_copy(update={"withdrawn": True})
    found = measure([first, edited, withdrawn], BY_ID)
    assert found.of("review") == {"attribute/number": Accepted(1, 1, 1)}
    assert found.times("review")["a@x.org"].mean == 10.0


def test_nothing_is_measured_of_no_verdicts() -> None:
    found = measure([], {})
    assert not found.of("review")
    assert not found.times("blind")


def test_breaks_times_not_measured_and_zeros_do_not_count() -> None:
    seconds: list[float | None] = [20.0, 22.0, 24.0, 3_600.0, 86_400.0, 400.0, None, 0.0]
    verdicts = [review(one, "a@x.org", seconds=time) for one, time in zip(PAIRS, seconds, strict=False)]
    found = measure(verdicts, BY_ID).times("review")["a@x.org"]
    assert (found.verdicts, found.mean) == (3, 22.0)


def test_someone_who_took_only_breaks_was_not_timed() -> None:
    found = measure([review(PAIRS[0], "a@x.org", seconds=3_600.0)], BY_ID)
    assert found.times("review") == {}
    assert found.of("review")["attribute/number"].sure == 1


@given(st.floats(5, 60), st.integers(0, 2**32))
def test_the_mean_of_lognormal_times_with_breaks_is_found_again(mean: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    times = mean * np.exp(random.normal(-0.18, 0.6, 2_000))
    breaks = np.full(60, 10 * mean + 600)
    assert timed([*times.tolist(), *breaks.tolist()]).mean == pytest.approx(mean, rel=0.08)


def test_before_any_verdict_the_rate_is_as_assumed() -> None:
    believed = believe({})
    assert believed.overall == pytest.approx(ACCEPT.value, abs=0.002)
    assert believed.rate("context/relation") == pytest.approx(ACCEPT.value, abs=0.002)
    low, high = np.quantile(believed.draw([], np.random.default_rng(0), 40_000).overall, [0.025, 0.975])
    assert (low, high) == pytest.approx((ACCEPT.low, ACCEPT.high), abs=0.012)
    assert beta(15, 5).interval(0.95) == pytest.approx((low, high), abs=0.006)


def test_before_any_verdict_the_pace_is_as_assumed() -> None:
    general = np.random.default_rng(0).standard_normal(40_000)
    for assumed in SECONDS.values():
        pace = team_pace([None], {}, assumed, np.zeros((1, 40_000)), general)
        assert pace.guessed[0] == pytest.approx(assumed.value)
        low, high = np.quantile(pace.drawn[0], [0.025, 0.975])
        up = float(np.exp(0.35**2 / 2))  # a person in the middle is slower than the harmonic mean of all
        assert (low, high) == pytest.approx((assumed.low * up, assumed.high * up), rel=0.03)


def test_few_verdicts_are_blended_and_many_stand_for_themselves() -> None:
    few, many = believe({"a/b": Accepted(2, 10, 10)}), believe({"a/b": Accepted(400, 2_000, 2_000)})
    assert 0.3 < few.rate("a/b") < 0.6
    assert many.rate("a/b") == pytest.approx(0.2, abs=0.01)
    assert few.rate("a/b") < few.rate("a/other") < 0.75


def test_a_category_without_verdicts_is_like_the_others_the_more_these_are_alike() -> None:
    alike = {f"a/{number}": Accepted(180, 200, 200) for number in range(8)}
    apart = {f"a/{number}": Accepted(200 if number % 2 else 160, 200, 200) for number in range(8)}

    def spread(accepted: dict[str, Accepted]) -> float:
        drawn = believe(accepted).draw(["a/new"], np.random.default_rng(0), 4_000)
        return float(drawn.by_category.std())

    assert believe(alike).rate("a/new") == pytest.approx(0.9, abs=0.03)
    assert spread(alike) < spread(apart)


def test_whoever_was_measured_has_a_pace_of_their_own_and_the_rest_are_like_them() -> None:
    times = {"a@x.org": timed([10.0] * 500), "b@x.org": timed([12.0] * 500)}
    people = names_of([times, {}], 3)
    assert people == ["a@x.org", "b@x.org", None]
    zeros = np.zeros((3, 10))
    pace = team_pace(people, times, SECONDS["review"], zeros, np.zeros(10))
    assert pace.guessed[:2] == pytest.approx([10.0, 12.0], rel=0.02)
    assert 11 < pace.guessed[2] < 25


def test_a_measured_mode_says_nothing_of_the_other() -> None:
    found = Measured({"review": {"a/b": Accepted(0, 500, 500)}})
    assert believe(found.of("blind")).rate("a/b") == pytest.approx(ACCEPT.value, abs=0.002)
