"""Days on which people work: Monday to Friday; holidays are not known."""

from datetime import date, timedelta

_SATURDAY = 5


def last_day(start: date, days: int) -> date:
    """The last of so many working days, the first of which is ``start`` or the Monday after it.

    Args:
        start: Any day.
        days: 0 is ``start`` itself, for nothing is to be done. So many that no calendar has them end on its last day.
    """
    if days <= 0:
        return start
    first = start if start.weekday() < _SATURDAY else _later(start, 7 - start.weekday())
    weeks, over = divmod(first.weekday() + days - 1, 5)
    return _later(first, 7 * weeks + over - first.weekday())


def _later(day: date, days: int) -> date:
    return day + timedelta(days) if days <= (date.max - day).days else date.max
