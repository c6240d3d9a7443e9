"""Where a picture was taken is told where captions agree on a place, and false places are surely others."""

import pytest

from datagen.generators.rules.captions import read_captions
from datagen.generators.rules.captions.whereabouts import false_places, places
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load


def place_of(*captions: str) -> str:
    found = [fact for fact in read_captions("x.jpg", captions).facts if fact.subject == "place"]
    return found[0].value if found else ""


TOLD: list[tuple[str, tuple[str, ...]]] = [
    ("in a kitchen", ("A kitchen with a stove.", "A woman in a kitchen.", "A woman cooking.")),
    ("in a kitchen", ("A small kitchen.", "A stove by a fridge.", "A white refrigerator and an oven.")),
    ("in a bathroom", ("A man in a bathroom.", "A man shaving in a bathroom.", "A man by a sink.")),
    ("in a bathroom", ("A white toilet.", "A toilet with its lid up.", "A cat on a toilet.")),
    ("in a bedroom", ("A bedroom with a lamp.", "A bed by a window.", "A bed with white sheets.")),
    ("in a living room", ("A living room with a couch.", "A couch in a living room.", "A dog.")),
    ("on a beach", ("Two dogs on a beach.", "Dogs running on the beach.", "Two dogs by the sea.")),
    ("on a beach", ("A gull flying over a beach.", "A bird over the beach.", "A bird.")),
    ("on a street", ("A dog crossing a street.", "A dog on a city street.", "A dog at an intersection.")),
    ("on a street", ("Cars on a street.", "A street with cars.", "A road with cars.")),
    ("on a road", ("A truck on a highway.", "A truck driving down a road.", "A truck.")),
    ("on a sidewalk", ("A bike on a sidewalk.", "A bike leaning on a pole on a sidewalk.", "A bike.")),
    ("at an airport", ("A plane at an airport.", "An airplane on a runway.", "A plane parked on the tarmac.")),
    ("at a train station", ("A man at a train station.", "People in a train station.", "A train.")),
    ("on a ski slope", ("A skier on a ski slope.", "A man going down a ski slope.", "A person skiing.")),
    ("in a field", ("Sheep in a field.", "A flock of sheep in a grassy field.", "Some sheep.")),
    ("in a forest", ("A bear in a forest.", "A bear walking through the woods.", "A bear.")),
    ("at a zoo", ("A giraffe at a zoo.", "Two giraffes in a zoo.", "Giraffes by a fence.")),
    ("on a tennis court", ("A man on a tennis court.", "A tennis player with a racket.", "A man playing tennis.")),
    ("on a baseball field", ("A batter at home plate.", "A boy on a baseball field.", "A pitcher on a mound.")),
    ("at a skate park", ("A boy at a skate park.", "A skater in a skatepark.", "A boy on a ramp.")),
    ("in a kitchen", ("A dog in a kitchen.",)),
]

REFUSED: list[tuple[str, tuple[str, ...]]] = [
    ("said once", ("A dog in a kitchen.", "A dog.", "A brown dog on a floor.")),
    ("two places", ("A dog in a kitchen.", "A dog in a kitchen.", "A dog in a yard by a street.")),
    ("near it", ("A house near a beach.", "A house by the beach.", "A house close to a beach.")),
    ("over it", ("A plane over a street.", "A jet above a street.", "A plane.")),
    ("through a window", ("A street seen through a window.", "A street.", "A busy street.")),
    ("a picture of it", ("A painting of a beach in a bedroom.", "A bedroom.", "A bed in a bedroom.")),
    ("denied", ("A dog, not in a kitchen.", "A dog that is not in a kitchen.")),
    ("doubted", ("Maybe a man in a kitchen.", "What looks like a man in a kitchen.")),
    ("a thing for it", ("A kitchen sink.", "A kitchen knife.", "A beach umbrella.")),
    ("a sign of it", ("A street sign.", "A city bus.", "A road sign.")),
    ("a toilet outdoors", ("A toilet on a curb.", "A toilet by a street.", "A toilet outside.")),
    ("a toilet in a field", ("A toilet in a field.", "A toilet in the grass.", "A toilet.")),
    ("a bed alone", ("A bed with a book.", "A bed.", "A cat on a bed.")),
    ("a surfer at sea", ("A surfer on a wave.", "A man surfing.", "A man in the ocean off a beach.")),
    ("on a screen", ("A beach on a tv.", "A beach on a television.", "A tv that shows a beach.")),
    ("of no place", ("A dog.", "A brown dog.", "A dog with a ball.")),
    ("many of it", ("Pictures of kitchens.", "A magazine about kitchens.", "Photos of kitchens.")),
    ("no English", ("Ein Hund in der Kueche.", "Un chien dans la cuisine.")),
]


@pytest.mark.parametrize(("place", "captions"), TOLD)
def test_place_that_captions_agree_on_is_told(place: str, captions: tuple[str, ...]) -> None:
    assert place_of(*captions) == place


@pytest.mark.parametrize("captions", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_place_in_doubt_is_not_told(captions: tuple[str, ...]) -> None:
    assert place_of(*captions) == ""


@pytest.mark.parametrize("value", places())
def test_every_place_has_enough_false_ones_and_none_that_is_like_it(value: str) -> None:
    found = false_places(value, ())
    assert len(set(found)) == len(found) >= 3
    assert value not in found
    for other in found:
        assert other not in places()[value].like
        assert value not in places()[other].like


def test_false_place_is_none_that_the_captions_make_thinkable() -> None:
    assert "in a bedroom" in false_places("in a kitchen", ("stove",))
    assert "in a bedroom" not in false_places("in a kitchen", ("stove", "bed"))
    assert "in a living room" not in false_places("in a bathroom", ("couch",))


def test_false_places_of_a_room_are_rooms_and_of_a_street_are_out_of_doors() -> None:
    assert {places()[value].side for value in false_places("in a kitchen", ())} == {"indoors"}
    assert "indoors" not in {places()[value].side for value in false_places("on a street", ())}


def test_places_are_like_places_that_are_known() -> None:
    for entry in load("whereabouts").values():
        assert set(entry["like"]) <= set(places())
        assert set(split_words(entry.get("sure", ""))) <= {
            "toilet",
            "commode",
            "urinal",
            "bathtub",
            "bidet",
            "toilet bowl",
            "toilet seat",
        }
