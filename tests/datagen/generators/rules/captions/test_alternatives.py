"""False values are false, fit their subject, and are as good English as the true one."""

from typing import get_args

import pytest

from datagen.generators.rules.captions import agrees_with_boxes, alternatives, contrast_sets, read_captions
from schemas.fact import Fact, Slot


def fact(slot: Slot, subject: str, value: str, other: str | None = None, *, plural: bool = False) -> Fact:
    return Fact(
        image="x", slot=slot, subject=subject, value=value, other=other, plural=plural, source="caption", confidence=1
    )


def false(one: Fact, *named: str) -> tuple[str, ...]:
    return alternatives(one, taken=named, boxes=())


def test_colours_that_are_taken_for_each_other_never_meet() -> None:
    sets = contrast_sets()
    for name in sets.colors:
        for other in false(fact("color", "car", name)):
            assert other != name
            assert other not in sets.colors[name].confusable
            assert name not in sets.colors[other].confusable


def test_brown_is_never_set_against_what_may_pass_for_it() -> None:
    assert {"black", "gray", "tan", "red", "orange"}.isdisjoint(false(fact("color", "car", "brown")))


def test_common_colours_have_enough_false_ones() -> None:
    for name in ("red", "blue", "green", "yellow", "white", "black", "pink", "orange", "purple"):
        assert len(false(fact("color", "car", name))) >= 3


def test_what_has_no_colour_of_its_own_has_no_false_ones() -> None:
    assert false(fact("color", "grass", "green")) == ()
    assert false(fact("color", "man", "white")) == ()


def test_material_is_one_that_the_thing_could_have() -> None:
    assert "wicker" not in false(fact("texture", "wall", "brick"))
    assert len(false(fact("texture", "table", "wooden"))) >= 3
    assert "stone" not in false(fact("texture", "wall", "brick"))


@pytest.mark.parametrize(
    ("subject", "posture", "never"),
    [
        ("man", "sitting", "kneeling"),
        ("dog", "sitting", "lying down"),
        ("bird", "sitting", "standing"),
        ("man", "standing", "walking"),
    ],
)
def test_posture_said_loosely_is_no_false_one(subject: str, posture: str, never: str) -> None:
    found = false(fact("posture", subject, posture))
    assert len(found) >= 3
    assert never not in found


def test_activity_needs_things_that_are_not_there() -> None:
    true = fact("activity", "man", "riding a horse")
    assert "riding a motorcycle" in false(true)
    assert "riding a motorcycle" not in false(true, "motorcycle")
    assert "riding a motorcycle" not in alternatives(true, taken=(), boxes={"bicycle"})
    assert "fishing" not in false(true, "river")


def test_activity_that_may_go_along_is_no_false_one() -> None:
    found = false(fact("activity", "man", "playing tennis"))
    assert {"hitting a tennis ball", "swinging a tennis racket", "playing tennis"}.isdisjoint(found)


def test_several_do_things_in_the_plural() -> None:
    found = false(fact("activity", "people", "riding horses", plural=True))
    assert "flying kites" in found
    assert "flying a kite" not in found


def test_animals_do_what_their_kind_does() -> None:
    assert "brushing teeth" not in false(fact("activity", "cat", "sleeping"))
    assert len(false(fact("activity", "cat", "sleeping"))) >= 3
    assert "pulling a cart" in false(fact("activity", "cow", "grazing"))


def test_inside_is_only_offered_where_something_fits() -> None:
    assert "inside" not in false(fact("relation", "man", "next to", "elephant"))
    assert len(false(fact("relation", "man", "next to", "elephant"))) >= 3
    assert {"in front of", "behind"}.isdisjoint(false(fact("relation", "lamp", "next to", "bed")))


@pytest.mark.parametrize(
    "slot", [slot for slot in get_args(Slot) if slot not in ("color", "texture", "posture", "activity", "relation")]
)
def test_other_slots_are_left_to_others(slot: Slot) -> None:
    assert false(fact(slot, "dog", "2")) == ()


def test_no_false_value_is_one_that_the_captions_tell() -> None:
    captions = ["A man riding a horse on a beach.", "A man rides a horse by the water.", "A man fishing nearby."]
    reading = read_captions("x.jpg", captions)
    for one in reading.facts:
        assert "fishing" not in alternatives(one, taken=reading.named | reading.words, boxes=())


@pytest.mark.parametrize(
    ("one", "boxes", "agrees"),
    [
        (fact("color", "bus", "red"), {"bus": 1}, True),
        (fact("color", "bus", "red"), {"bus": 3}, False),
        (fact("color", "bus", "red"), {"car": 1}, False),
        (fact("color", "cabinets", "white", plural=True), {}, True),
        (fact("count", "dog", "2", plural=True), {"dog": 2}, True),
        (fact("count", "dog", "2", plural=True), {"dog": 3}, False),
        (fact("relation", "cat", "on", "bed"), {"cat": 1, "bed": 2}, False),
        (fact("activity", "tennis player", "playing tennis"), {"person": 14}, True),
    ],
)
def test_boxes_can_speak_against_a_fact(one: Fact, boxes: dict[str, int], agrees: bool) -> None:
    assert agrees_with_boxes(one, boxes) is agrees
