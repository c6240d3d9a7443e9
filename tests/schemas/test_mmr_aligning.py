"""Which exchanges belong together: all where the conversations are in step, the certain ones where they are not."""

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.mmr.aligning import Match, align
from schemas.mmr.conversations import Exchange
from tests.schemas.talks import LEADING, PLAIN

POSITIVE = [Exchange(at, *said) for at, said in enumerate(PLAIN, 1)]
NEGATIVE = [Exchange(at, *said) for at, said in enumerate(LEADING, 1)]


def test_conversations_in_step_are_paired_turn_by_turn() -> None:
    assert align(POSITIVE, NEGATIVE) == [Match(at, at) for at in range(4)]


def test_an_empty_conversation_has_no_match() -> None:
    assert align([], NEGATIVE) == align(POSITIVE, []) == align([], []) == []


@settings(deadline=None)
@given(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_with_holes_every_match_is_a_true_one(here: set[int], there: set[int]) -> None:
    positive = [POSITIVE[at] for at in sorted(here)]
    negative = [NEGATIVE[at] for at in sorted(there)]
    for match in align(positive, negative):
        assert positive[match.positive].turn == negative[match.negative].turn


def test_one_hole_on_either_side_leaves_the_rest_paired() -> None:
    assert align(POSITIVE[1:], NEGATIVE) == [Match(0, 1), Match(1, 2), Match(2, 3)]
    assert align(POSITIVE, NEGATIVE[:-1]) == [Match(0, 0), Match(1, 1), Match(2, 2)]


def test_equal_lengths_out_of_step_are_noticed() -> None:
    """A different answer was dropped from each: the k-th no longer belongs to the k-th."""
    assert align(POSITIVE[1:], NEGATIVE[:-1]) == [Match(0, 1), Match(1, 2)]


def test_turns_that_share_no_word_are_left_alone() -> None:
    other = [Exchange(1, "Is it raining?", "No, the sky is clear.")]
    assert align(POSITIVE[:1], other) == []


def test_what_shares_as_much_with_two_is_left_alone() -> None:
    twice = [NEGATIVE[0], NEGATIVE[0], NEGATIVE[2]]
    assert align([POSITIVE[0], POSITIVE[2]], twice) == [Match(1, 2)]


def test_matches_that_cross_are_given_up() -> None:
    assert align([POSITIVE[0], POSITIVE[1]], [NEGATIVE[1], NEGATIVE[0], NEGATIVE[3]]) == []


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 6), st.integers(0, 6))
def test_any_conversations_give_matches_in_order_each_turn_once(rnd: random.Random, many: int, others: int) -> None:
    words = ["red", "car", "dog", "tree", "two", "man"]

    def exchange(at: int) -> Exchange:
        return Exchange(at, " ".join(rnd.choices(words, k=3)), " ".join(rnd.choices(words, k=3)))

    found = align([exchange(at) for at in range(many)], [exchange(at) for at in range(others)])
    for before, after in pairwise(found):
        assert before.positive < after.positive
        assert before.negative < after.negative
