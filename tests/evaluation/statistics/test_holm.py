"""Holm's adjustment: against statsmodels, and the laws it obeys."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from evaluation.statistics import holm
from schemas.errors import BadInput

VALUES = st.lists(st.floats(0, 1) | st.none(), max_size=20)


def test_equals_statsmodels() -> None:
    chance = random.Random(0)
    for count in (1, 2, 12, 40):  # theirs collects garbage at every call: few calls
        values = [chance.choice([0.0, 0.01, chance.random() ** 3, chance.random()]) for _ in range(count)]
        assert holm(values) == pytest.approx(multipletests(values, method="holm")[1].tolist(), abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_equals_the_definition(values: list[float]) -> None:
    """The largest, over all values no greater than one, of the value times how many are not smaller."""
    ranked = sorted(values)
    for value, found in zip(values, holm(values), strict=True):
        last = len(ranked) - 1 - ranked[::-1].index(value)
        assert found == min(1.0, max(ranked[at] * (len(ranked) - at) for at in range(last + 1)))


@given(VALUES)
def test_tests_that_were_not_made_do_not_count(values: list[float | None]) -> None:
    adjusted = holm(values)
    assert [one is None for one in adjusted] == [one is None for one in values]
    assert [one for one in adjusted if one is not None] == holm([one for one in values if one is not None])


@given(st.lists(st.floats(0, 1), max_size=20))
def test_never_lowers_and_keeps_the_order(values: list[float]) -> None:
    adjusted = [one for one in holm(values) if one is not None]
    assert all(before <= after <= 1 for before, after in zip(values, adjusted, strict=True))
    ranked = [after for _, after in sorted(zip(values, adjusted, strict=True))]
    assert ranked == sorted(ranked)


def test_one_and_none() -> None:
    assert holm([]) == []
    assert holm([0.03]) == [0.03]
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_what_is_no_p_value_is_refused(value: float) -> None:
    with pytest.raises(BadInput):
        holm([0.5, value])
