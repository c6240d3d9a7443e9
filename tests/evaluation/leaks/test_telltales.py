"""Telltales: planted signs are named, noise is not, and the probabilities are those that were planted."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.leaks import Asked, asked_of, find_telltales
from evaluation.leaks.options import flat
from evaluation.leaks.signs import signs_of
from tests.evaluation.leaks.blind_pairs import pairs


def test_nothing_is_found_where_nothing_tells() -> None:
    for seed in range(4):
        asked = asked_of(pairs(300, seed=seed))
        assert find_telltales(asked.positive).telltales == ()
        assert find_telltales(asked.leading).telltales == ()


def test_planted_word_is_named_with_its_counts_and_is_all_that_is_found() -> None:
    def wrote(color: str, right: bool, chance: random.Random) -> str:
        return f"It is plainly {color}." if chance.random() < (0.4 if right else 0.1) else f"It is {color}."

    asked = asked_of(pairs(600, wrote=wrote)).positive
    told = find_telltales(asked)
    assert "plainly" in told.telltales[0].sign
    offered = sum("plainly" in option for one in asked for option in one.options)
    right = sum("plainly" in one.options[one.right] for one in asked)
    assert (told.telltales[0].offered, told.telltales[0].right) == (offered, right)
    assert len(told.telltales) <= 2


def test_value_that_is_never_right_is_found_and_held_for_unlikely() -> None:
    some = [one for one in pairs(900) if "red" not in one.positive.right]
    asked = asked_of(some).positive
    told = find_telltales(asked)
    assert "red" in told.telltales[0].sign
    assert (told.telltales[0].right, told.telltales[0].z < -5) == (0, True)
    options = flat(asked)
    red = np.array(["red" in option for one in asked for option in one.options])
    assert told.probability[red].max() < 0.05
    assert options.sums(told.probability) == pytest.approx(np.ones(len(asked)))


def test_probabilities_are_calibrated() -> None:
    """Where the probability of an option is p, it is right p of the time, checked by counting."""

    def wrote(color: str, right: bool, chance: random.Random) -> str:
        return f"It is {color}{' now' if chance.random() < (0.5 if right else 0.2) else ''}."

    asked = asked_of(pairs(1500, wrote=wrote)).leading
    told = find_telltales(asked)
    right = flat(asked).right
    for low, high in ((0.0, 0.2), (0.2, 0.3), (0.3, 0.7)):
        held = (told.probability >= low) & (told.probability < high)
        if held.sum() > 200:
            assert right[held].mean() == pytest.approx(told.probability[held].mean(), abs=0.04)
    assert told.probability.std() > 0.05


def test_no_questions_have_no_telltales() -> None:
    told = find_telltales([])
    assert (told.telltales, len(told.probability)) == ((), 0)


def test_what_all_options_share_is_no_sign() -> None:
    asked = Asked("a", "false-premise", "attribute/shape", "What is it?", ("It is a cat.", "It is a dog."), 0)
    cat, dog = signs_of(asked)
    assert 'says "cat"' in cat
    assert not any(sign.endswith('says "it"') for sign in (*cat, *dog))
    assert 'attribute/shape: says "dog" alone' in dog


def test_ranks_are_told_of_numbers_in_digits_and_words() -> None:
    asked = Asked("a", "false-premise", "attribute/number", "How many?", ("There are two.", "There are 11.", "No."), 0)
    two, eleven, none = signs_of(asked)
    assert "2 of 3 in number, fewest first" in two
    assert "3 of 3 in number, fewest first" in eleven
    assert "1 of 3 in number, fewest first" in none


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=8)),
        min_size=1, max_size=12,
    )
)  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_any_text_gives_probabilities_that_add_up(found: list[tuple[str, list[str]]]) -> None:
    asked = [
        Asked(str(at), "false-premise", "context/expert", text, tuple(options), 0)
        for at, (text, options) in enumerate(found)
    ]
    told = find_telltales(asked)
    assert flat(asked).sums(told.probability) == pytest.approx(np.ones(len(asked)))
    assert np.isfinite(told.probability).all()
