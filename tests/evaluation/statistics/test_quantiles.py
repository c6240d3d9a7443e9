"""Quantiles without scipy, against scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evaluation.statistics.quantiles import LEAST_FREEDOM, normal_quantile, student_quantile
from schemas.errors import BadInput


@given(st.floats(0.001, 0.999))
def test_normal_equals_scipy(share: float) -> None:
    assert normal_quantile(share) == pytest.approx(float(stats.norm.ppf(share)), abs=1e-9)


@given(st.floats(0.005, 0.995), st.integers(LEAST_FREEDOM, 10_000))
def test_student_is_near_scipy(share: float, freedom: int) -> None:
    assert student_quantile(share, freedom) == pytest.approx(float(stats.t.ppf(share, freedom)), abs=4e-6)


def test_too_few_degrees_of_freedom_are_refused() -> None:
    with pytest.raises(BadInput, match="18 degrees"):
        student_quantile(0.975, LEAST_FREEDOM - 1)
