"""Open questions pass the filters that count and compare options."""

import pytest

from datagen.filters import FILTERS
from schemas import Pair
from tests.datagen.filters.test_filters import CLEAN, drops, pair, question

ANSWER = ("The car is blue.",)


def half_open() -> Pair:
    return CLEAN.model_copy(update={"negative": question("Isn't the car red?", ANSWER)})


@pytest.mark.parametrize("name", FILTERS.names())
def test_no_filter_drops_a_pair_for_being_open(name: str) -> None:
    assert drops(name, pair("Which color is the vehicle?", options=ANSWER), CLEAN) == []


def test_a_pair_of_which_one_half_alone_is_open_has_too_few_options() -> None:
    (drop,) = drops("structure", half_open(), CLEAN)
    assert drop.reason == "too-few-options"


def test_the_other_faults_of_structure_hold_for_open_pairs_too() -> None:
    same = pair("Is it red?", "Is it red?", options=ANSWER)
    empty = pair(options=("…",))
    long = pair(options=("blue " * 41,))
    assert [drop.reason for drop in drops("structure", same, empty, long, CLEAN)] == [
        "same-question", "empty-text", "long-option",
    ]  # fmt: skip
