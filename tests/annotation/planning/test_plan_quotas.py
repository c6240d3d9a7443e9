"""Water-filling: against giving out one by one, and by its laws."""

from hypothesis import given
from hypothesis import strategies as st

from annotation.planning.quotas import water_fill

BOUNDS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda two: (min(two), max(two))), max_size=8)


def one_by_one(want: int, least: list[int], most: list[int]) -> list[int]:
    """The next one always goes to whoever has fewest, the first of these."""
    filled = list(least)
    while sum(filled) < want:
        open_ = [position for position, have in enumerate(filled) if have < most[position]]
        if not open_:
            break
        filled[min(open_, key=lambda position: filled[position])] += 1
    return filled


@given(st.integers(0, 200), BOUNDS)
def test_is_what_giving_out_one_by_one_comes_to(want: int, bounds: list[tuple[int, int]]) -> None:
    least, most = [low for low, _ in bounds], [high for _, high in bounds]
    assert water_fill(want, least=least, most=most) == one_by_one(want, least, most)


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**7), min_size=1, max_size=30))
def test_gives_out_all_that_is_wanted_where_there_is_enough(want: int, most: list[int]) -> None:
    filled = water_fill(want, least=[0] * len(most), most=most)
    assert sum(filled) == min(want, sum(most))
    assert all(0 <= have <= limit for have, limit in zip(filled, most, strict=True))
    unbound = [have for have, limit in zip(filled, most, strict=True) if have < limit]
    assert not unbound or max(filled) - min(unbound) <= 1


def test_nothing_to_share_among_none() -> None:
    assert water_fill(0, least=[], most=[]) == []
    assert water_fill(5, least=[], most=[]) == []


def test_what_a_category_has_too_much_of_the_others_have_less() -> None:
    assert water_fill(30, least=[20, 0, 0], most=[50, 50, 50]) == [20, 5, 5]
    assert water_fill(30, least=[40, 3, 0], most=[50, 50, 50]) == [40, 3, 0]
