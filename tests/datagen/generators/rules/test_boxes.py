from collections.abc import Sequence

from datagen.generators import Evidence, SeenBox
from datagen.generators.rules import RULES
from datagen.generators.rules.boxes import facts_from_boxes
from datagen.generators.rules.captions import read_captions
from schemas import Fact
from schemas.config import GenerateSettings

SETTINGS = GenerateSettings(per_image=100)


def box(
    label: str, left: float, top: float, width: float = 0.2, height: float = 0.2, *, crowd: bool = False
) -> SeenBox:
    return SeenBox(label, left, top, width, height, pixels=width * height * 640 * 480, crowd=crowd)


def facts(boxes: Sequence[SeenBox], *captions: str) -> list[Fact]:
    evidence = Evidence("path:a.jpg", tuple(captions), tuple(boxes), boxed=True)
    return list(facts_from_boxes(evidence, read_captions("path:a.jpg", captions)))


def said(found: Sequence[Fact], slot: str) -> set[str]:
    return {f"{fact.subject} {fact.value} {fact.other or ''}".strip() for fact in found if fact.slot == slot}


TWO_DOGS = [box("dog", 0.1, 0.5), box("dog", 0.6, 0.5)]


def test_boxes_are_counted_where_captions_agree_or_are_silent() -> None:
    assert said(facts(TWO_DOGS, "Two dogs on a lawn."), "count") == {"dog 2"}
    assert said(facts(TWO_DOGS, "A sunny lawn."), "count") == {"dog 2"}


def test_nothing_is_counted_where_a_caption_disagrees_or_is_vague() -> None:
    assert said(facts(TWO_DOGS, "Three dogs on a lawn."), "count") == set()
    assert said(facts(TWO_DOGS, "Several dogs on a lawn."), "count") == set()


def test_crowd_boxes_and_tiny_ones_stop_the_count() -> None:
    assert said(facts([*TWO_DOGS, box("dog", 0, 0, crowd=True)], "Dogs."), "count") == set()
    assert said(facts([*TWO_DOGS, box("dog", 0, 0, 0.01, 0.01)], "Dogs."), "count") == set()


def test_a_reflection_stops_counts_and_places() -> None:
    found = facts([box("cat", 0.1, 0.1)], "A cat looks at its reflection in a mirror.")
    assert said(found, "count") == said(found, "position") == set()


def test_people_in_the_background_are_not_counted_unless_a_caption_does() -> None:
    people = [box("person", 0.1, 0.2), box("person", 0.6, 0.2)]
    assert said(facts(people, "A street."), "count") == set()
    assert said(facts(people, "Two people on a street."), "count") == {"person 2"}


def test_a_place_is_said_only_of_the_one_thing_clearly_in_a_quadrant() -> None:
    assert said(facts([box("dog", 0.05, 0.05)], "A dog."), "position") == {"dog upper left"}
    assert said(facts([box("dog", 0.4, 0.4)], "A dog."), "position") == set()
    assert said(facts([box("dog", 0.05, 0.05, 0.6)], "A dog."), "position") == set()
    assert said(facts([box("dog", 0.05, 0.05), box("dog", 0.7, 0.05)], "Dogs."), "position") == set()


def test_sides_are_said_of_things_apart_at_one_height() -> None:
    found = facts([box("dog", 0.3, 0.4), box("bed", 0.6, 0.42)], "A dog and a bed.")
    assert {"dog left of bed", "bed right of dog"} <= said(found, "position")
    found = facts([box("dog", 0.3, 0.1), box("bed", 0.6, 0.7)], "A dog and a bed.")
    assert not any("left of" in one or "right of" in one for one in said(found, "position"))


def test_labels_wider_than_their_word_are_not_spoken() -> None:
    assert facts([box("dining table", 0.1, 0.1, 0.7, 0.7), box("tv", 0.1, 0.1, 0.3, 0.3)], "A desk.") == []


def test_what_a_caption_names_is_never_asked_about_as_absent() -> None:
    evidence = Evidence("path:a.jpg", ("A zebra and a giraffe near some animals.",), (), boxed=True)
    made = RULES(evidence, SETTINGS, seed=0)
    for pair in made.pairs:
        if pair.kind == "false-premise":
            for animal in ("zebra", "giraffe", "elephant", "horse", "cow"):
                assert animal not in pair.premise


def test_pairs_of_an_image_are_spread_and_at_most_so_many() -> None:
    boxes = [box("dog", 0.05, 0.05), box("bed", 0.7, 0.06), box("oven", 0.1, 0.7), box("bird", 0.7, 0.7)]
    evidence = Evidence("path:a.jpg", ("A dog, a bed, an oven and a bird.",), tuple(boxes), boxed=True)
    made = RULES(evidence, GenerateSettings(per_image=5), seed=0)
    assert len(made.pairs) == 5
    assert len({pair.category for pair in made.pairs}) >= 3


def test_without_evidence_there_are_no_pairs() -> None:
    assert RULES(Evidence("path:a.jpg"), SETTINGS, seed=0).pairs == ()


def test_captions_that_are_not_english_make_nothing() -> None:
    made = RULES(Evidence("path:a.jpg", ("Ein roter Bus fährt durch die Stadt.", "赤いバス")), SETTINGS, seed=0)
    assert made.pairs == ()
