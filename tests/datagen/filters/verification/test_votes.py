"""What votes come to, against brute force."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.verification.votes import AGREE, NOTHING, STEPS, VOTES, Step, finding, majority, settled

WORDS = ("key", "option 2", "option 3", NOTHING)
BEST = {"premise": "as marked"}
SOUND: dict[Step, list[str]] = {step: [BEST.get(step, "key")] * 2 for step in STEPS}
SOUND["blind_positive"] = ["key", NOTHING, "option 2"]
some_votes = st.lists(st.sampled_from(WORDS), max_size=VOTES)


@given(some_votes)
def test_a_majority_is_what_two_votes_agree_on_and_abstentions_agree_on_nothing(votes: list[str]) -> None:
    agreed = [word for word in WORDS if word != NOTHING and votes.count(word) >= AGREE]
    assert majority(votes) == (agreed[0] if agreed else None)


@given(some_votes)
def test_votes_are_settled_just_when_no_further_vote_could_change_what_they_come_to(votes: list[str]) -> None:
    further = product(WORDS, repeat=VOTES - len(votes))
    assert settled(votes) == (len({majority([*votes, *more]) for more in further}) == 1)


@given(st.dictionaries(st.sampled_from(STEPS), some_votes), st.randoms(use_true_random=False))
def test_the_order_of_votes_plays_no_part(votes: dict[Step, list[str]], chance: object) -> None:
    assert finding(votes) == finding({step: sorted(cast) for step, cast in reversed(votes.items())})


def test_nothing_is_held_against_a_pair_that_all_votes_bear_out_or_that_was_not_voted_on() -> None:
    assert finding(SOUND) is None
    assert finding({}) is None


@pytest.mark.parametrize(
    ("step", "votes", "reason"),
    [
        ("positive", ["option 2", "option 2"], "wrong-key"),
        ("negative", ["key", "option 3", "option 3"], "wrong-key"),
        ("negative", ["key", "option 3", "option 2"], "undecided"),
        ("positive", [NOTHING, NOTHING], "undecided"),
        ("positive", ["key", NOTHING, "option 2"], "undecided"),
        ("premise", ["otherwise", "otherwise"], "wrong-premise"),
        ("premise", [NOTHING, NOTHING], "undecided"),
        ("positive_judged", ["several", "key", "several"], "several-right"),
        ("negative_judged", ["none", "none"], "none-right"),
        ("negative_judged", ["option 2", "option 2"], "undecided"),
        ("negative_judged", ["option 2", "several", "none"], "undecided"),
        ("blind_positive", ["key", "option 2", "key"], "leaks-blind"),
    ],
)
def test_each_step_has_its_own_reason(step: Step, votes: list[str], reason: str) -> None:
    assert finding({**SOUND, step: votes}) == reason


def test_which_option_is_right_is_what_answers_and_judgements_say_together() -> None:
    slipped = ["option 2", "key", "option 2"]
    assert finding({**SOUND, "negative_judged": slipped}) is None, "three of five for the key"
    assert finding({**SOUND, "negative_judged": ["option 2"] * 3}) == "wrong-key", "three of five against it"
    assert finding({**SOUND, "negative": slipped[::-1]}) == "wrong-key", "answers alone decide before judgements"


def test_one_half_answered_blind_is_no_leak() -> None:
    assert finding({**SOUND, "blind_positive": ["key", "key"], "blind_negative": ["option 2", "option 2"]}) is None


def test_what_is_sure_comes_before_what_is_undecided() -> None:
    split = ["key", "option 2", "option 3"]
    assert finding({**SOUND, "positive_judged": split, "negative_judged": ["several", "several"]}) == "several-right"
