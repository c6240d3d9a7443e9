"""The only animal, vehicle, food or sport of a picture is told where most captions name it and none another."""

import pytest

from datagen.generators.rules.captions import read_captions
from datagen.generators.rules.captions.sorts import false_of_sort


def told(sort: str, *captions: str) -> str:
    found = [
        fact for fact in read_captions("x.jpg", captions).facts if fact.slot == "identity" and fact.subject == sort
    ]
    return f"{found[0].value}{' plural' if found[0].plural else ''}" if found else ""


TOLD: list[tuple[str, str, tuple[str, ...]]] = [
    ("animal", "dog", ("A dog on a couch.", "A brown dog.", "A puppy on a sofa.")),
    ("animal", "dog", ("A poodle by a hydrant.", "A dog by a hydrant.", "A black dog.", "A leash.")),
    ("animal", "horse plural", ("Two horses in a pen.", "Horses in a pen.", "Two horses.")),
    ("animal", "bird", ("A gull in the sky.", "A seagull flying.", "A bird.")),
    ("animal", "bird and cat plural", ("A cat and a bird.", "A bird by a cat.", "A cat looking at a parrot.")),
    ("animal", "cat and dog plural", ("A dog beside a cat.", "A cat and a dog.", "A dog and a kitten.")),
    ("animal", "elephant", ("A man on an elephant.", "An elephant carrying a man.", "A big elephant.")),
    ("animal", "goat", ("A goat by a wall.", "A white goat.", "A goat eating.")),
    ("vehicle", "motorcycle", ("A man on a motorcycle.", "A motorcycle.", "A red motorbike.")),
    ("vehicle", "boat", ("A boat on a lake.", "A small boat.", "A canoe on the water.")),
    ("vehicle", "train", ("A train by a hill.", "A red train.", "A train going by.")),
    ("vehicle", "car", ("A car by a tree.", "A blue car.", "An old car.")),
    ("food", "pizza", ("A pizza on a table.", "A pizza with a fork.", "Two pizzas.")),
    ("food", "cake", ("A cake on a plate.", "A birthday cake.", "A cake with candles.")),
    ("food", "pizza", ("A pizza and a beer.", "A pizza with a glass of wine.", "A man eating pizza.")),
    ("sport", "tennis", ("A man playing tennis.", "A man hits a tennis ball.", "A man on a court.")),
    ("sport", "surfing", ("A man surfing.", "A man riding a wave.", "A man on a surfboard.")),
    ("sport", "skiing", ("A woman skiing.", "A woman skis down a hill.", "A woman in snow.")),
]

REFUSED: list[tuple[str, str, tuple[str, ...]]] = [
    ("animal", "three of them", ("A dog, a cat and a bird.", "A dog and a cat.", "A cat and a bird.")),
    ("animal", "named by few", ("A dog on a couch.", "A couch.", "A blue couch.")),
    ("animal", "too few captions", ("A dog on a couch.", "A dog.")),
    ("animal", "one and several", ("A dog.", "Two dogs.", "A dog on a bed.")),
    ("animal", "a herd", ("A cow in a herd.", "A cow.", "A cow with other animals.")),
    ("animal", "at a zoo", ("A bear at a zoo.", "A bear.", "A bear in a zoo.")),
    ("animal", "a statue", ("A statue of a horse.", "A horse statue.", "A bronze horse.")),
    ("animal", "a toy", ("A stuffed dog.", "A toy dog.", "A dog on a bed.")),
    ("animal", "in doubt", ("Maybe a dog.", "A dog.", "A dog on a rug.")),
    ("animal", "a picture", ("A painting of a dog.", "A dog in a painting.", "A dog.")),
    ("vehicle", "in traffic", ("A bus in traffic.", "A bus.", "A city bus.")),
    ("vehicle", "among cars", ("A bus behind cars.", "A bus.", "A red bus.")),
    ("vehicle", "two kinds", ("A bus and a car.", "A bus.", "A red bus.")),
    ("vehicle", "at an airport", ("A plane at an airport.", "A plane.", "A jet.")),
    ("food", "other food", ("A pizza with a salad.", "A pizza.", "A pizza on a pan.")),
    ("food", "food besides", ("A pizza and other food.", "A pizza.", "A pizza on a plate.")),
    ("food", "cake or pie", ("A cake.", "A pie.", "A dessert on a plate.")),
    ("food", "of no plain name", ("A sandwich.", "A sandwich on a plate.", "A big sandwich.")),
    ("sport", "no one plays", ("A tennis racket.", "A racket on a court.", "A tennis ball.")),
    ("sport", "held", ("A man holding a surfboard.", "A man with a surfboard.", "A man.")),
]


@pytest.mark.parametrize(("sort", "value", "captions"), TOLD)
def test_only_one_of_its_sort_is_told(sort: str, value: str, captions: tuple[str, ...]) -> None:
    assert told(sort, *captions) == value


@pytest.mark.parametrize(
    ("sort", "captions"), [(case[0], case[2]) for case in REFUSED], ids=[f"{case[0]} {case[1]}" for case in REFUSED]
)
def test_sort_that_others_may_be_of_is_not_told(sort: str, captions: tuple[str, ...]) -> None:
    assert told(sort, *captions) == ""


@pytest.mark.parametrize(
    ("sort", "value", "never"),
    [
        ("animal", "dog", "bear"),
        ("animal", "goat", "sheep"),
        ("animal", "donkey", "horse"),
        ("animal", "tiger", "cat"),
        ("vehicle", "truck", "bus"),
        ("vehicle", "bicycle", "motorcycle"),
        ("sport", "skiing", "snowboarding"),
        ("food", "pizza", "pizza"),
    ],
)
def test_what_it_may_be_taken_for_is_no_false_one(sort: str, value: str, never: str) -> None:
    found = false_of_sort(sort, value, ())
    assert len(found) >= 3
    assert never not in found


def test_what_captions_name_is_no_false_one() -> None:
    assert "horse" not in false_of_sort("animal", "dog", {"horse"})
    assert "ice cream" not in false_of_sort("food", "pizza", {"ice", "cream"})


def test_of_two_animals_one_is_kept_in_every_false_pair() -> None:
    found = false_of_sort("animal", "bird and cat", ())
    assert len(found) >= 3
    assert all(len({"bird", "cat"} & set(one.split(" and "))) == 1 for one in found)


def test_other_subjects_have_no_false_ones() -> None:
    assert false_of_sort("flag", "flag of Japan", ()) == ()
