"""What verdicts say of pairs."""

from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.verdict import NONE, Fix, Judgement, Verdict
from annotation.votes import Label, Vote, current, label_of, votes_of
from schemas.pair import LETTERS, Pair
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import ANNA, BEN, half, pair, review, small_pair, solve, wrong_letter

PAIR = small_pair()
PAIRS = {PAIR.pair_id: PAIR}
FIX = Fix(category="attribute/shape")
JUDGED: dict[Judgement, Label | None] = {"accept": "valid", "fix": "invalid", "reject": "invalid", "unsure": None}


def at(second: int, one: Verdict) -> Verdict:
    return one.model_copy(update={"updated": f"2026-11-02T09:00:{second:02}.000000+00:00"})


def test_a_review_votes_by_its_judgement() -> None:
    assert set(JUDGED) == set(get_args(Judgement))
    for judgement, label in JUDGED.items():
        assert label_of(review(PAIR, judgement, fix=FIX if judgement == "fix" else None), PAIR) == label


@pytest.mark.parametrize("one", scene_pairs(30, 5), ids=lambda one: one.pair_id)
def test_a_blind_solve_votes_for_a_pair_by_both_keys_alone(one: Pair) -> None:
    for first in (*LETTERS[: len(one.positive.options)], NONE):
        for second in (*LETTERS[: len(one.negative.options)], NONE):
            right = (first, second) == (one.positive.letter, one.negative.letter)
            assert label_of(solve(one, first, second), one) == ("valid" if right else "invalid")


def test_an_answer_counts_by_the_option_it_was_shown_as() -> None:
    """Whatever the pair's options are lettered as now, or the order they were made in."""
    said = solve(PAIR)
    lettered = PAIR.model_copy(update={"positive": PAIR.positive.model_copy(update={"order": (0, 1, 2)})})
    made_anew = pair(half("How many dogs 0?", "three", "one", "two", answer=1), PAIR.negative)
    assert made_anew.pair_id == lettered.pair_id == PAIR.pair_id
    for other in (lettered, made_anew):
        assert label_of(said, other) == "valid"
        assert label_of(solve(PAIR, wrong_letter(PAIR.positive)), other) == "invalid"


@pytest.mark.parametrize("letter", ["D", "H", "Z", "AB", "", "a"])
def test_a_letter_that_was_not_shown_is_not_the_key(letter: str) -> None:
    said = solve(PAIR).model_copy(update={"positive": letter})
    assert label_of(said, PAIR) == "invalid"


def test_spaces_that_are_not_shown_make_no_difference() -> None:
    wide = pair(half("How  many?", "one \n dog", "two"), half("Where?", "none", "here"))
    assert label_of(solve(wide), wide) == "valid"


def test_the_newest_version_of_a_verdict_counts_wherever_it_stands() -> None:
    old, new = review(PAIR), review(PAIR, "reject", faults=("not-visible",), version=2)
    assert current([old, new]) == current([new, old]) == [new]


def test_a_withdrawn_verdict_counts_no_more_until_it_is_back() -> None:
    gone = review(PAIR, version=2, withdrawn=True)
    assert current([review(PAIR), gone]) == []
    assert votes_of([review(PAIR), gone], PAIRS) == []
    assert current([review(PAIR), gone, review(PAIR, version=3)]) == [review(PAIR, version=3)]


def test_current_verdicts_keep_the_order_they_first_came_in() -> None:
    first, second = review(PAIR, key="s/1/9"), review(PAIR, key="s/1/1", by=BEN)
    assert current([first, second, first.model_copy(update={"version": 2})])[1] == second


def test_each_votes_once_a_pair_and_mode_by_what_they_said_last() -> None:
    before, after = at(1, review(PAIR, key="s/1/7")), at(2, review(PAIR, "unsure", key="s/1/3"))
    assert votes_of([before, after], PAIRS) == votes_of([after, before], PAIRS) == [Vote(PAIR.pair_id, ANNA, None)]
    both = votes_of([before, solve(PAIR, key="s/2/1"), review(PAIR, key="s/3/1", by=BEN)], PAIRS)
    assert {(one.annotator, one.mode) for one in both} == {(ANNA, "review"), (ANNA, "blind"), (BEN, "review")}


def test_verdicts_on_other_pairs_have_no_vote() -> None:
    assert votes_of([review(small_pair(1))], PAIRS) == []
    assert votes_of([], PAIRS) == []


JUDGEMENTS: st.SearchStrategy[Judgement] = st.sampled_from(["accept", "reject", "unsure"])


@settings(deadline=None)
@given(st.data())
def test_the_order_of_the_log_changes_no_vote(data: st.DataObject) -> None:
    made = [
        at(data.draw(st.integers(0, 3)), review(PAIR, judgement, key=f"s/1/{number}", by=by))
        for number, (judgement, by) in enumerate(
            data.draw(st.lists(st.tuples(JUDGEMENTS, st.sampled_from([ANNA, BEN]))))
        )
    ]
    shuffled = list(made)
    Random(data.draw(st.integers())).shuffle(shuffled)
    assert set(votes_of(made, PAIRS)) == set(votes_of(shuffled, PAIRS))
