"""Options that restate a sibling in another form, and options that only look as if they did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.english.tokens import tokens_of
from datagen.filters.option_similarity.asides import without_asides
from datagen.filters.option_similarity.meaning import Meaning, meaning_of
from datagen.filters.option_similarity.siblings import Asked, asked_of, may_restate, restated

RESTATED = """
What color is the hat?
    The hat is red. / The hat is blue. / The hat is green.
    Blue is the color that the hat has.
What color is the hat?
    The hat is red. / The hat is blue. / The hat is green.
    The hat has been painted blue.
How does the face look?
    The face looks sad. / The face looks happy. / The face looks angry.
    The face wears a happy look.
How many bells are there?
    There is one bell. / There are two bells. / There are three bells.
    Counting the bells gives two.
How many bells are there?
    There are four bells. / There is one bell. / There are three bells.
    There is a single bell.
Where is the cup?
    The cup is above the box. / The cup is left of the box. / The cup is right of the box.
    The box is right of the cup.
Where is the gift?
    The gift is on the jar. / The gift is inside the jar. / The gift is under the jar.
    The jar contains the gift.
What does the sign say?
    The sign says "42". / The sign says "17". / The sign says "99".
    The signboard has "17" on it.
What is the cat chasing?
    The cat is chasing a dog. / The cat is chasing a bird. / The cat is chasing a ball.
    A bird is what the cat is chasing.
Which animal is by the gate?
    A cow is by the gate. / A pig is by the gate. / A dog is by the gate.
    The animal by the gate is a pig.
What is the man riding?
    The man is riding a bicycle. / The man is riding a bus. / The man is riding a horse.
    A bike is what the man is riding.
What is the aardvark eating?
    The aardvark eats a leaf. / The aardvark eats an egg. / The aardvark eats a nut.
    The anteater eats an egg.
"""

NOT_RESTATED = """
What is in the box?
    A dog / A cat / A bird
    A dog and a cat
What is in the box?
    A dog / A cat / A bird
    A cat with a hat
What color is the hat?
    The hat is red. / The hat is blue. / The hat is green.
    The hat is not blue.
What color is the hat?
    The hat is red. / The hat is blue. / The hat is green.
    The hat is reddish.
What color is the hat?
    The hat is red. / The hat is blue. / The hat is green.
    The hat is red and blue.
What is the cat chasing?
    The cat is chasing a dog. / The cat is chasing a bird. / The cat is chasing a ball.
    A bird is chasing the cat.
What is the cat looking at?
    The cat looks at a dog. / The cat looks at a bird. / The cat looks at a ball.
    A bird looks at the cat.
Where is the cup?
    The cup is above the box. / The cup is left of the box. / The cup is right of the box.
    The box is below the jar.
Where is the cup?
    The cup is below the box. / The cup is left of the box. / The cup is right of the box.
    The box is right of the jar.
What is the boy holding?
    The boy is holding a heart. / The boy is holding a star. / The boy is holding a ball.
    The boy is drawing a star.
Who rides?
    The man is riding a horse. / The man is riding a bus. / The man is riding a cow.
    The woman is riding a cow.
What is the score?
    The score is 1 to 3. / The score is 2 to 2. / The score is 3 to 1.
    The score is 3 to 3.
How many bells are there?
    There is one bell. / There are two bells. / There are three bells.
    There are no bells.
How are the hands?
    The left hand and the right foot are up. / Both hands are up. / No hand is up.
    The right hand and the left foot are up.
