"""What captions name, how many of it they tell, and what may be claimed absent."""

import pytest

from datagen.generators.rules.captions import absent_safe, contrast_sets, read_captions


@pytest.mark.parametrize(
    ("caption", "label"),
    [
        ("A taxi on a road.", "car"),
        ("A puppy on a rug.", "dog"),
        ("A man with a monitor.", "tv"),
        ("Some animals in a field.", "zebra"),
        ("Vehicles on a highway.", "bus"),
        ("A plate of food.", "pizza"),
        ("A bike by a wall.", "motorcycle"),
        ("A bike by a wall.", "bicycle"),
        ("A skater in the air.", "person"),
        ("A skater in the air.", "skateboard"),
        ("A tog on a leash.", "dog"),
        ("Two people riding horeses.", "horse"),
        ("a cal zone on a plate", "pizza"),
        ("A lap top on a bed.", "laptop"),
        ("Three suit cases.", "suitcase"),
        ("A woman brushing her teeth.", "toothbrush"),
        ("No dogs allowed.", "dog"),
    ],
)
def test_class_is_named_by_any_word_for_it(caption: str, label: str) -> None:
    assert label in read_captions("x.jpg", [caption]).named


def test_scene_implies_what_five_captioners_would_leave_out() -> None:
    reading = read_captions("x.jpg", ["A view of a kitchen."])
    assert "refrigerator" in reading.implied
    assert "elephant" not in reading.named | reading.implied


def test_counts_are_those_stated_or_implied() -> None:
    reading = read_captions("x.jpg", ["Two buses and a taxi.", "A pair of buses.", "a couple of dogs", "A cat."])
    assert reading.counts["bus"] == {2}
    assert reading.counts["dog"] == {2}
    assert reading.counts["car"] == {1}
    assert reading.counts["cat"] == {1}
    assert reading.counts.get("person", frozenset()) == frozenset()


def test_disagreeing_counts_are_all_told() -> None:
    reading = read_captions("x.jpg", ["Four people at a street.", "A man and a woman."])
    assert reading.counts["person"] == {2, 4}


@pytest.mark.parametrize(
    "caption", ["Several dogs.", "A group of dogs.", "Many dogs.", "Some dogs.", "A bunch of dogs."]
)
def test_vague_numbers_are_marked(caption: str) -> None:
    assert "dog" in read_captions("x.jpg", [caption]).vague


@pytest.mark.parametrize("word", ["mirror", "statue", "poster", "toy", "painting", "reflection"])
def test_mirrors_and_pictures_are_noticed(word: str) -> None:
    assert read_captions("x.jpg", [f"A cat next to a {word}."]).reflections
    assert not read_captions("x.jpg", ["A cat next to a bowl."]).reflections


def test_absent_is_neither_named_nor_boxed_nor_easily_overlooked() -> None:
    absent = absent_safe({"dog", "bus"}, {"car", "elephant"})
    assert {"dog", "bus", "car", "elephant"}.isdisjoint(absent)
    assert {"cup", "book", "chair", "handbag", "tie"}.isdisjoint(absent)
    assert {"zebra", "kite", "pizza"} <= set(absent)


def test_class_that_annotators_swap_with_one_there_is_not_claimed_absent() -> None:
    assert "truck" not in absent_safe((), {"car"})
    assert "truck" in absent_safe((), {"bed"})


def test_without_boxes_only_what_stands_out_is_absent() -> None:
    reading = read_captions("x.jpg", ["A man cooking in a kitchen."])
    absent = absent_safe(reading.named | reading.implied, None)
    things = contrast_sets().things
    assert absent
    assert all(things[label].seen == "salient" for label in absent)
    assert {"refrigerator", "oven", "person", "cat"}.isdisjoint(absent)
