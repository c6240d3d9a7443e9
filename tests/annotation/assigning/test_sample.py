"""A random share of each category."""

from collections import Counter
from collections.abc import Sequence
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.assigning import Assignment, Candidate, Staff
from annotation.assigning.sample import draw_sample
from annotation.gold import GoldPair
from annotation.settings import AnnotateSettings
from schemas.pair import Pair
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import ANNA, BEN, OWNER, small_pair

PAIRS = scene_pairs(150, 5)
SIZES = Counter(one.category for one in PAIRS)


def staff(assigned: Sequence[Assignment] = (), gold: Sequence[GoldPair] = (), seed: int = 7) -> Staff:
    return Staff((ANNA, BEN), AnnotateSettings(owner=OWNER, overlap=1.0), seed, assigned, gold)


def left(assigned: Sequence[Assignment] = (), pairs: Sequence[Pair] = PAIRS) -> list[Candidate]:
    taken = {one.pair_id for one in assigned}
    return [Candidate(one, "train") for one in pairs if one.pair_id not in taken]


def sizes(made: Sequence[Assignment]) -> Counter[str]:
    return Counter(one.sample for one in made if one.sample)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.25, 0.5, 1.0])
def test_a_share_of_each_category_rounded_up_is_judged_once_each(share: float) -> None:
    made = draw_sample(left(), staff(), share)
    assert sizes(made) == {name: ceil(share * number) for name, number in SIZES.items()}
    assert len({one.pair_id for one in made}) == len(made)
    categories = {one.pair_id: one.category for one in PAIRS}
    assert all(one.sample == categories[one.pair_id] and one.mode == "review" for one in made)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=4))
def test_the_same_share_draws_nothing_more_and_a_larger_one_adds_to_it(shares: list[float]) -> None:
    made: list[Assignment] = []
    for share in sorted(shares):
        fresh = draw_sample(left(made), staff(made), share)
        made += fresh
        assert draw_sample(left(made), staff(made), share) == []
    whole = draw_sample(left(), staff(), max(shares))
    assert {one.pair_id for one in made} == {one.pair_id for one in whole}


def test_a_share_that_floats_round_up_is_not_one_more() -> None:
    assert 0.07 * 100 > 7
    assert len(draw_sample(left(pairs=[small_pair(number) for number in range(100)]), staff(), 0.07)) == 7


def test_the_benchmark_is_not_sampled() -> None:
    found = [Candidate(one, "benchmark") for one in PAIRS]
    assert draw_sample(found, staff(), 1.0) == []


def test_pairs_with_a_known_answer_are_not_drawn_in_place_of_others() -> None:
    known = [GoldPair(pair=one, label="valid", origin="solved", base=one.pair_id) for one in PAIRS[::2]]
    made = draw_sample(left(), staff(gold=known), 0.5)
    rest = Counter(one.category for one in PAIRS[1::2])
    assert sizes(made) == {name: ceil(0.5 * number) for name, number in rest.items()}
    assert not {one.pair_id for one in made if one.sample} & {one.pair_id for one in known}
    hidden = [one for one in made if one.gold]
    assert hidden
    assert all(one.sample is None for one in hidden)


def test_who_is_drawn_depends_on_the_seed_and_not_on_the_order() -> None:
    made = {one.pair_id for one in draw_sample(left(), staff(), 0.3)}
    assert {one.pair_id for one in draw_sample(left()[::-1], staff(), 0.3)} == made
    assert {one.pair_id for one in draw_sample(left(), staff(seed=8), 0.3)} != made


def test_nothing_gives_nothing() -> None:
    assert draw_sample([], staff(), 1.0) == []
