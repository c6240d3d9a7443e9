"""What stands where: nothing overlaps, everything is in the picture and can be made out."""

from itertools import combinations
from typing import Any

import pytest

from datagen.scenes import make_world
from datagen.scenes.palette import BACKDROPS, COLORS, contrast, lettering
from datagen.scenes.sights import FIGURES, board_of
from datagen.scenes.vocabulary import KINDS, alike
from datagen.scenes.world import Box, Thing
from datagen.scenes.writing import WORDS, text_height


def test_the_same_at_every_call() -> None:
    assert make_world(5, 17) == make_world(5, 17)


def test_seed_and_index_both_matter() -> None:
    assert len({str(make_world(seed, index).things) for seed in range(3) for index in range(40)}) == 120


def test_everything_is_wholly_in_the_picture(scenes: Any) -> None:
    for scene in scenes:
        for thing in scene.world["things"]:
            box = thing["box"]
            assert 0 < box["left"] < box["right"] < 1
            assert 0 < box["top"] < box["bottom"] < 1


def test_only_related_things_overlap(scenes: Any) -> None:
    for scene in scenes:
        for one, other in combinations(scene.world["things"], 2):
            if other["kind"] == one.get("other") or one["kind"] == other.get("other"):
                continue
            first, second = one["box"], other["box"]
            apart = max(
                second["left"] - first["right"], first["left"] - second["right"],
                second["top"] - first["bottom"], first["top"] - second["bottom"],
            )  # fmt: skip
            assert apart > 0.02


def test_nothing_is_smaller_than_fourteen_pixels_at_96(scenes: Any) -> None:
    for scene in scenes:
        for thing in scene.world["things"]:
            box = thing["box"]
            assert max(box["right"] - box["left"], box["bottom"] - box["top"]) * 96 > 13.5


def test_no_kind_stands_beside_one_it_could_be_taken_for(scenes: Any) -> None:
    for scene in scenes:
        kinds = {thing["kind"] for thing in scene.world["things"]}
        assert all(alike(kind) & kinds == {kind} for kind in kinds)


def test_no_board_has_the_outline_of_a_shape_in_the_picture(scenes: Any) -> None:
    for scene in scenes:
        forms = [thing["form"] for thing in scene.world["things"] if "form" in thing]
        assert len(forms) == len(set(forms))
        assert not set(forms) & {thing["kind"] for thing in scene.world["things"]}


def test_writing_can_be_read_at_96_pixels(scenes: Any) -> None:
    for scene in scenes:
        for thing in scene.world["things"]:
            if "text" in thing:
                box = Box(**thing["box"])
                height = text_height(thing["text"], board_of(Thing(**{**thing, "box": box})), box)
                assert height * 96 >= (7 if thing["text"].isalpha() else 8)


@pytest.mark.parametrize("color", COLORS)
def test_writing_stands_out_from_its_board(color: str) -> None:
    assert contrast(COLORS[color], lettering(COLORS[color])) > 3.5


def test_colors_are_told_apart() -> None:
    for (_, first), (_, second) in combinations(COLORS.items(), 2):
        assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 > 60


def test_backdrops_are_light() -> None:
    assert min(min(tint) for tints in BACKDROPS for tint in tints) > 195


def test_words_are_upper_case_and_known_once() -> None:
    assert len(set(WORDS)) == len(WORDS)
    assert all(word.isalpha() and word.isupper() and word.lower() not in KINDS for word in WORDS)


def test_what_a_person_has_does_not_stand_alone_too(scenes: Any) -> None:
    for scene in scenes:
        kinds = {thing["kind"] for thing in scene.world["things"]}
        for thing in scene.world["things"]:
            if "activity" in thing:
                assert not kinds & FIGURES["person"][thing["activity"]].has
