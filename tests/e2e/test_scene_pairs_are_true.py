"""Every pair that rules make of drawn scenes against the scene's world, by code that shares nothing with them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from datagen.generators import generate
from datagen.scenes.stage import draw_into
from schemas.pair import Pair, Question
from schemas.run import RunFolder
from schemas.tables import pairs_of
from schemas.taxonomy import MMR_CATEGORIES
from tests.e2e.scene_english import COLORS, Claim, Unreadable, leading, sentence
from tests.e2e.scene_truth import faults, truth


class Drawn(NamedTuple):
    pair: Pair
    world: dict[str, Any]


def drawn(folder: Path, count: int, *, seed: int) -> list[Drawn]:
    """All pairs of so many scenes, each with the world it is about."""
    run = RunFolder.create(folder)
    with run.writing():
        draw_into(run, count, seed=seed, size=96)
        generate(run)
    [lines] = folder.glob("scenes/*/worlds.jsonl")
    worlds = {world["image"]: world for world in map(json.loads, lines.read_text(encoding="utf-8").splitlines())}
    ingested, generated = run.current("ingest"), run.current("generate")
    assert ingested is not None
    assert generated is not None
    names = {row["image"]: row["name"] for row in ingested.table("images").to_pylist()}
    return [Drawn(pair, worlds[names[pair.positive.image]]) for pair in pairs_of(generated.table("pairs"))]


def wrong(pairs: list[Drawn]) -> list[str]:
    """What is wrong with any of them, twenty of them at most."""
    found = [f"{pair.category} {world['image']}: {fault}" for pair, world in pairs for fault in faults(pair, world)]
    return found[:20] + ([f"and {len(found) - 20} more"] if len(found) > 20 else [])


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[Drawn]:
    return drawn(tmp_path_factory.mktemp("scenes") / "run", 150, seed=20)


def test_every_pair_is_right(pairs: list[Drawn]) -> None:
    assert wrong(pairs) == []


def test_all_twelve_categories_and_both_kinds_occur(pairs: list[Drawn]) -> None:
    made = Counter(pair.category for pair, _ in pairs)
    assert set(made) == set(MMR_CATEGORIES)
    assert min(made.values()) >= 4
    assert {pair.kind for pair, _ in pairs} == {"false-premise", "true-premise"}


@pytest.mark.slow
def test_every_pair_of_2000_scenes_is_right(tmp_path: Path) -> None:
    pairs = drawn(tmp_path / "run", 2_000, seed=0)
    assert len(pairs) > 10_000
    assert {pair.category for pair, _ in pairs} == set(MMR_CATEGORIES)
    assert wrong(pairs) == []


# The checker is only worth something if it notices what is wrong.


def sample(pairs: list[Drawn]) -> list[Drawn]:
    """Right pairs, a few of each category."""
    kept: dict[str, list[Drawn]] = {}
    for one in pairs:
        if len(kept.setdefault(one.pair.category, [])) < 6 and not faults(*one):
            kept[one.pair.category].append(one)
    return [one for some in kept.values() for one in some]


def keyed_wrongly(question: Question) -> Question:
    return question.model_copy(update={"answer": (question.answer + 1) % len(question.options)})


@pytest.mark.parametrize("half", ["positive", "negative"])
def test_notices_a_wrong_key(pairs: list[Drawn], half: str) -> None:
    for pair, world in sample(pairs):
        assert faults(pair.model_copy(update={half: keyed_wrongly(getattr(pair, half))}), world)


def test_notices_a_pair_of_the_other_kind(pairs: list[Drawn]) -> None:
    other = {"false-premise": "true-premise", "true-premise": "false-premise"}
    for pair, world in sample(pairs):
        assert faults(pair.model_copy(update={"kind": other[pair.kind]}), world)


def test_notices_a_premise_that_is_not_asked_about(pairs: list[Drawn]) -> None:
    for pair, world in sample(pairs):
        if pair.kind == "false-premise":
            assert faults(pair.model_copy(update={"premise": pair.fact}), world)


def test_notices_a_question_that_takes_nothing_for_granted(pairs: list[Drawn]) -> None:
    for pair, world in sample(pairs):
        plain = pair.negative.model_copy(update={"text": pair.positive.text})
        assert any("cannot be read" in fault for fault in faults(pair.model_copy(update={"negative": plain}), world))


def test_notices_a_scene_in_which_the_fact_is_not_true(pairs: list[Drawn]) -> None:
    for pair, world in sample(pairs):
        assert faults(pair, world | {"things": world["things"][:0]})


def thing(kind: str, left: float = 0.1, top: float = 0.1, size: float = 0.2, **more: str) -> dict[str, Any]:
    box = {"left": left, "top": top, "right": left + size, "bottom": top + size}
    return {"kind": kind, "color": "red", "texture": "plain", "box": box, **more}


APPLE_UNDER = [thing("table", size=0.4), thing("apple", 0.2, 0.25, relation="under", other="table")]


@pytest.mark.parametrize(
    ("text", "things", "expected"),
    [
        ("There is a car in the picture.", [thing("car")], True),
        ("There is a green car in the picture.", [thing("car")], False),
        ("There is a circle in the picture.", [thing("car")], None),
        ("There is a hexagon in the picture.", [thing("sign", form="hexagon")], None),
        ("There is a face in the picture.", [thing("person", posture="standing")], None),
        ("There are two cars in the picture.", [thing("car"), thing("car", 0.6)], True),
        ("There are no cars in the picture.", [thing("car")], False),
        ("There is one triangle in the picture.", [thing("triangle"), thing("house")], None),
        ("The car is blue.", [thing("car")], False),
        ("The star is red.", [thing("star", texture="striped")], None),
        ("The red shape is a circle.", [thing("ring")], None),
        ("The sign is a square.", [thing("sign", form="diamond")], None),
        ("The car is in the upper left of the picture.", [thing("car")], True),
        ("The car is in the upper left of the picture.", [thing("car", 0.4)], None),
        ("The car is above the bus.", [thing("car"), thing("bus", 0.15, 0.6)], True),
        ("The car is above the bus.", [thing("car"), thing("bus", 0.6, 0.6)], None),
        ("The fish are red.", [thing("fish"), thing("fish", 0.6)], True),
        ("The car is to the left of the bus.", [thing("car"), thing("bus", 0.15, 0.6)], False),
        ("The bus is above the person.", [thing("bus"), thing("person", 0.1, 0.6, activity="flying a kite")], None),
        ("The apple is under the table.", APPLE_UNDER, True),
        ("The apple is on the table.", APPLE_UNDER, False),
        ("The apple is behind the table.", APPLE_UNDER, None),
        ("The person is walking.", [thing("person", activity="walking a dog")], None),
        ("The person is jumping.", [thing("person", posture="sitting")], False),
        ('The chemical symbol stands for "gold".', [thing("chemical symbol", text="Ag", meaning="silver")], False),
    ],
)
def test_tells_true_false_and_open(text: str, things: list[dict[str, Any]], expected: bool | None) -> None:
    assert truth(sentence(text), things) is expected


@pytest.mark.parametrize(
    "text",
    [
        "The car are red.",
        "There is a apple in the picture.",
        "There are one car in the picture.",
        "There is car in the picture.",
        "the car is red.",
        "Red.",
    ],
)
def test_reads_no_bad_english(text: str) -> None:
    with pytest.raises(Unreadable):
        sentence(text)


@pytest.mark.parametrize(
    "text",
    ["The car is red, right?", "Isn't the car red?", "Why is the car red?", "How can you tell that the car is red?",
     "I was told that the car is red. What color is the car?"],
)  # fmt: skip
def test_finds_what_a_leading_question_takes_for_granted(text: str) -> None:
    assert leading(text).premise == Claim("color", "car", "red")


def test_a_phrase_that_means_two_things_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="means 2 things"):
        truth(sentence("The car is red."), [thing("car"), thing("car", 0.6)])


def test_knows_every_color_of_the_worlds(pairs: list[Drawn]) -> None:
    assert {one.get("color") for _, world in pairs for one in world["things"]} - {None} <= set(COLORS)
