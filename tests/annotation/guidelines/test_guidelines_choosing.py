"""Which pairs become examples."""

import random

from annotation.guidelines import Examples, examples
from schemas.pair import Pair
from schemas.taxonomy import MMR_CATEGORIES
from tests.annotation.guidelines.kept_pairs import kept_pairs, pair_of_texts

TEXTS = ("It is two.", "How many?", "Why three?", "Two.", "Three.", "No, two.", "Because.")


def test_shows_one_right_example_of_each_category() -> None:
    chosen = examples(kept_pairs(), seed=0)
    assert sorted(example.category for example in chosen.right) == sorted(MMR_CATEGORIES)
    assert all(example.fault is None for example in chosen.right)


def test_right_examples_are_kept_pairs_as_they_are_shown() -> None:
    pairs = {pair.pair_id: pair for pair in kept_pairs()}
    for example in examples(kept_pairs(), seed=0).right:
        pair = pairs[example.pair_id]
        for half, question in zip((example.positive, example.negative), pair.halves, strict=True):
            assert (half.question, half.options, half.letter) == (question.text, question.shown, question.letter)


def test_shows_a_pair_where_agreeing_is_right() -> None:
    agreeing = examples(kept_pairs(), seed=0).agreeing
    assert agreeing is not None
    assert agreeing.kind == "true-premise"


def test_same_pairs_and_seed_give_the_same_examples_in_any_order() -> None:
    mixed = random.Random(1).sample(kept_pairs(), len(kept_pairs()))
    assert examples(mixed, seed=5) == examples(kept_pairs(), seed=5)
    assert examples(kept_pairs(), seed=5) != examples(kept_pairs(), seed=6)


def test_names_every_pair_that_is_given_away() -> None:
    chosen = examples(kept_pairs(), seed=0)
    assert chosen.agreeing is not None
    shown = {example.pair_id for example in (*chosen.right, *chosen.wrong, chosen.agreeing)}
    assert chosen.pair_ids == shown
    assert chosen.pair_ids <= {pair.pair_id for pair in kept_pairs()}


def test_faults_are_made_of_pairs_that_are_given_away_anyhow() -> None:
    chosen = examples(kept_pairs(), seed=0)
    assert {example.pair_id for example in chosen.wrong} <= {example.pair_id for example in chosen.right}


def test_no_pairs_give_no_examples() -> None:
    assert examples([], seed=0) == Examples()
    assert Examples().pair_ids == frozenset()


def test_prefers_pairs_that_people_have_verified() -> None:
    pairs = [pair_of_texts(str(index), *TEXTS[1:3], f"{index}.", *TEXTS[4:]) for index in range(30)]
    pairs[17] = pairs[17].model_copy(update={"verification": "human-verified"})
    for seed in range(20):
        [right] = examples(pairs, seed=seed).right
        assert right.pair_id == pairs[17].pair_id


def test_shows_a_true_premise_where_a_category_has_nothing_else() -> None:
    [right] = examples([pair_of_texts(*TEXTS, kind="true-premise")], seed=0).right
    assert right.kind == "true-premise"


def test_open_questions_are_shown_only_where_a_category_has_nothing_else() -> None:
    chosen, open_pair = pair_of_texts(*TEXTS), pair_of_texts("", "How many?", "Why three?", "Two.", "No, two.")
    assert [one.pair_id for one in examples([open_pair, chosen], seed=0).right] == [chosen.pair_id]
    alone = examples([open_pair], seed=0)
    assert [one.pair_id for one in alone.right] == [open_pair.pair_id]
    assert alone.wrong == ()


def test_very_long_pairs_of_very_many_categories_leave_the_guidelines_readable() -> None:
    def long(index: int) -> Pair:
        return pair_of_texts(*(f"{index}{letter}" + "*" * 1_900 for letter in "abcdefg"), category=f"own/c{index}")

    chosen = examples([long(index) for index in range(200)], seed=0)
    assert 0 < len(chosen.right) < 50
