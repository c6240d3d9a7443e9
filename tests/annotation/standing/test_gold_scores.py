"""What annotators make of gold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.standing import GoldScore, score_gold
from annotation.votes import Label, Vote
from evaluation.statistics import wilson

GOLD: dict[str, Label] = {"a": "valid", "b": "valid", "c": "invalid", "d": "invalid"}
LABELS: st.SearchStrategy[Label | None] = st.sampled_from(["valid", "invalid", None])


def test_accepting_what_is_valid_and_refusing_what_is_broken_is_right() -> None:
    votes = [
        Vote("a", "ann", "valid"),
        Vote("b", "ann", "invalid"),
        Vote("c", "ann", "invalid"),
        Vote("d", "ann", None),
    ]
    assert score_gold(votes, GOLD) == {"ann": GoldScore(4, 2, 1, valid=(1, 2), broken=(1, 1))}


def test_not_being_sure_is_not_right_and_is_counted_apart() -> None:
    found = score_gold([Vote(pair_id, "ann", None) for pair_id in GOLD], GOLD)["ann"]
    assert (found.seen, found.right, found.unsure, found.accuracy) == (4, 0, 4, 0.0)
    assert found.informedness is None


def test_who_saw_no_gold_has_no_score() -> None:
    assert score_gold([Vote("x", "ann", "valid")], GOLD) == {}
    nothing = GoldScore()
    assert (nothing.accuracy, nothing.interval, nothing.informedness) == (None, None, None)


@given(st.dictionaries(st.sampled_from(sorted(GOLD)), LABELS, min_size=1))
def test_accuracy_lies_in_wilsons_interval(said: dict[str, Label | None]) -> None:
    found = score_gold([Vote(pair_id, "ann", label) for pair_id, label in said.items()], GOLD)["ann"]
    assert found.interval == wilson(found.right, found.seen)
    assert found.right == sum(label == GOLD[pair_id] for pair_id, label in said.items())
    assert found.valid[1] + found.broken[1] + found.unsure == found.seen == len(said)


def test_informedness_has_newcombes_interval() -> None:
    """56/70 - 48/80: 0.0524 to 0.3339 (Newcombe 1998, table II, case a, method 10)."""
    found = GoldScore(150, 88, 0, valid=(56, 70), broken=(32, 80)).informedness
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(("right", "surely"), [(20, "good"), (10, "guessing")])
def test_much_gold_tells_good_people_from_guessing_ones(right: int, surely: str) -> None:
    found = GoldScore(40, 2 * right, 0, valid=(right, 20), broken=(right, 20)).informedness
    assert found is not None
    assert found.low > 0.5 if surely == "good" else found.high < 0.5
