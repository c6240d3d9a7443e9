"""With the real model: what says the same in other words is found, what only looks alike is not."""

import pytest

from datagen.embedding import TextEncoder
from datagen.filters.near_duplicates import Known, NearDuplicates, NearDuplicatesSettings, measure
from tests.datagen.filters.near_duplicates.said import EXISTENCE, POSITION, Says, table

ACTIVITY, NUMBER, TEXT = "context/activity", "attribute/number", "character/character"

SAME = [
    (
        Says("The mushroom is red.", "The mushroom is gray."),
        Says("A red mushroom can be seen.", "The mushroom's color is grey."),
    ),
    (
        Says("There is a kite in the picture.", "There is a drum in the picture.", EXISTENCE),
        Says("The image shows a kite.", "A drum appears in this photo.", EXISTENCE),
    ),
    (
        Says("There are three cups in the picture.", "There are five cups in the picture.", NUMBER),
        Says("You can see 3 cups.", "The number of cups is 5.", NUMBER),
    ),
    (
        Says("The owl is in the upper left of the picture.", "The owl is in the lower left of the picture.", POSITION),
        Says("The owl sits in the top left-hand corner.", "In the bottom left part of the scene is the owl.", POSITION),
    ),
    (
        Says("The bag is to the left of the bench.", "The bag is to the right of the bench.", POSITION),
        Says("The bag is on the left-hand side of the bench.", "Right of the bench one finds the bag.", POSITION),
    ),
    (
        Says("The woman is peeling an orange.", "The woman is slicing a melon.", ACTIVITY),
        Says("The lady can be seen peeling an orange.", "What the lady does is slice a melon.", ACTIVITY),
    ),
    (
        Says('The sign says "TAXI".', 'The sign says "HOTEL".', TEXT),
        Says("The sign reads TAXI.", "On the sign is the word HOTEL.", TEXT),
    ),
    (
        Says("The dog is brown.", "The dog is brown.", kind="true-premise"),
        Says("The color of the dog is brown.", "A brown dog is shown.", kind="true-premise"),
    ),
]  # fmt: skip

DIFFERENT = [
    ("another premise", Says("The car is red.", "The car is pink."), Says("The car is red.", "The car is green.")),
    ("another subject", Says("The hat is red.", "The hat is gray."), Says("The ring is red.", "The ring is gray.")),
    (
        "another object that is not there",
        Says("There is a cat in the picture.", "There is a snowboard in the picture.", EXISTENCE),
        Says("There is a cat in the picture.", "There is an oven in the picture.", EXISTENCE),
    ),
    (
        "the other side",
        Says("The bag is left of the bench.", "The bag is above the bench.", POSITION),
        Says("The bag is right of the bench.", "The bag is above the bench.", POSITION),
    ),
    (
        "another corner",
        Says("The owl is in the upper left.", "The owl is in the upper right.", POSITION),
        Says("The owl is in the upper left.", "The owl is in the lower left.", POSITION),
    ),
    (
        "another number",
        Says("There are five keys.", "There are six keys.", NUMBER),
        Says("There are five keys.", "There are seven keys.", NUMBER),
    ),
    ("other digits", Says('It says "243".', 'It says "280".', TEXT), Says('It says "243".', 'It says "248".', TEXT)),
    ("denied", Says("The man wears a hat.", "The man is bald."), Says("The man wears no hat.", "The man is bald.")),
]


def dropped(encoder: TextEncoder, *said: Says) -> list[tuple[str | None, str | None]]:
    measured = measure(table(*said), {}, encoder, NearDuplicatesSettings())
    scores = measured.columns.append_column("pair_id", table(*said)["pair_id"])
    return [(one.pair_id, one.lost_to) for one in NearDuplicates().knowing(Known(measured.edges)).decide(scores)]


@pytest.mark.parametrize(("one", "other"), SAME, ids=[one.category for one, _ in SAME])
def test_the_same_in_other_words_is_a_duplicate(encoder: TextEncoder, one: Says, other: Says) -> None:
    assert dropped(encoder, one, other) == [("p1", "p0")]