"""


def parted(lines: str) -> list[tuple[str, list[str]]]:
    """Questions, each with its options: the siblings on one line, the one in question on the next."""
    each = [line.strip() for line in lines.strip().splitlines()]
    return [
        (question, [*siblings.split(" / "), last])
        for question, siblings, last in zip(each[::3], each[1::3], each[2::3], strict=True)
    ]


def asked(question: str) -> Asked:
    said, nothing = meaning_of(question), meaning_of("")
    return asked_of(said, said, said, nothing, nothing)


def places(options: list[str], known: Asked) -> set[frozenset[int]]:
    said = [meaning_of(text) for text in options]
    found = [(place, restated(place, said, known)) for place in range(len(said))] if may_restate(said, known) else []
    return {frozenset({place, other}) for place, other in found if other is not None}


@pytest.mark.parametrize(("question", "options"), parted(RESTATED))
def test_the_last_option_restates_one_sibling_alone(question: str, options: list[str]) -> None:
    (found,) = places(options, asked(question))
    assert len(options) - 1 in found


@pytest.mark.parametrize(("question", "options"), parted(RESTATED))
def test_without_the_restated_sibling_nothing_is_restated(question: str, options: list[str]) -> None:
    (found,) = places(options, asked(question))
    rest = [text for place, text in enumerate(options) if place != min(found)]
    assert places(rest, asked(question)) == set()


@pytest.mark.parametrize(("question", "options"), parted(NOT_RESTATED))
def test_what_says_more_or_otherwise_restates_nothing(question: str, options: list[str]) -> None:
    assert places(options, asked(question)) == set()


def test_what_the_premise_claims_is_a_value_though_the_question_says_it() -> None:
    positive, negative = meaning_of("What color is the cat?"), meaning_of("Why is the cat brown?")
    known = asked_of(negative, positive, negative, meaning_of("The cat is white."), meaning_of("The cat is brown."))
    assert known.values == {"white", "brown"}
    assert places(["The cat is brown and white.", "The cat is white.", "The cat is black."], known) == set()


def test_a_premise_that_is_true_is_a_value_too() -> None:
    positive, negative = meaning_of("What color is the cat?"), meaning_of("Why is the cat brown?")
    fact = meaning_of("The cat is brown.")
    assert asked_of(negative, positive, negative, fact, fact).values == {"brown"}


@given(
    st.lists(st.sampled_from(["red", "blue", "green", "pink", "black", "white"]), min_size=2, max_size=5, unique=True),
    st.sampled_from(["car", "red car", "big dog", "sign"]),
)
def test_parallel_options_with_values_of_their_own_restate_nothing(colors: list[str], thing: str) -> None:
    options = [f"The {thing} is {color}." for color in colors if color not in thing]
    if len(options) > 1:
        assert places(options, asked(f"What color is the {thing}?")) == set()


@given(st.lists(st.text(alphabet="abcd ,:\"'", max_size=20), max_size=5), st.integers(0, 4))
def test_any_options_can_be_compared(options: list[str], place: int) -> None:
    said: list[Meaning] = [meaning_of(text) for text in options]
    if place < len(said):
        found = restated(place, said, asked("What is a?"))
        assert found is None or found != place


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the car is red, as anyone can see", "the car is red"),
        ("in this scene, there is a dog", "there is a dog"),
        ("it is the case that the car is red", "the car is red"),
        ("it is not untrue that the car is red", "the car is red"),
        ("there is no denying that the car is red", "the car is red"),
        ("it is not the case that the car is red", "not the car is red"),
        ("it is false that the car is red", "not the car is red"),
        ("the car is nothing but red", "the car is red"),
        ("it is plain, not striped", "it is plain , not striped"),
        ("the man says that the car is red", "the man says that the car is red"),
        ("red, white and blue", "red , white and blue"),
        ("nothing is there", "nothing is there"),
        ("", ""),
    ],
)
def test_asides_and_double_negations_are_left_out_and_no_negation_is_lost(text: str, left: str) -> None:
    assert " ".join(token.word for token in without_asides(tokens_of(text)).rest) == left


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("it just is like that: the car is red", "yes"),
        ("that is simply the way it is: the car is red", "yes"),
        ("it is not like that: the car is red", "no"),
        ("the car is red", None),
        ("in this scene, the car is red", None),
    ],
)
def test_a_clause_that_agrees_or_contradicts_as_a_whole_is_a_reply(text: str, reply: str | None) -> None:
    assert without_asides(tokens_of(text)).reply == reply
