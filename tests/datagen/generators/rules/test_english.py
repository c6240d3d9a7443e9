"""Plurals, articles and -ing forms, against a list written by hand."""

import pytest

from datagen.generators.rules.english import article_for, gerund_of, is_mass, plural_of

PLURALS = {
    "dog": "dogs",
    "bus": "buses",
    "man": "men",
    "policewoman": "policewomen",
    "person": "people",
    "sheep": "sheep",
    "knife": "knives",
    "skis": "skis",
    "pair of skis": "pairs of skis",
    "slice of pizza": "slices of pizza",
    "wine glass": "wine glasses",
    "glass": "glasses",
    "toothbrush": "toothbrushes",
    "toy": "toys",
    "teddy bear": "teddy bears",
    "broccoli": "broccoli",
    "berry": "berries",
    "couch": "couches",
    "box": "boxes",
    "mouse": "mice",
    "child": "children",
    "potato": "potatoes",
}


@pytest.mark.parametrize(("singular", "plural"), PLURALS.items())
def test_plural_is_as_people_say_it(singular: str, plural: str) -> None:
    assert plural_of(singular) == plural


@pytest.mark.parametrize(
    ("noun", "article"),
    [
        ("dog", "a"),
        ("umbrella", "an"),
        ("orange", "an"),
        ("hour", "an"),
        ("unicycle", "a"),
        ("one-way street", "a"),
        ("skis", ""),
        ("broccoli", ""),
        ("glass of water", "a"),
        ("wine glass", "a"),
    ],
)
def test_article_fits_the_sound_or_is_left_out(noun: str, article: str) -> None:
    assert article_for(noun) == article


def test_stuff_is_not_counted() -> None:
    assert is_mass("broccoli")
    assert not is_mass("wine glass") or article_for("wine glass") == "a"


@pytest.mark.parametrize(
    ("verb", "gerund"),
    [
        ("ride", "riding"),
        ("cut", "cutting"),
        ("eat", "eating"),
        ("lie", "lying"),
        ("play", "playing"),
        ("see", "seeing"),
    ],
)
def test_gerund_is_spelled_right(verb: str, gerund: str) -> None:
    assert gerund_of(verb) == gerund
