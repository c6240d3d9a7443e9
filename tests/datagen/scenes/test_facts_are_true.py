"""Every fact against the world's plain values, by code that shares nothing with what stated it."""

from typing import Any

import pytest

Thing = dict[str, Any]
COLORS = {"red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "gray"}
SHAPES = {
    "circle", "square", "triangle", "rectangle", "oval", "diamond",
    "hexagon", "star", "heart", "cross", "arrow", "ring",
}  # fmt: skip
TWO_WORDS = ("road sign", "music symbol", "chemical symbol")
# What an activity has in it: such a kind is neither there on its own nor absent.
WITH = {
    "flying a kite": "kite", "reading a book": "book", "kicking a ball": "ball", "fishing": "fish",
    "watering a flower": "flower", "holding an umbrella": "umbrella",
}  # fmt: skip
SYMBOLS = {"gold": "Au", "silver": "Ag", "iron": "Fe", "sodium": "Na", "lead": "Pb", "tin": "Sn"}


def area(thing: Thing) -> float:
    box = thing["box"]
    return float((box["right"] - box["left"]) * (box["bottom"] - box["top"]))


def meant(things: list[Thing], phrase: str) -> list[Thing]:
    """All things a reader could take a noun phrase to mean."""
    two_words = next((kind for kind in TWO_WORDS if phrase.endswith(kind)), None)
    kind = two_words or phrase.split(" ")[-1]
    found = [thing for thing in things if thing["kind"] == kind]
    for word in phrase.removesuffix(kind).split():
        if word in COLORS:
            found = [thing for thing in found if thing.get("color") == word]
        elif word == "large":
            found = [thing for thing in found if area(thing) > 2 * min(map(area, found))]
        elif word == "small":
            found = [thing for thing in found if area(thing) < max(map(area, found)) / 2]
        else:
            raise AssertionError(f"unknown adjective in {phrase!r}")
    return found


def one(things: list[Thing], phrase: str) -> Thing:
    found = meant(things, phrase)
    assert len(found) == 1, f"{phrase!r} means {len(found)} things"
    return found[0]


def check_presence(things: list[Thing], fact: Any) -> None:
    found = meant(things, fact.subject)
    assert bool(found) == (fact.value == "present")
    if fact.value == "absent":
        assert fact.subject not in {thing.get("form") for thing in things}
        assert fact.subject not in {WITH.get(thing.get("activity", "")) for thing in things}


def check_color(things: list[Thing], fact: Any) -> None:
    if fact.plural:
        several = {thing["kind"] for thing in things if sum(thing["kind"] == other["kind"] for other in things) > 1}
        kind = next(kind for kind in several if kind[:3] == fact.subject[:3])
        assert {thing["color"] for thing in things if thing["kind"] == kind} == {fact.value}
    else:
        assert one(things, fact.subject)["color"] == fact.value
        assert one(things, fact.subject)["texture"] == "plain"
    assert fact.value in COLORS
    assert fact.value not in fact.subject


def check_texture(things: list[Thing], fact: Any) -> None:
    assert one(things, fact.subject)["texture"] == fact.value


def check_count(things: list[Thing], fact: Any) -> None:
    assert len(meant(things, fact.subject)) == int(fact.value)
    assert 1 <= int(fact.value) <= 7


def check_shape(things: list[Thing], fact: Any) -> None:
    mark = fact.subject.split(" ")[0]
    if fact.subject.endswith("sign"):
        assert one(things, fact.subject)["form"] == fact.value
    else:
        of_it = [thing for thing in things if mark in (thing.get("color"), thing["texture"])]
        assert [thing["kind"] for thing in of_it] == [fact.value]
        assert fact.value in SHAPES


def check_position(things: list[Thing], fact: Any) -> None:
    box = one(things, fact.subject)["box"]
    x, y = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
    if fact.other is None:
        down, across = fact.value.split(" ")
        assert box["right"] < 0.5 if across == "left" else box["left"] > 0.5
        assert box["bottom"] < 0.5 if down == "upper" else box["top"] > 0.5
        return
    other = one(things, fact.other)["box"]
    if fact.value in ("left of", "right of"):
        near, far = (box, other) if fact.value == "left of" else (other, box)
        assert near["right"] < far["left"]
        assert other["top"] < y < other["bottom"] or box["top"] < (other["top"] + other["bottom"]) / 2 < box["bottom"]
    else:
        near, far = (box, other) if fact.value == "above" else (other, box)
        assert near["bottom"] < far["top"]
        assert other["left"] < x < other["right"] or box["left"] < (other["left"] + other["right"]) / 2 < box["right"]


def check_attribute(things: list[Thing], fact: Any) -> None:
    assert one(things, fact.subject)[fact.slot] == fact.value


def check_meaning(things: list[Thing], fact: Any) -> None:
    check_attribute(things, fact)
    if fact.subject == "chemical symbol" and fact.value in SYMBOLS:
        assert one(things, fact.subject)["text"] == SYMBOLS[fact.value]


def check_relation(things: list[Thing], fact: Any) -> None:
    thing, other = one(things, fact.subject), one(things, fact.other)
    assert (thing["relation"], thing["other"]) == (fact.value, fact.other)
    box, large = thing["box"], other["box"]
    beside = box["right"] < large["left"] or large["right"] < box["left"]
    assert beside == (fact.value == "next to")
    match fact.value:
        case "on":
            assert abs(box["bottom"] - large["top"]) < 0.01
        case "under":
            assert box["top"] > (large["top"] + large["bottom"]) / 2 - 0.06
        case "inside":
            assert large["left"] < box["left"] < box["right"] < large["right"]
            assert large["top"] < box["top"] < box["bottom"] < large["bottom"]
        case "next to":
            assert abs(box["bottom"] - large["bottom"]) < 0.05


CHECKS = {
    "presence": check_presence, "color": check_color, "texture": check_texture, "count": check_count,
    "shape": check_shape, "position": check_position, "text": check_attribute, "posture": check_attribute,
    "activity": check_attribute, "emotion": check_attribute, "identity": check_attribute,
    "meaning": check_meaning, "relation": check_relation,
}  # fmt: skip


@pytest.mark.parametrize("slot", CHECKS)
def test_agrees_with_the_world(scenes: Any, slot: str) -> None:
    told = 0
    for scene in scenes:
        for fact in scene.facts:
            if fact.slot == slot:
                CHECKS[slot](scene.world["things"], fact)
                told += 1
    assert told > 80


def test_no_slot_goes_unchecked(scenes: Any) -> None:
    assert {fact.slot for scene in scenes for fact in scene.facts} == set(CHECKS)


def test_no_two_facts_answer_the_same_question(scenes: Any) -> None:
    for scene in scenes:
        keys = [(fact.slot, fact.subject, fact.other) for fact in scene.facts]
        assert len(set(keys)) == len(keys)


def test_facts_say_that_they_come_from_a_scene(scenes: Any) -> None:
    assert {fact.source for scene in scenes for fact in scene.facts} == {"scene"}


def test_every_scene_tells_of_four_categories_or_more(scenes: Any) -> None:
    for scene in scenes:
        slots = {{"texture": "color", "meaning": "identity"}.get(fact.slot, fact.slot) for fact in scene.facts}
        assert len(slots) >= 4


def colored(fact: Any) -> bool:
    return fact.subject.split(" ")[0] in COLORS


def test_tells_of_six_to_ten_absent_kinds(scenes: Any) -> None:
    for scene in scenes:
        absent = [f for f in scene.facts if f.slot == "presence" and f.value == "absent" and not colored(f)]
        assert 6 <= len(absent) <= 10
