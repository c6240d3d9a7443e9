"""Training scenes never show what is held out, test scenes do: told from the worlds' plain values alone."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, get_args

import pytest

from datagen.scenes import make_world, write_scenes
from datagen.scenes.holdout import Combination, Holdout, held_out
from datagen.scenes.palette import COLOR_NAMES
from datagen.scenes.stage import draw_into
from datagen.scenes.vocabulary import KINDS, SPECIAL_NAMES
from schemas.manifest import read_manifest
from schemas.run import RunFolder

COUNT = 300


def shown(world: dict[str, Any]) -> set[tuple[str, str]]:
    """Every colour, pattern and number of a kind in a world."""
    things = world["things"]
    found = {(thing[look], thing["kind"]) for thing in things for look in ("color", "texture") if look in thing}
    for kind, number in Counter(thing["kind"] for thing in things).items():
        found.add((str(number), kind))
    for (_, kind), number in Counter((thing.get("color"), thing["kind"]) for thing in things).items():
        found.add((str(number), kind))
    return {(look, kind) for look, kind in found if look not in ("plain", "1")}


def drawn(holdout: Holdout, seed: int) -> list[dict[str, Any]]:
    return [make_world(seed, index, holdout).as_dict() for index in range(COUNT)]


@pytest.fixture(scope="module")
def train() -> list[dict[str, Any]]:
    return drawn("train", 1)


@pytest.fixture(scope="module")
def test() -> list[dict[str, Any]]:
    return drawn("test", 2)


def test_every_test_scene_shows_what_no_training_scene_does(
    train: list[dict[str, Any]], test: list[dict[str, Any]]
) -> None:
    trained_on = set[tuple[str, str]]().union(*map(shown, train))
    assert not [one for one in trained_on if held_out(Combination(*one))]
    for world in test:
        assert shown(world) - trained_on


def test_colors_patterns_and_numbers_are_held_out(test: list[dict[str, Any]]) -> None:
    held = {look for world in test for look, kind in shown(world) if held_out(Combination(look, kind))}
    assert set(COLOR_NAMES) <= held
    assert {"striped", "dotted", "checkered"} <= held
    assert len({look for look in held if look.isdigit()}) >= 4


def test_about_a_tenth_is_held_out_and_no_kind_loses_half_its_colors() -> None:
    lost = defaultdict(set)
    for kind in (*KINDS, *SPECIAL_NAMES):
        lost[kind] = {color for color in COLOR_NAMES if held_out(Combination(color, kind))}
    assert 0.07 < sum(map(len, lost.values())) / (len(lost) * len(COLOR_NAMES)) < 0.13
    assert max(map(len, lost.values())) <= len(COLOR_NAMES) / 2


def test_all_that_is_combined_is_seen_in_training(train: list[dict[str, Any]]) -> None:
    seen = {part for world in train for one in shown(world) for part in one}
    assert {*COLOR_NAMES, "striped", "dotted", "checkered", *"234567"} <= seen
    assert len({*KINDS, *SPECIAL_NAMES} - seen) <= 6  # a jar has no colour, a flag has many


def test_training_scenes_are_as_rich_as_others(train: list[dict[str, Any]]) -> None:
    others = drawn("none", 1)
    assert mean_things(train) == pytest.approx(mean_things(others), rel=0.1)


def mean_things(worlds: list[dict[str, Any]]) -> float:
    return sum(len(world["things"]) for world in worlds) / len(worlds)


@pytest.mark.parametrize("holdout", ["train", "test"])
def test_a_scene_that_fits_anyway_is_the_same_without(holdout: Holdout) -> None:
    same = [make_world(3, index) == make_world(3, index, holdout) for index in range(60)]
    assert 10 < sum(same) < 60


def test_the_same_at_every_call(tmp_path: Path) -> None:
    for holdout in get_args(Holdout):
        write_scenes(tmp_path / holdout, 3, seed=4, size=32, holdout=holdout)
        write_scenes(tmp_path / f"{holdout} again", 3, seed=4, size=32, holdout=holdout)
        once, again = ((tmp_path / name / "worlds.jsonl").read_bytes() for name in (holdout, f"{holdout} again"))
        assert once == again


def test_a_run_records_it_and_draws_each_half_once(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path / "run")
    halves: tuple[Holdout, ...] = ("train", "test", "train")
    with run.writing():
        for holdout in halves:
            draw_into(run, 3, seed=4, size=64, holdout=holdout)
    assert [read_manifest(folder).config["holdout"] for folder in run.numbered("scenes")] == ["train", "test"]
