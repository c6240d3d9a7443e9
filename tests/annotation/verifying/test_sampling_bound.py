"""The bound that a sample gives, against SciPy's Clopper-Pearson."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binomtest

from annotation.verifying.sampling import LEVEL, upper_bound

SIZES = st.integers(1, 5_000).flatmap(lambda judged: st.tuples(st.integers(0, judged), st.just(judged)))


@given(SIZES)
def test_bound_is_clopper_and_pearsons(sizes: tuple[int, int]) -> None:
    wrong, judged = sizes
    exact = 1.0 if wrong == judged else float(beta.ppf(LEVEL, wrong + 1, judged - wrong))
    assert upper_bound(wrong, judged) == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize(("wrong", "judged"), [(0, 1), (0, 59), (1, 100), (3, 300), (50, 100), (99, 100)])
def test_bound_is_the_one_that_a_one_sided_test_gives(wrong: int, judged: int) -> None:
    interval = binomtest(wrong, judged, alternative="less").proportion_ci(LEVEL, method="exact")
    assert upper_bound(wrong, judged) == pytest.approx(float(interval.high), abs=1e-9)


def test_no_sample_bounds_nothing() -> None:
    assert upper_bound(0, 0) == 1.0


@given(st.integers(1, 500))
def test_more_judged_bounds_more_and_more_wrong_less(judged: int) -> None:
    assert upper_bound(0, judged + 1) < upper_bound(0, judged) < upper_bound(1, judged + 1)
