import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.generators.rules.absent import deal
from datagen.generators.rules.boxes import labels
from datagen.generators.rules.captions import contrast_sets
from datagen.generators.rules.data_files import load
from datagen.generators.rules.values import alternatives_of
from schemas import Fact
from schemas.fact import Slot


def others(slot: Slot, value: str, *, seed: int = 0, source: str = "scene", **changes: object) -> tuple[str, ...]:
    fields: dict[str, object] = {"image": "path:a", "slot": slot, "subject": "thing", "value": value, "source": source}
    return alternatives_of(Fact.model_validate(fields | changes), named=frozenset(), boxes=frozenset(), seed=seed)


@given(st.integers(1, 12), st.integers(0, 2**32))
def test_numbers_are_a_window_of_four_around_the_true_one(true: int, seed: int) -> None:
    window = sorted([true, *map(int, others("count", str(true), seed=seed))])
    assert window == list(range(window[0], window[0] + 4))
    assert window[0] >= 0


def test_the_true_number_stands_anywhere_in_its_window() -> None:
    counted = (others("count", "7", seed=seed, source="boxes") for seed in range(400))
    places = Counter(sum(int(one) < 7 for one in window) for window in counted)
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 70


@given(st.integers(1, 7), st.integers(0, 2**32))
def test_of_scenes_no_number_is_offered_that_is_never_drawn(true: int, seed: int) -> None:
    window = sorted([true, *map(int, others("count", str(true), seed=seed))])
    assert window in ([1, 2, 3, 4], [4, 5, 6, 7])


@given(st.integers(0, 9_999).map(str), st.integers(0, 2**32))
def test_other_numbers_on_a_sign_have_as_many_digits(value: str, seed: int) -> None:
    found = others("text", value, seed=seed)
    assert len(set(found) - {value}) == len(found) >= 3
    assert {len(one) for one in found} == {len(value)}


def test_words_on_a_sign_stand_against_words_of_their_length() -> None:
    found = others("text", "STOP")
    assert len(found) >= 3
    assert all(3 <= len(word) <= 5 and word != "STOP" for word in found)


@pytest.mark.parametrize(
    ("slot", "value", "never"),
    [
        ("shape", "circle", "oval"),
        ("identity", "flag of Denmark", "flag of Switzerland"),
        ("meaning", "half note", "whole note"),
    ],
)
def test_what_may_be_taken_for_the_true_value_is_never_offered(slot: Slot, value: str, never: str) -> None:
    found = others(slot, value)
    assert len(found) >= 3
    assert value not in found
    assert never not in found


def test_alternatives_are_of_the_same_kind() -> None:
    assert all(one.startswith("flag of") for one in others("identity", "flag of Japan"))
    assert "parking" in others("meaning", "danger")
    assert "gold" not in others("meaning", "danger")


def test_an_unknown_value_has_no_alternatives() -> None:
    assert others("shape", "blob") == others("identity", "my house") == ()


def test_no_data_file_names_a_value_in_two_groups_of_a_kind() -> None:
    for name in ("kinds", "drawn"):
        tables = [groups for groups in load(name).values() if isinstance(groups, list)]
        for groups in [*tables, *load("drawn")["relation"].values()]:
            values = [value for group in groups for value in group]
            assert len(values) == len(set(values))


def test_labels_in_the_tables_are_cocos() -> None:
    known = set(contrast_sets().things)
    table = labels()
    assert table.countable | table.background | table.unplaced | table.popular | table.unspoken <= known
    groups = {thing.group for thing in contrast_sets().things.values()}
    assert {group for place in load("settings").values() for group in place} <= groups


def test_each_absent_thing_is_dealt_once_in_hands_of_three() -> None:
    absent = [f"thing {number}" for number in range(20)]
    hands = list(deal(absent, {"dog"}, random.Random(0)))
    dealt = [thing for hand in hands for thing in hand]
    assert {len(hand) for hand in hands} == {3}
    assert len(hands) == 6
    assert len(dealt) == len(set(dealt))


def test_a_hand_holds_a_likely_and_a_popular_thing_while_there_are_any() -> None:
    absent = ["zebra", "giraffe", "refrigerator", "car", "kite", "donut"]
    first = next(deal(absent, {"oven", "microwave"}, random.Random(0)))
    assert {"refrigerator", "donut"} & set(first)
    assert {"car", "refrigerator"} & set(first)
