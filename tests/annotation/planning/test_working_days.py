from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.planning.working_days import last_day


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 3_000))
def test_counts_as_numpy_counts_business_days(start: date, days: int) -> None:
    assert last_day(start, days) == np.busday_offset(start, days - 1, roll="forward").astype(date)


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        (date(2026, 11, 2), 1, date(2026, 11, 2)),
        (date(2026, 11, 2), 5, date(2026, 11, 6)),
        (date(2026, 11, 2), 6, date(2026, 11, 9)),
        (date(2026, 11, 6), 2, date(2026, 11, 9)),
        (date(2026, 11, 7), 1, date(2026, 11, 9)),
        (date(2026, 11, 8), 1, date(2026, 11, 9)),
        (date(2026, 11, 8), 0, date(2026, 11, 8)),
    ],
)
def test_work_begins_on_a_weekday_and_rests_at_the_weekend(start: date, days: int, ends: date) -> None:
    assert last_day(start, days) == ends


def test_what_no_calendar_has_ends_on_its_last_day() -> None:
    assert last_day(date(2026, 11, 2), 10**9) == date.max
    assert last_day(date.max - timedelta(1), 10**6) == date.max
