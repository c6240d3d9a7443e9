"""The filter ``option_similarity``: what says the same, what does not, and which of many pairs go."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.option_similarity import OptionSimilarity, OptionSimilaritySettings, likeness, meaning_of
from schemas import Option, Pair, Provenance, Question
from schemas.tables import pair_row, to_table

ALIKE = """
The car is red. | The automobile is red.
The dog is on the table. | On the table is the dog.
There are three dogs. | There are 3 dogs
There is a dog in the picture. | A dog can be seen in the photo.
The car is grey. | the car is gray
The man is riding a horse. | The man rides a horse.
The color of the car is red. | The car is red in color.
The man's hat is red. | The hat of the man is red.
The umbrella is held by the man. | The man is holding the umbrella.
The dog is to the left of the cat. | The cat is to the right of the dog.
The cup is above the box. | The box is below the cup.
The sign is in the upper left of the picture. | The sign is in the top-left corner of the image.
The dog is next to the cat. | The cat is beside the dog.
A cat and a dog | A dog and a cat
There isn't a dog in the picture. | There is no dog in the picture.
The man does not wear a hat. | The man is wearing no hat.
There are no dogs. | There are zero dogs.
There is one cat. | There is a cat.
The sign says "STOP". | The sign reads 'STOP'.
No, it is not. | No.
No, but there is a car in the picture. | No, there's a car in the photo.
That is not so: the car is blue. | No, the car is blue.
The stop sign is an octagon. | The stop sign has an octagonal shape.
The hexagon is polka-dotted. | The hexagon is dotted.
skate board | skateboard
Because it is raining. | It is raining.
The cup is placed on the table. | The cup is on the table.
The picture was taken on a beach. | The picture was taken at the seaside.
The person is doing a handstand. | The person is standing on their hands.
THE CAR IS RED | The car is red.
It is red. | The car is red.
Red | The car is red.
Two. | There are two cars.
"""

APART = """
The car is red. | The car is blue.
Yes, the car is red. | No, the car is red.
That is not so: the car is red. | That is just how it is: the car is red.
The car is left of the dog. | The car is right of the dog.
The car is left of the dog. | The dog is left of the car.
The man is riding the horse. | The horse is riding the man.
The dog is chasing the cat. | The dog is being chased by the cat.
A red car and a blue truck | A blue car and a red truck
Two dogs and three cats | Three dogs and two cats
Three dogs | Four dogs
The cup is on the car. | The cup is under the car.
The man is wearing a hat. | The man is not wearing a hat.
The man is standing, not sitting. | The man is sitting, not standing.
The boy is running. | The girl is running.
He is running. | She is running.
The sign says "CATS". | The sign says "CAT".
The sign says "GREY". | The sign says "GRAY".
The sign says HALT | The sign says STOP
The car is light blue. | The car is dark blue.
There are exactly four cats. | There are more than four cats.
The train is going to Paris. | The train is coming from Paris.
upper left | lower left
[0.540,0.315,0.655,0.914] | [0.413,0.314,0.538,0.897]
Dog chases cat | Cat chases dog
The animals are a bird and a cat. | The animals are a bird and a zebra.
There are four cats | There are four cats, but they are hidden behind something
The dog is bigger than the cat. | The cat is bigger than the dog.
The person with the left hand forward | The person with the right hand forward
Yes. | No.
There is a dog. | There is an animal.
"""


def parted(lines: str) -> list[tuple[str, str]]:
    return [(one, other) for one, _, other in (line.partition(" | ") for line in lines.strip().splitlines())]


def alike(one: str, other: str, question: str = "What color is the car?") -> float:
    return likeness(meaning_of(one), meaning_of(other), meaning_of(question))


def pair(options: tuple[str, ...], language: str = "en") -> Pair:
    def question(text: str, options: tuple[str, ...]) -> Question:
        listed = tuple(Option(text=one) for one in options)
        order = tuple(range(len(options)))
        return Question(text=text, image="path:a.jpg", options=listed, answer=0, order=order, language=language)

    return Pair(
        kind="false-premise",
        category="attribute/color&texture",
        positive=question("What color is the car?", ("Blue.", "Red.", "Green.")),
        negative=question("Why is the car red?", options),
        provenance=Provenance(generator="test"),
    )


def scored(*pairs: Pair) -> pa.Table:
    found = OptionSimilarity().score(to_table("pairs", [pair_row(one) for one in pairs]))
    return found.append_column("pair_id", pa.array([one.pair_id for one in pairs], pa.string()))


@pytest.mark.parametrize(("one", "other"), parted(ALIKE))
def test_wordings_of_the_same_are_alike_both_ways(one: str, other: str) -> None:
    assert alike(one, other) >= 0.9
    assert alike(other, one) == alike(one, other)


@pytest.mark.parametrize(("one", "other"), parted(APART))
def test_what_options_are_told_apart_by_keeps_them_apart(one: str, other: str) -> None:
    assert alike(one, other) < 0.9
    assert alike(other, one) == alike(one, other)


def test_a_thing_and_its_kind_score_below_the_threshold_and_above_all_that_differs() -> None:
    assert alike("There is a dog.", "There is an animal.") == 0.8
    assert alike("There is a dog.", "There is a cat.") < 0.8


def test_a_short_option_is_alike_only_where_the_question_says_the_rest() -> None:
    assert alike("Red", "The car is red.", "What color is the car?") >= 0.9
    assert alike("Red", "The car is red.", "What color is the sky?") < 0.9
    assert alike("The dog", "The dog is chasing the cat.", "Who is chasing the cat?") >= 0.9
    assert alike("The dog", "The cat is chasing the dog.", "Who is chasing the dog?") < 0.9


WORDS = [
    "the",
    "red",
    "blue",
    "car",
    "dog",
    "is",
    "not",
    "on",
    "left of",
    "two",
    "Yes,",
    "No,",
    "a",
    "and",
    "riding",
    "in",
]


@given(st.lists(st.sampled_from(WORDS), max_size=7), st.lists(st.sampled_from(WORDS), max_size=7))
def test_likeness_is_symmetric_within_bounds_and_full_for_itself(one: list[str], other: list[str]) -> None:
    first, second = " ".join(one), " ".join(other)
    assert 0 <= alike(first, second) <= 1
    assert alike(first, second) == alike(second, first)
    if meaning_of(first).words:
        assert alike(first, first) == 1


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1


def test_the_drop_names_the_two_options_and_the_threshold() -> None:
    bad, good = (
        pair(("The car is blue.", "It is blue.", "The car is red.")),
        pair(("No, it is blue.", "Yes, it is red.")),
    )
    (drop,) = OptionSimilarity().decide(scored(bad, good))
    assert (drop.reason, drop.pair_id, drop.threshold) == ("options-alike", bad.pair_id, 0.9)
    assert drop.detail == "The car is blue. / It is blue."


def test_thresholds_move_without_scoring_again() -> None:
    scores = scored(pair(("There is a dog.", "There is an animal.", "There is a car.")))
    assert OptionSimilarity().decide(scores) == []
    assert len(OptionSimilarity(OptionSimilaritySettings(threshold=0.8)).decide(scores)) == 1


def test_other_languages_are_not_measured_and_not_dropped() -> None:
    scores = scored(pair(("Das Auto ist blau.", "Das Auto ist blau!", "Rot."), language="de"))
    assert scores["closest"].to_pylist() == [None]
    assert OptionSimilarity().decide(scores) == []


def test_an_open_question_has_no_options_to_be_alike() -> None:
    assert scored(pair(("The car is blue.",)))["which"].to_pylist() == [None]
