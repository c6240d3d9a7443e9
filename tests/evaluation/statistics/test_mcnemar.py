"""McNemar's test: against statsmodels and scipy, and the laws it obeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import contingency_tables

from evaluation.statistics import mcnemar
from evaluation.statistics.mcnemar import Form
from schemas.errors import BadInput

COUNT = st.integers(0, 300)
FORMS: tuple[Form, ...] = ("exact", "mid-p", "chi2")


@given(COUNT, COUNT)
def test_exact_equals_statsmodels(first: int, second: int) -> None:
    theirs = contingency_tables.mcnemar([[50, first], [second, 50]], exact=True)
    ours = mcnemar(first, second)
    assert ours.statistic == theirs.statistic
    if first + second:  # theirs is 1 too, by way of a binomial of no trials
        assert ours.p == pytest.approx(theirs.pvalue, abs=1e-12, rel=1e-9)


@given(COUNT, COUNT)
def test_chi_squared_equals_statsmodels(first: int, second: int) -> None:
    if first + second == 0:
        assert mcnemar(0, 0, form="chi2").p == 1.0  # theirs divides by zero
        return
    theirs = contingency_tables.mcnemar([[50, first], [second, 50]], exact=False, correction=True)
    ours = mcnemar(first, second, form="chi2")
    assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), abs=1e-12, rel=1e-9)


@given(COUNT, COUNT)
def test_mid_p_takes_half_of_what_is_seen(first: int, second: int) -> None:
    fewer, discordant = min(first, second), first + second
    if discordant:
        below = stats.binom.cdf(fewer, discordant, 0.5) - stats.binom.pmf(fewer, discordant, 0.5) / 2
        assert mcnemar(first, second, form="mid-p").p == pytest.approx(min(1.0, 2 * below), abs=1e-12, rel=1e-9)


@given(COUNT, COUNT, st.sampled_from(FORMS))
def test_does_not_care_which_model_comes_first(first: int, second: int, form: Form) -> None:
    one, other = mcnemar(first, second, form=form), mcnemar(second, first, form=form)
    assert one.p == other.p
    assert 0 < one.p <= 1
    assert mcnemar(first, second, form="mid-p").p <= mcnemar(first, second).p


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from(FORMS))
def test_falls_as_the_counts_move_apart(fewer: int, more: int, form: Form) -> None:
    if more > fewer:
        assert mcnemar(fewer, more + 1, form=form).p < mcnemar(fewer, more, form=form).p


def test_many_pairs_are_exact_too() -> None:
    found = mcnemar(4_000, 4_200)
    assert found.p == pytest.approx(float(stats.binomtest(4_000, 8_200).pvalue), rel=1e-9)
    assert mcnemar(0, 1_500).p < 1e-300


def test_nothing_discordant_tells_nothing() -> None:
    assert [mcnemar(0, 0, form=form).p for form in FORMS] == [1.0, 1.0, 1.0]


def test_negative_counts_are_refused() -> None:
    with pytest.raises(BadInput):
        mcnemar(-1, 3)
