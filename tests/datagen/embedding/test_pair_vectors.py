from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from datagen.embedding import Claims, pair_vectors
from datagen.embedding.pair_vectors import CONTRAST_WEIGHT


class Spelled:
    """Vectors of the letters in a text."""

    mark = "spelled"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(
        self, texts: Sequence[str], *, on_progress: Callable[[int], None] = lambda _: None
    ) -> NDArray[np.float32]:
        self.texts += texts
        rows = [[1 + text.lower().count(letter) for letter in "abcdefgh"] for text in texts]
        found = np.array(rows, np.float32).reshape(len(texts), 8)
        lengths: NDArray[np.float32] = np.linalg.norm(found, axis=1, keepdims=True)
        return found / lengths


def said(fact: str, premise: str, *, english: bool = True) -> Claims:
    return Claims(fact, premise, english)


def test_a_cosine_is_the_mean_of_both_claims_cosines() -> None:
    rng = np.random.default_rng(0)
    texts = ["a cab", "two eggs", "a red bed", "left", "beef", "no egg", "a bad cafe"]
    claims = [said(*rng.choice(texts, 2)) for _ in range(20)]
    vectors = pair_vectors(claims, Spelled())
    joined = vectors.joined()
    facts, premises = vectors.claims[vectors.fact], vectors.claims[vectors.premise]
    assert np.allclose(np.linalg.norm(joined, axis=1), 1, atol=1e-5)
    assert np.allclose(joined @ joined.T, (facts @ facts.T + premises @ premises.T) / 2, atol=1e-5)
    assert np.array_equal(vectors.joined(np.array([3, 5])), joined[[3, 5]])


def test_equal_claims_are_embedded_once() -> None:
    encoder = Spelled()
    vectors = pair_vectors([said("a", "b"), said("b", "a"), said("a", "a")], encoder)
    assert encoder.texts == ["a", "b"]
    assert (vectors.fact.tolist(), vectors.premise.tolist(), len(vectors.claims)) == ([0, 1, 0], [1, 0, 0], 2)


def test_contrast_counts_for_its_share_in_english_alone() -> None:
    claims = [said("left bed", "x"), said("right bed", "x")]
    english = pair_vectors(claims, Spelled())
    other = pair_vectors([one._replace(english=False) for one in claims], Spelled())
    letters = Spelled().encode(["left bed", "right bed"])
    cosine = float(letters[0] @ letters[1])
    assert float(english.claims[english.fact[0]] @ english.claims[english.fact[1]]) < cosine - 0.5 * CONTRAST_WEIGHT
    assert np.isclose(float(other.claims[other.fact[0]] @ other.claims[other.fact[1]]), cosine, atol=1e-6)


def test_no_pairs_have_no_vectors() -> None:
    vectors = pair_vectors([], Spelled())
    assert len(vectors) == 0
    assert len(vectors.joined()) == 0
