"""Agreement measured: intervals, categories, and what counts as a judgement."""

from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.agreement import Agreement, Figure, agree, by_category
from annotation.votes import Label, Vote

VOTE = st.builds(
    Vote,
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["ann", "bob", "cid"]),
    st.sampled_from(["valid", "invalid", None]),
    st.sampled_from(["review", "blind", "adjudicate"]),
)


def judged(pairs: int, *, seed: int = 0, right: float = 0.9, sound: float = 0.9, judges: int = 2) -> list[Vote]:
    random = Random(seed)
    made = []
    for pair in range(pairs):
        valid = random.random() < sound
        for judge in range(judges):
            label: Label = "valid" if valid == (random.random() < right) else "invalid"
            made.append(Vote(str(pair), str(judge), label))
    return made


def test_the_same_seed_gives_the_same_intervals_around_the_figures() -> None:
    found = agree(judged(200), seed=3)
    assert found == agree(judged(200), seed=3)
    assert found.raw.interval != agree(judged(200), seed=4).raw.interval
    for figure in (found.raw, found.alpha, found.ac1):
        assert figure.value is not None
        assert figure.interval is not None
        assert figure.interval.low < figure.value < figure.interval.high
        assert figure.interval.how == "bootstrap"


def test_more_pairs_narrow_the_interval() -> None:
    few, many = agree(judged(50)).ac1.interval, agree(judged(5_000)).ac1.interval
    assert few is not None
    assert many is not None
    assert many.high - many.low < 0.3 * (few.high - few.low)


def test_intervals_hold_the_truth_about_as_often_as_they_claim() -> None:
    truth = agree(judged(100_000), draws=1)
    held = [0, 0, 0]
    for seed in range(200):
        found = agree(judged(100, seed=seed))
        for place, (figure, true) in enumerate(
            [(found.raw, truth.raw), (found.alpha, truth.alpha), (found.ac1, truth.ac1)]
        ):
            assert figure.interval is not None
            assert true.value is not None
            held[place] += figure.interval.low <= true.value <= figure.interval.high
    assert min(held) >= 180


def test_where_nobody_disagrees_the_interval_still_says_how_little_is_known() -> None:
    found = agree([Vote(str(pair), judge, "valid") for pair in range(10) for judge in "ab"])
    assert found.raw.value == found.ac1.value == 1
    assert found.alpha == Figure()  # one label alone: there was nothing to disagree on
    assert found.raw.interval is not None
    assert found.ac1.interval is not None
    assert 0.7 < found.raw.interval.low == found.ac1.interval.low < 0.75
    assert found.raw.interval.how == "wilson"
    mixed = agree([Vote(str(pair), judge, "invalid" if pair < 5 else "valid") for pair in range(10) for judge in "ab"])
    assert mixed.alpha.value == 1
    assert mixed.alpha.interval is not None
    assert mixed.alpha.interval.low < 0.5


@pytest.mark.parametrize(
    "votes",
    [[], [Vote("a", "ann", "valid"), Vote("b", "bob", "invalid")], [Vote("a", "ann", "valid"), Vote("a", "bob", None)]],
)
def test_without_a_pair_judged_twice_there_are_no_figures(votes: list[Vote]) -> None:
    found = agree(votes)
    assert (found.pairs, found.raw, found.alpha, found.ac1) == (0, Figure(), Figure(), Figure())


def test_unsure_judgements_are_counted_and_say_nothing() -> None:
    assert agree([]) == Agreement(0, 0, None, Figure(), Figure(), Figure())
    found = agree([*judged(20), Vote("0", "x", None), Vote("new", "x", None)])
    assert found.judgements == 42
    assert found.unsure == pytest.approx(2 / 42)
    assert found.raw == agree(judged(20)).raw


def test_an_adjudication_is_no_independent_judgement_and_nobody_judges_twice() -> None:
    votes = [Vote("a", "ann", "valid"), Vote("a", "owner", "valid", "adjudicate"), Vote("a", "ann", "valid", "blind")]
    assert agree(votes).pairs == 0


def test_categories_are_measured_apart_and_pairs_without_one_left_out() -> None:
    votes = [Vote(pair, judge, "valid") for pair in "abc" for judge in ("ann", "bob")]
    found = by_category(votes, {"a": "z/z", "b": "attribute/number"})
    assert list(found) == ["attribute/number", "z/z"]
    assert [one.pairs for one in found.values()] == [1, 1]
    assert found["z/z"] == agree([one for one in votes if one.pair_id == "a"])


@given(st.lists(VOTE))
def test_any_votes_are_measured(votes: list[Vote]) -> None:
    found = agree(votes, draws=20)
    assert (found.raw.value is None) == (found.pairs == 0)
    for figure in (found.raw, found.alpha, found.ac1):
        if figure.interval is not None:
            assert -1 <= figure.interval.low <= figure.interval.high <= 1


def test_ten_thousand_pairs_take_no_time() -> None:
    votes = judged(10_000, judges=3)
    began = perf_counter()
    agree(votes)
    assert perf_counter() - began < 2  # 0.03 s where it was measured
