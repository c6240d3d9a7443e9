"""Which pairs are compared, and which edges are kept: with vectors made up for the purpose."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from datagen.embedding import Claims, pair_vectors
from datagen.filters.near_duplicates import NearDuplicatesSettings, measure
from datagen.filters.near_duplicates.likeness import SLACK, alike, likeness
from datagen.filters.near_duplicates.possible import possible
from tests.datagen.filters.near_duplicates.said import Says, table


class Placed:
    """A text "30" lies at 30 degrees."""

    mark = "placed"

    def encode(
        self, texts: Sequence[str], *, on_progress: Callable[[int], None] = lambda _: None
    ) -> NDArray[np.float32]:
        on_progress(len(set(texts)))
        angles = np.radians([float(text) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32).reshape(-1, 2)


def says(
    fact: float, premise: float, *, category: str = "a/b", image: str = "path:a", other_image: str | None = None
) -> Says:
    return Says(f"{fact}", f"{premise}", category, image=image, other_image=other_image, language="de")


def edges(
    *said: Says, clusters: Mapping[str, str] | None = None, images: Mapping[str, NDArray[np.float32]] | None = None,
    **settings: object,
) -> dict[tuple[str, str], float]:  # fmt: skip
    wanted = NearDuplicatesSettings.model_validate({"within_other_languages": 0.9, "floor": 0.05} | settings)
    found = measure(table(*said), clusters or {}, Placed(), wanted, images=images).edges.to_pylist()
    assert all(row["filter"] == "near_duplicates" and row["a"] < row["b"] for row in found)
    return {(row["a"], row["b"]): row["similarity"] for row in found}


def cosine(degrees: float) -> float:
    return float(np.cos(np.radians(degrees)))


def test_edges_are_kept_down_to_the_floor_below_the_threshold() -> None:
    found = edges(says(0, 0), says(29, 29), says(-33, -33))
    assert list(found) == [("p0", "p1")]
    assert found["p0", "p1"] == pytest.approx(cosine(29), abs=1e-6)


def test_the_weaker_claim_limits_how_alike_two_pairs_are() -> None:
    found = edges(says(0, 0), says(0, 25))
    assert found["p0", "p1"] == pytest.approx(min((1 + cosine(25)) / 2, cosine(25) + SLACK), abs=1e-6)
    assert edges(says(0, 0), says(0, 60)) == {}


def test_whoever_is_linked_has_an_edge_even_below_the_floor() -> None:
    found = edges(says(0, 0), says(20, 20), says(40, 40))
    assert found["p0", "p2"] == pytest.approx(cosine(40), abs=1e-6)
    assert len(found) == 3


def test_a_cluster_of_photographs_counts_as_one_image() -> None:
    pairs = [says(0, 0, image="path:a"), says(0, 0, image="path:b"), says(0, 0, image="path:c")]
    assert list(edges(*pairs, clusters={"path:a": "one", "path:b": "one", "path:c": "two"})) == [("p0", "p1")]


def test_a_pair_over_two_images_is_compared_with_its_like() -> None:
    one = says(0, 0, image="path:a", other_image="path:b")
    assert list(edges(one, one, says(0, 0, image="path:a"), one._replace(image="path:b", other_image="path:a"))) == [
        ("p0", "p1")
    ]


class TestAcrossImages:
    pairs = (says(0, 0, image="path:a"), says(10, 10, image="path:b"), says(0, 0, image="path:c", category="a/c"))

    def test_are_not_compared_unless_asked_for(self) -> None:
        assert edges(*self.pairs) == {}
        assert edges(*self.pairs, across=1.0) == {}

    def test_are_compared_by_what_is_said(self) -> None:
        found = edges(*self.pairs, across=0.95)
        assert list(found) == [("p0", "p1")]
        assert found["p0", "p1"] == pytest.approx(cosine(10), abs=1e-6)

    def test_and_by_what_is_seen_where_there_are_image_vectors(self) -> None:
        seen = {"path:a": np.array([1, 0], np.float32), "path:b": np.array([0.8, 0.6], np.float32)}
        found = edges(*self.pairs, across=0.9, images=seen, image_weight=0.5)
        assert found["p0", "p1"] == pytest.approx((cosine(10) + 0.8) / 2, abs=1e-6)
        assert edges(*self.pairs, across=0.9, images={"path:a": seen["path:a"]}, image_weight=0.5) == {}


def test_columns_stand_row_for_row_and_texts_are_told_of() -> None:
    told = list[int]()
    pairs = table(says(0, 0, image="path:b"), Says("1", "2", image="path:a"))
    found = measure(pairs, {"path:a": "x"}, Placed(), NearDuplicatesSettings(), on_progress=told.append)
    assert found.columns.to_pylist() == [{"cluster": "path:b", "english": False}, {"cluster": "x", "english": True}]
    assert sum(told) == 0  # each is alone with its image
    found = measure(pairs, {}, Placed(), NearDuplicatesSettings(across=0.9), on_progress=told.append)
    assert found.vectors is not None
    assert len(found.vectors) == 2
    assert sum(told) == 3


def test_no_pairs_are_measured_too() -> None:
    found = measure(table(), {}, Placed(), NearDuplicatesSettings(across=0.5))
    assert (len(found.columns), len(found.edges)) == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=12), st.floats(0.5, 0.99))
def test_the_screen_of_large_groups_loses_no_pair(angles: list[tuple[int, int]], floor: float) -> None:
    vectors = pair_vectors([Claims(f"{fact}", f"{premise}", False) for fact, premise in angles], Placed())
    rows = np.arange(len(angles))
    everyone = np.triu_indices(len(rows), 1)
    wanted = likeness(vectors, *everyone) > floor
    found = set(zip(*(side.tolist() for side in alike(vectors, rows, floor, small=0)), strict=True))
    assert set(zip(everyone[0][wanted].tolist(), everyone[1][wanted].tolist(), strict=True)) <= found


class Agreeing:
    """A text model to which all texts are the same: no model can find them more alike."""

    mark = "agreeing"

    def encode(
        self, texts: Sequence[str], *, on_progress: Callable[[int], None] = lambda _: None
    ) -> NDArray[np.float32]:
        return np.ones((len(texts), 1), np.float32)


WORDS = ["the", "a", "cat", "dog", "red", "blue", "left", "right", "three", "four", "not", "on", "under"]
SAID = st.lists(st.sampled_from(WORDS), max_size=4)


@given(st.lists(st.tuples(SAID, SAID, st.booleans()), min_size=1, max_size=9), st.floats(0.3, 0.99))
def test_what_is_left_out_before_the_model_is_asked_could_not_have_been_alike(
    said: list[tuple[list[str], list[str], bool]], floor: float
) -> None:
    english = said[0][2]
    claims = [Claims(" ".join(fact), " ".join(premise), english) for fact, premise, _ in said]
    rows = np.arange(len(claims))
    first, second = np.triu_indices(len(rows), 1)
    above = likeness(pair_vectors(claims, Agreeing()), first, second) > floor
    found = set(possible(claims, [rows], [floor]).tolist())
    assert found >= {int(row) for row in np.concatenate([first[above], second[above]])}
    if english:
        surely = likeness(pair_vectors(claims, Agreeing()), first, second) > floor - 1e-4
        assert found <= {int(row) for row in np.concatenate([first[surely], second[surely]])}
    assert possible(claims, [rows], [floor], small=0).tolist() == rows.tolist()
