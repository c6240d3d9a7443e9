"""What surely tells two options apart, however many words they share."""

import pytest

from datagen.filters.option_similarity.apart import surely_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('The sign says "AND".', 'The sign says "OF".'),
        ("One of them", "All of them"),
        ("A bed but no chair", "A chair but no bed"),
        ("No, there is no cat.", "No, there is no mirror."),
    ],
)
def test_quotes_amounts_and_denials_tell_apart(one: str, other: str) -> None:
    assert surely_apart(one, other)
    assert surely_apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('The sign says "STOP".', "The sign says “stop”."),
        ("No, the car is red.", "No, the automobile is red."),
        ("There are no cats.", "There are not any cats."),
        ("Not at all: the car is red.", "No, it is a red car."),
        ("All of the dogs", "Every dog"),
    ],
)
def test_what_is_only_put_otherwise_is_not_told_apart(one: str, other: str) -> None:
    assert not surely_apart(one, other)
