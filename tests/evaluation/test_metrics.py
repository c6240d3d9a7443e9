"""RA, MR and the table: against counting by hand, and the laws they obey."""

from hypothesis import given
from hypothesis import strategies as st

from evaluation.metrics import Outcome, Table, outcome, tabulate, tabulate_by

HALVES = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60)


@given(HALVES)
def test_equals_counting_by_hand(halves: list[tuple[bool, bool]]) -> None:
    table = tabulate(outcome(positive=positive, negative=negative) for positive, negative in halves)
    both = sum(positive and negative for positive, negative in halves)
    misled = sum(positive and not negative for positive, negative in halves)
    positives = sum(positive for positive, _ in halves)
    assert table.pairs == len(halves)
    assert table.ra == (both / len(halves) if halves else None)
    assert table.mr == (misled / positives if positives else None)


@given(HALVES)
def test_rates_stay_within_their_bounds(halves: list[tuple[bool, bool]]) -> None:
    table = tabulate(outcome(positive=positive, negative=negative) for positive, negative in halves)
    for rate in (table.ra, table.mr):
        assert rate is None or 0 <= rate <= 1
    if table.ra is not None and table.mr is not None:
        positive_right = (table.right_right + table.right_wrong) / table.pairs
        assert abs(table.ra - positive_right * (1 - table.mr)) < 1e-12


@given(HALVES)
def test_order_does_not_matter_and_groups_add_up(halves: list[tuple[bool, bool]]) -> None:
    outcomes = [outcome(positive=positive, negative=negative) for positive, negative in halves]
    names = [f"group {number % 3}" for number in range(len(halves))]
    groups = tabulate_by(names, outcomes)
    assert tabulate(reversed(outcomes)) == tabulate(outcomes)
    assert sum(table.pairs for table in groups.values()) == len(halves)
    assert sum(table.right_wrong for table in groups.values()) == tabulate(outcomes).right_wrong


def test_undefined_is_not_zero() -> None:
    assert (Table().ra, Table().mr) == (None, None)
    assert (Table(wrong_right=3).ra, Table(wrong_right=3).mr) == (0.0, None)


def test_positive_stands_first() -> None:
    assert outcome(positive=True, negative=False) is Outcome.RIGHT_WRONG
    assert outcome(positive=False, negative=True) is Outcome.WRONG_RIGHT
