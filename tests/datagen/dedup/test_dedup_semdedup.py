"""SemDeDup as published: order within cells, blindness across them, and its recall measured."""

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from datagen.dedup import Keep, edges_above, recall_on_sample, semdedup
from schemas.errors import BadInput

Vectors = NDArray[np.float32]


def unit(vectors: NDArray[np.float64]) -> Vectors:
    found: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


def arc(*angles: float) -> Vectors:
    return unit(np.stack((np.cos(angles), np.sin(angles)), axis=1))


def copies(count: int, dim: int, seed: int) -> Vectors:
    drawn = np.random.default_rng(seed)
    vectors = unit(drawn.standard_normal((count, dim)))
    for _ in range(count // 2):
        one, other = drawn.integers(count, size=2)
        vectors[one] = unit((vectors[other] + drawn.standard_normal(dim) * 0.3 / dim**0.5)[None])[0]
    return vectors


@given(count=st.integers(1, 60), cells=st.integers(1, 6), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_whoever_is_like_someone_earlier_in_the_cell_is_dropped_and_nobody_else(
    count: int, cells: int, seed: int
) -> None:
    vectors = copies(count, 6, seed)
    ids = [f"{row:03d}" for row in range(count)]
    done = semdedup(vectors, ids, 0.9, keep="random", cells=cells, seed=seed)
    rank = np.empty(count, np.int64)
    rank[np.random.default_rng(seed).permutation(count)] = np.arange(count)
    exact = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    for row in range(count):
        earlier = [
            o for o in range(count) if done.cell[o] == done.cell[row] and rank[o] < rank[row] and exact[o, row] > 0.9
        ]
        survivor = int(done.survivor[row])
        assert (survivor != row) == bool(earlier)
        assert done.survivor[survivor] == survivor
        assert done.cell[survivor] == done.cell[row]
        assert rank[survivor] <= rank[row]
    inside = {
        (a, b) for a in range(count) for b in range(a + 1, count) if exact[a, b] > 0.9 and done.cell[a] == done.cell[b]
    }
    assert list(zip(done.edges.a.tolist(), done.edges.b.tolist(), strict=True)) == sorted(inside)


def test_hard_keeps_the_farthest_from_the_centre_and_easy_the_nearest() -> None:
    vectors = arc(0.0, 0.02, 0.04, 0.5, 0.5, 0.5)
    ids = list("abcdef")
    assert semdedup(vectors[:5], ids[:5], 0.99, keep="hard", cells=1).survivor.tolist()[:3] == [0, 0, 0]
    assert semdedup(vectors, ids, 0.99, keep="easy", cells=1).survivor.tolist() == [2, 2, 2, 3, 3, 3]


def test_of_a_chain_the_first_alone_stays_and_stands_for_what_it_is_not_like() -> None:
    step = math.acos(0.96)
    done = semdedup(arc(0, 0, 0, 0, 0, step, 2 * step), list("abcdefg"), 0.95, keep="easy", cells=1)
    assert done.survivor.tolist() == [0] * 7


@pytest.mark.parametrize("keep", get_args(Keep))
def test_ties_go_to_the_id_that_sorts_first(keep: Keep) -> None:
    vectors = np.tile(unit(np.ones((1, 4))), (3, 1))
    survivor = semdedup(vectors, ["c", "a", "b"], 0.9, keep=keep, cells=1).survivor
    assert len(set(survivor.tolist())) == 1
    assert keep == "random" or survivor.tolist() == [1, 1, 1]


def test_pairs_across_cells_are_missed_and_the_recall_says_so() -> None:
    vectors = copies(3_000, 8, 0)
    whole = edges_above(vectors, 0.95)
    found = semdedup(vectors, [str(row) for row in range(3_000)], 0.95, cells=200).edges
    assert 0 < len(found) < len(whole)
    everyone = recall_on_sample(vectors, found, 0.95, sample=3_000)
    assert (everyone.found, everyone.there) == (len(found), len(whole))
    assert recall_on_sample(vectors, whole, 0.95, sample=100).share == 1.0


def test_recall_counts_the_pairs_of_sampled_rows_with_all_others() -> None:
    vectors = copies(500, 8, 1)
    whole = edges_above(vectors, 0.9)
    found = whole.where(np.arange(len(whole)) % 3 > 0)
    sampled = np.random.default_rng(5).choice(500, 40, replace=False)
    touched = np.isin(whole.a, sampled) | np.isin(whole.b, sampled)
    recall = recall_on_sample(vectors, found, 0.9, sample=40, seed=5)
    assert (recall.found, recall.there) == (int((touched & (np.arange(len(whole)) % 3 > 0)).sum()), int(touched.sum()))
    assert recall.found < recall.there


def test_recall_where_nothing_is_alike_is_no_number() -> None:
    eye = np.eye(5, dtype=np.float32)
    recall = recall_on_sample(eye, edges_above(eye, 0.9), 0.9)
    assert (recall.found, recall.there) == (0, 0)
    assert math.isnan(recall.share)


def test_no_vectors_and_one() -> None:
    assert semdedup(np.empty((0, 3), np.float32), [], 0.9).survivor.tolist() == []
    assert semdedup(np.eye(1, 3, dtype=np.float32), ["a"], 0.9).survivor.tolist() == [0]


def test_refuses_what_it_cannot_work_with() -> None:
    eye = np.eye(3, dtype=np.float32)
    with pytest.raises(BadInput, match="got 2 ids for 3 rows"):
        semdedup(eye, ["a", "b"], 0.9)
    with pytest.raises(BadInput, match="into 0 cells"):
        semdedup(eye, list("abc"), 0.9, cells=0)
    with pytest.raises(BadInput, match="no order is called 'first'"):
        semdedup(eye, list("abc"), 0.9, keep="first")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="length 0"):
        semdedup(eye * 0, list("abc"), 0.9)
