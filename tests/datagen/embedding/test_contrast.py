import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.embedding.contrast import contrast_of, contrast_vector

NUMBERS = ["zero", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "37"]
COLORS = ["red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "gray"]
SETS = st.frozensets(st.sampled_from(["red", "blue", "left", "right", "above", "not", "7:45", "b52", "243", "two"]))


@pytest.mark.parametrize(
    ("claim", "meanings"),
    [
        ("The grey cat is in the top-left corner.", {"gray", "above", "left"}),
        ("The cat is on top of the box.", set()),
        ("There are 2 dogs and a couple of cats.", {"two"}),
        ("There is one dog.", set()),
        ("There isn't a dog; no cat either.", {"not"}),
        ("The bus says B52 at 7:45.", {"b52", "7:45"}),
        ("A man is bending over.", set()),
        ("The lamp hangs over the table.", {"above"}),
        ("The hat is right next to the left-hand cup.", {"near", "left"}),
        ("The hat is to the right of the cup.", {"right"}),
        ("", set()),
    ],
)
def test_reads_what_tells_claims_apart(claim: str, meanings: set[str]) -> None:
    assert contrast_of(claim) == meanings


@given(SETS, SETS)
def test_equal_sets_alone_are_quite_alike(one: frozenset[str], other: frozenset[str]) -> None:
    first, second = contrast_vector(one), contrast_vector(other)
    assert first.shape == (128,)
    assert np.isclose(np.linalg.norm(first), 1, atol=1e-6)
    cosine = float(first @ second)
    assert cosine > 0.9999 if one == other else cosine < 0.9


@pytest.mark.parametrize(
    "family",
    [
        ["The cat is left of it.", "The cat is right of it.", "The cat is above it.", "The cat is below it."],
        ["It is upper left.", "It is upper right.", "It is lower left.", "It is lower right."],
        [
            f"There are {word} keys."
            for word in ["zero", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "37"]
        ],
        [
            f"It is {word}."
            for word in [
                "red",
                "orange",
                "yellow",
                "green",
                "blue",
                "purple",
                "pink",
                "brown",
                "black",
                "white",
                "gray",
            ]
        ],
        ["It is large.", "It is small."],
        ["He wears a hat.", "He wears no hat."],
    ],
)
def test_rivals_are_far_apart(family: list[str]) -> None:
    vectors = [contrast_vector(contrast_of(claim)) for claim in family]
    assert max(float(one @ other) for one, other in itertools.combinations(vectors, 2)) < 0.5
