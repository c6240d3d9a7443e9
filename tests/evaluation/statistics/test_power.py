"""Numbers of pairs: against the exact power, published figures and statsmodels, and the laws they obey."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from evaluation.statistics import difference_shown, pairs_for_difference, pairs_for_half_width
from schemas.errors import BadInput


def exact_power(pairs: int, discordance: float, difference: float) -> float:
    """The exact power of McNemar's test without correction: every pair of discordant counts by its chance."""
    better, worse = (discordance + difference) / 2, (discordance - difference) / 2
    first = np.arange(pairs + 1)[:, None]
    second = np.arange(pairs + 1)[None, :]
    chance = stats.binom.pmf(first + second, pairs, discordance) * stats.binom.pmf(
        first, first + second, better / (better + worse)
    )
    found = np.abs(first - second) >= stats.norm.ppf(0.975) * np.sqrt(np.maximum(first + second, 1))
    return float(chance[found & (first + second <= pairs)].sum())


@pytest.mark.parametrize(("discordance", "difference"), [(0.2, 0.05), (0.15, 0.07), (0.3, 0.1), (0.1, 0.06)])
def test_so_many_pairs_find_the_difference_four_times_in_five(discordance: float, difference: float) -> None:
    pairs = pairs_for_difference(discordance, difference=difference)
    assert pairs is not None
    assert (
        0.785 <= exact_power(pairs, discordance, difference) <= 0.85
    )  # a little more where one model is hardly ever the better
    assert exact_power(pairs // 2, discordance, difference) < 0.6


def test_equals_the_formula_by_scipy() -> None:
    missed, found = stats.norm.ppf([0.975, 0.9])
    expected = ((missed * math.sqrt(0.2) + found * math.sqrt(0.2 - 0.0025)) / 0.05) ** 2
    assert pairs_for_difference(0.2, power=0.9) == math.ceil(expected)


@given(st.floats(0.05, 1), st.floats(0.01, 0.05), st.floats(1, 5))
def test_more_disagreement_a_smaller_difference_or_shared_images_take_more_pairs(
    discordance: float, difference: float, effect: float
) -> None:
    pairs = pairs_for_difference(discordance, difference=difference)
    assert pairs is not None
    for harder in (
        pairs_for_difference(min(1.0, discordance * 1.1), difference=difference),
        pairs_for_difference(discordance, difference=difference / 1.1),
        pairs_for_difference(discordance, difference=difference, design_effect=effect),
        pairs_for_difference(discordance, difference=difference, power=0.9),
        pairs_for_difference(discordance, difference=difference, alpha=0.01),
    ):
        assert harder is not None
        assert harder >= pairs
    assert pairs_for_difference(discordance, difference=difference, design_effect=0.5) == pairs


def test_models_that_disagree_on_too_little_cannot_be_that_far_apart() -> None:
    assert pairs_for_difference(0.04, difference=0.05) is None
    assert pairs_for_difference(0.0) is None
    assert pairs_for_difference(0.05, difference=0.05) is not None


@given(st.integers(20, 5_000), st.floats(0.02, 1), st.floats(1, 4))
def test_the_difference_shown_is_the_other_way_round(pairs: int, discordance: float, effect: float) -> None:
    shown = difference_shown(pairs, discordance, design_effect=effect)
    if shown is None:
        most = pairs_for_difference(discordance, difference=discordance, design_effect=effect)
        assert most is not None
        assert most > pairs
        return
    needed = pairs_for_difference(discordance, difference=shown, design_effect=effect)
    assert needed is not None
    assert needed <= pairs
    if shown > 2e-6:
        less = pairs_for_difference(discordance, difference=shown - 2e-6, design_effect=effect)
        assert less is not None
        assert less >= pairs


def test_no_discordance_shows_nothing() -> None:
    assert difference_shown(300, 0.0) is None
    assert difference_shown(0, 0.3) is None


@given(st.floats(0.01, 0.4), st.integers(0, 20))
def test_half_width_is_reached_and_not_before(half: float, twentieths: int) -> None:
    share = twentieths / 20

    def reached(pairs: int) -> float:
        low, high = proportion_confint(share * pairs, pairs, method="wilson")
        return float(high - low) / 2

    pairs = pairs_for_half_width(half, share=share)
    assert reached(pairs) <= half + 1e-9
    assert pairs == 1 or reached(pairs - 1) > half - 1e-9


def test_published_sizes() -> None:
    assert pairs_for_half_width(0.05) == 381  # 385 by Wald's rule; Wilson's needs z² = 3.84 fewer
    assert pairs_for_half_width(0.05, design_effect=2) == 762


@pytest.mark.parametrize("given_", [{"discordance": 1.1}, {"discordance": -0.1}, {"difference": 0.0}, {"alpha": 1.0}])
def test_nonsense_is_refused(given_: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        pairs_for_difference(**{"discordance": 0.2, **given_})
    with pytest.raises(BadInput):
        pairs_for_half_width(0.5)