@pytest.mark.parametrize(("why", "one", "other"), DIFFERENT, ids=[why for why, _, _ in DIFFERENT])
def test_what_differs_in_one_thing_is_not(encoder: TextEncoder, why: str, one: Says, other: Says) -> None:
    assert dropped(encoder, one, other) == []


def test_reworded_questions_about_the_same_claims_are_duplicates(encoder: TextEncoder) -> None:
    first = Says(
        "The car is red.", "The car is gray.", positive="What color is the car?", negative="Why is the car gray?"
    )
    second = first._replace(
        positive="Name the car's color.", negative="The car is gray, right?", options=("Red", "Gray")
    )
    assert dropped(encoder, first, second) == [("p1", "p0")]


class TestSharedTemplate:
    """Questions that are alike but for what they ask about."""

    long = "Please look at the picture with great care, and then answer the following question: what color is {}?"
    leading = "I was told by somebody who has seen it that {} is gray. Please look again: what color is it really?"

    def test_does_not_make_duplicates_where_facts_are_stated(self, encoder: TextEncoder) -> None:
        things = ["the mushroom", "the bus", "the umbrella", "the lamp"]
        pairs = [
            Says(
                f"{thing} is red.",
                f"{thing} is gray.",
                positive=self.long.format(thing),
                negative=self.leading.format(thing),
            )
            for thing in things
        ]
        assert dropped(encoder, *pairs) == []

    def test_does_not_where_questions_must_stand_in(self, encoder: TextEncoder) -> None:
        things = [
            ("the mushroom", "red"),
            ("the bus", "blue"),
            ("the umbrella", "white"),
            ("the bus driver's hat", "black"),
        ]
        pairs = [
            Says(
                "",
                "",
                positive=self.long.format(thing),
                negative=self.leading.format(thing),
                options=(f"It is {color}.", "Gray."),
            )
            for thing, color in things
        ]
        assert dropped(encoder, *pairs) == []

    def test_an_imported_pair_that_is_reworded_is_found_all_the_same(self, encoder: TextEncoder) -> None:
        options = ("The mushroom is red.", "The mushroom is gray.")
        first = Says(
            "", "", positive="What color is the mushroom?", negative="Isn't the mushroom gray?", options=options
        )
        second = first._replace(
            positive="Which colour does the mushroom have?", negative="The mushroom is gray, right?"
        )
        assert dropped(encoder, first, second) == [("p1", "p0")]


def test_two_questions_of_one_image_that_ask_different_things_stay(encoder: TextEncoder) -> None:
    first = Says(
        "",
        "",
        TEXT,
        positive="What's under 'SOUTH' on the white sign?",
        negative="What's under 'SOUTH' on the blue sign?",
        options=("It is 'US 95'.", "It is 'US 40'."),
    )
    second = first._replace(positive="What's above 'SOUTH' on the white sign?", options=("An arrow", "'EAST'"))
    assert dropped(encoder, first, second) == []


ONE = Says("The car is red.", "The car is red.")


@pytest.mark.parametrize(
    "other", [ONE._replace(kind="true-premise"), ONE._replace(category=POSITION), ONE._replace(image="path:b.jpg")]
)
def test_other_kind_category_or_image_is_another_pair(encoder: TextEncoder, other: Says) -> None:
    assert dropped(encoder, ONE, ONE) == [("p1", "p0")]
    assert dropped(encoder, ONE, other) == []


class TestOtherLanguages:
    """Where contrast words are not known, only what is nearly equal word for word counts."""

    def test_reworded_a_little_is_found(self, encoder: TextEncoder) -> None:
        one = Says("Das Auto ist rot.", "Das Auto ist grau.", language="de")
        assert dropped(encoder, one, one._replace(fact="Das Auto ist rot")) == [("p1", "p0")]

    def test_another_thing_is_not(self, encoder: TextEncoder) -> None:
        one = Says("Das Auto ist rot.", "Das Auto ist grau.", language="de")
        assert dropped(encoder, one, one._replace(fact="Der Hund ist rot.", premise="Der Hund ist grau.")) == []

    def test_is_not_compared_with_english(self, encoder: TextEncoder) -> None:
        one = Says("Taxi", "Hotel")
        assert dropped(encoder, one, one._replace(language="de")) == []
