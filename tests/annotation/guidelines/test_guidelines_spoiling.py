"""Wrong examples are wrong in the way that is named, and in no other."""

import pytest

from annotation.guidelines import Example, examples
from annotation.verdict import Fault
from schemas.pair import LETTERS, Pair
from tests.annotation.guidelines.kept_pairs import kept_pairs, pair_of_texts


def spoilt(fault: Fault, seed: int) -> tuple[Example, Pair]:
    """The example of a fault, and the pair it was made of."""
    example = examples(kept_pairs(), seed=seed).of_fault(fault)
    assert example is not None
    return example, next(pair for pair in kept_pairs() if pair.pair_id == example.pair_id)


seeds = pytest.mark.parametrize("seed", range(25))


def test_makes_an_example_of_each_fault_but_what_only_an_image_can_show() -> None:
    faults = {example.fault for example in examples(kept_pairs(), seed=0).wrong}
    assert faults == {"positive-key-wrong", "negative-key-wrong", "not-misleading", "several-right", "wrong-category"}


def test_each_fault_is_shown_on_a_pair_of_its_own_where_there_are_enough() -> None:
    made = [example.pair_id for example in examples(kept_pairs(), seed=0).wrong]
    assert len(set(made)) == len(made)


@seeds
def test_wrong_key_is_another_option_and_the_right_one_is_named(seed: int) -> None:
    example, pair = spoilt("positive-key-wrong", seed)
    assert example.positive.letter != pair.positive.letter == example.right
    assert example.positive.options[example.positive.marked] != pair.positive.right
    assert example.positive.options == pair.positive.shown
    assert example.negative.letter == pair.negative.letter


@seeds
def test_wrong_key_of_the_leading_question_goes_along_with_the_premise(seed: int) -> None:
    example, pair = spoilt("negative-key-wrong", seed)
    place = pair.negative.order[example.negative.marked]
    assert pair.negative.options[place].role.startswith("answer wrong")
    assert example.right == pair.negative.letter
    assert example.positive.letter == pair.positive.letter


@seeds
def test_not_misleading_asks_the_positive_question_twice(seed: int) -> None:
    example, pair = spoilt("not-misleading", seed)
    assert pair.kind == "false-premise"
    assert example.negative == example.positive
    assert example.positive.question == pair.positive.text


@seeds
def test_several_right_says_the_right_answer_twice_and_keeps_the_key(seed: int) -> None:
    example, pair = spoilt("several-right", seed)
    again = example.positive.options[LETTERS.index(example.right)]
    assert example.right != example.positive.letter == pair.positive.letter
    assert again.casefold() == f"it is true that {pair.positive.right}".casefold()
    assert len(example.positive.options) == len(pair.positive.options)


@seeds
def test_wrong_category_is_one_that_nobody_could_take_for_the_right_one(seed: int) -> None:
    example, pair = spoilt("wrong-category", seed)
    assert example.right == pair.category != example.category
    assert example.category in ("attribute/number", "attribute/color&texture")
    assert not pair.category.startswith("context/")


@pytest.mark.parametrize(
    ("right", "language"),
    [("Two", "en"), ("Ja. Nein.", "de"), ("The cat. The dog.", "en"), ("The cat, no?", "en"), ("The Katze.", "de")],
)
def test_says_nothing_twice_where_it_is_not_sure_of_the_words(right: str, language: str) -> None:
    pair = pair_of_texts("", "How many?", "Why three?", right, "Three.", "No.", "Because.", language=language)
    assert examples([pair], seed=0).of_fault("several-right") is None


def test_makes_no_faults_of_true_premises() -> None:
    pairs = [pair for pair in kept_pairs() if pair.kind == "true-premise"]
    assert examples(pairs, seed=0).wrong == ()
