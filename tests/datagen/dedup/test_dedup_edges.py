"""The edges are those of brute force: on clusters, on data of few directions, on chains, ties and copies."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from datagen.dedup import Edges, Plan, components, edges_above, forest, similarities
from schemas.errors import BadInput

Vectors = NDArray[np.float32]


def unit(vectors: NDArray[np.floating]) -> Vectors:
    found: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


def with_copies(plain: Vectors, share: float, seed: int) -> Vectors:
    """Some rows replaced by others with more or less noise, so that cosines lie on both sides of 0.95."""
    drawn = np.random.default_rng(seed)
    copied = drawn.permutation(len(plain))[: round(share * len(plain))]
    rest = np.setdiff1d(np.arange(len(plain)), copied)
    noise = drawn.standard_normal((len(copied), plain.shape[1])) / plain.shape[1] ** 0.5
    found = plain.copy()
    found[copied] = unit(plain[drawn.choice(rest, len(copied))] + noise * drawn.uniform(0, 0.45, (len(copied), 1)))
    return found


def clusters(count: int, dim: int = 384, centres: int = 300, spread: float = 0.7, seed: int = 0) -> Vectors:
    drawn = np.random.default_rng(seed)
    middles = unit(drawn.standard_normal((centres, dim)))
    noise = drawn.standard_normal((count, dim)) * (spread / dim**0.5)
    return with_copies(unit(middles[drawn.integers(centres, size=count)] + noise), 0.3, seed)


def few_directions(count: int, dim: int = 384, seed: int = 0) -> Vectors:
    """The falling spectrum and the common direction that embeddings of sentences have."""
    drawn = np.random.default_rng(seed)
    turned = np.linalg.qr(drawn.standard_normal((dim, dim)))[0]
    falling = np.arange(1, dim + 1) ** -0.8
    common = 0.5 * (np.arange(dim) < 1)
    return with_copies(unit((drawn.standard_normal((count, dim)) * falling + common) @ turned), 0.3, seed)


def brute_force(vectors: Vectors, floor: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(n_edges, 2) rows and their cosines: all products, in slices of rows, and those near the floor in float64."""
    rows, cosines = [np.empty((0, 2), np.int64)], [np.empty(0)]
    for start in range(0, len(vectors), 1_000):
        one, other = np.nonzero(vectors[start : start + 1_000] @ vectors[start:].T > floor - 1e-3)
        one, other = one[one < other] + start, other[one < other] + start
        exact = (vectors[one].astype(np.float64) * vectors[other].astype(np.float64)).sum(axis=1)
        rows.append(np.stack((one, other), axis=1)[exact > floor])
        cosines.append(exact[exact > floor])
    return np.concatenate(rows), np.concatenate(cosines)


def assert_same(edges: Edges, vectors: Vectors, floor: float) -> None:
    rows, cosines = brute_force(vectors, floor)
    assert np.array_equal(np.stack((edges.a, edges.b), axis=1), rows)
    assert np.allclose(edges.similarity, cosines, rtol=0, atol=1e-12)


def by_union_find(count: int, rows: NDArray[np.int64]) -> list[int]:
    parent = list(range(count))

    def root(row: int) -> int:
        while parent[row] != row:
            row = parent[row]
        return row

    for one, other in rows.tolist():
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return [root(row) for row in range(count)]


def test_equals_brute_force_on_twenty_thousand_clustered_vectors() -> None:
    vectors = clusters(20_000)
    with threadpool_limits(1):
        rows, cosines = brute_force(vectors, 0.95)
    edges = edges_above(vectors, 0.95)
    assert len(rows) > 4_000
    assert np.array_equal(np.stack((edges.a, edges.b), axis=1), rows)
    assert np.allclose(edges.similarity, cosines, rtol=0, atol=1e-12)
    assert components(20_000, edges, 0.95).tolist() == by_union_find(20_000, rows)


@pytest.mark.parametrize("floor", [0.85, 0.93, 0.99])
@pytest.mark.parametrize("make", [clusters, few_directions])
def test_equals_brute_force_whatever_the_shape_of_the_data(make: Callable[[int], Vectors], floor: float) -> None:
    vectors = make(1_500)
    edges = edges_above(vectors, floor)
    assert len(edges) > 50
    assert_same(edges, vectors, floor)


@pytest.mark.parametrize(
    "plan", [Plan(1), Plan(8, 8, 1), Plan(8, 8, 9), Plan(40, 0), Plan(40, 384), Plan(150, 16), Plan(9_999)]
)
def test_however_the_work_is_cut_the_edges_are_the_same_to_the_last_bit(plan: Plan) -> None:
    vectors = few_directions(400)
    edges, others = edges_above(vectors, 0.9), edges_above(vectors, 0.9, plan=plan)
    assert all(np.array_equal(getattr(edges, side), getattr(others, side)) for side in ("a", "b", "similarity"))


def test_a_cosine_is_the_same_whatever_it_is_computed_along_with() -> None:
    vectors = few_directions(300)
    a, b = np.triu_indices(300, 1)
    alone = [similarities(vectors, a[place : place + 1], b[place : place + 1])[0] for place in range(0, len(a), 97)]
    assert similarities(vectors, a, b)[::97].tolist() == alone
    assert similarities(vectors, b, a)[::97].tolist() == alone


@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_no_small_input_is_a_counterexample(data: st.DataObject, seed: int) -> None:
    count, dim = data.draw(st.integers(2, 40)), data.draw(st.integers(1, 12))
    drawn = np.random.default_rng(seed)
    vectors = unit(drawn.standard_normal((count, dim)))
    for _ in range(data.draw(st.integers(0, 30))):  # copies of copies make chains
        one, other = drawn.integers(count, size=2)
        moved = vectors[other] + drawn.standard_normal(dim) * drawn.choice([0, 0.05, 0.2, 0.5])
        vectors[one] = unit(moved[None])[0]
    floor = data.draw(st.floats(-1.1, 1.1))
    plan = Plan(data.draw(st.integers(1, count)), data.draw(st.integers(0, dim)), data.draw(st.integers(1, 5)))
    assert_same(edges_above(vectors, floor, plan=plan), vectors, floor)


# Two of these have at most two coordinates in common: in float64 their product is exact but for one last rounding,
# so no order of summing can matter.
EXACT = [
    np.array([one if place == first else other if place == second else 0 for place in range(4)], np.float32)
    for first, second in permutations(range(4), 2)
    for one, other in product((0.6, -0.6, 1.0), (0.8, 0.0))
    if (one == 1.0) == (other == 0.0)
]


@given(made=st.lists(st.sampled_from(EXACT), min_size=2, max_size=25), data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_pair_exactly_at_the_floor_is_left_out(made: list[NDArray[np.float32]], data: st.DataObject) -> None:
    vectors = np.stack(made)
    exact = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    one, other = sorted(data.draw(st.permutations(range(len(made))))[:2])
    floor = float(exact[one, other])
    plan = Plan(data.draw(st.integers(1, len(made))), data.draw(st.integers(0, 4)), data.draw(st.integers(1, 5)))

    def above(limit: float) -> set[tuple[int, int]]:
        edges = edges_above(vectors, limit, plan=plan)
        return set(zip(edges.a.tolist(), edges.b.tolist(), strict=True))

    assert above(floor) == {(a, b) for a in range(len(made)) for b in range(a + 1, len(made)) if exact[a, b] > floor}
    assert (one, other) in above(float(np.nextafter(floor, -2)))


def test_a_chain_of_neighbours_gives_its_links_only() -> None:
    angles = np.arange(30) * np.arccos(0.96)
    vectors = np.stack((np.cos(angles[:9]), np.sin(angles[:9])), axis=1).astype(np.float32)
    edges = edges_above(vectors, 0.95)
    assert edges.a.tolist() == list(range(8))
    assert edges.b.tolist() == list(range(1, 9))
    assert components(9, edges, 0.95).tolist() == [0] * 9


@pytest.mark.parametrize("count", [2, 3, 300, 1_100])
def test_vectors_that_are_all_the_same_are_all_joined(count: int) -> None:
    vectors = np.tile(unit(np.ones((1, 7))), (count, 1))
    edges = edges_above(vectors, 0.95)
    assert len(edges) == count * (count - 1) // 2
    assert (edges.a < edges.b).all()
    assert set(components(count, edges, 0.99).tolist()) == {0}


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one_have_no_edges(count: int) -> None:
    edges = edges_above(np.ones((count, 1), np.float32), 0.95)
    assert (len(edges), edges.floor) == (0, 0.95)
    assert (str(edges.a.dtype), str(edges.similarity.dtype)) == ("int64", "float64")
    assert components(count, edges, 0.95).tolist() == list(range(count))


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        (np.array([[1, 0], [0, 0]], np.float32), "vector 1 has length 0 instead of 1"),
        (np.array([[np.nan, 0], [1, 0], [np.nan, 1]], np.float32), "vector 0 has length nan .*, and so 1 more"),
        (np.array([[1, 0], [np.inf, 0]], np.float32), "vector 1 has length inf"),
        (np.array([[1.01, 0]], np.float32), "vector 0 has length 1.01"),
        (np.array([1, 0], np.float32), r"must be a 2D array, got shape \(2,\)"),
        (np.eye(2), "must be float32, got float64"),
        (np.ones((2, 0), np.float32), "vector 0 has length 0"),
    ],
)
def test_refuses_what_is_no_unit_vector(vectors: NDArray[np.float32], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        edges_above(vectors, 0.95)


def test_refuses_a_floor_that_is_no_number() -> None:
    with pytest.raises(BadInput, match="got NaN"):
        edges_above(np.eye(3, dtype=np.float32), float("nan"))


def test_vectors_of_almost_length_one_are_compared_as_they_are() -> None:
    vectors = unit(np.random.default_rng(0).standard_normal((400, 6))) * np.float32(1.0009)
    assert_same(edges_above(vectors, 0.97, plan=Plan(60, 2)), vectors, 0.97)


def test_a_slice_of_a_wider_array_is_read_like_a_copy_of_it() -> None:
    wide = np.zeros((500, 40), np.float32)
    wide[:, 3:35:2] = few_directions(500, dim=16)
    cut = wide[:, 3:35:2]
    assert_same(edges_above(cut, 0.9), np.ascontiguousarray(cut), 0.9)


def test_stops_with_a_word_where_there_are_too_many() -> None:
    vectors = np.tile(unit(np.ones((1, 7))), (100, 1))
    with pytest.raises(BadInput, match=r"more than 1,000 pairs of vectors have a cosine above 0\.95"):
        edges_above(vectors, 0.95, most=1_000)


def test_folded_to_a_forest_no_number_of_copies_is_too_many() -> None:
    vectors = np.concatenate([np.tile(unit(np.ones((1, 7))), (1_000, 1)), few_directions(300, dim=7)])
    edges = edges_above(vectors, 0.9, fold=partial(forest, len(vectors)), most=len(vectors))
    whole = edges_above(vectors, 0.9)
    assert len(edges) < len(vectors) < len(whole)
    for threshold in (0.9, 0.95, 0.999):
        assert np.array_equal(components(1_300, edges, threshold), components(1_300, whole, threshold))


def test_progress_counts_every_vector_once() -> None:
    seen: list[int] = []
    edges_above(clusters(700, dim=16), 0.95, on_progress=seen.append)
    assert sum(seen) == 700


IN_A_PROCESS_OF_ITS_OWN = """
import numpy as np
from datagen.dedup import edges_above
drawn = np.random.default_rng(0)
middles = drawn.standard_normal((1_000, 384), dtype=np.float32)
vectors = drawn.standard_normal((100_000, 384), dtype=np.float32)
vectors *= 0.03
vectors += middles[drawn.integers(1_000, size=100_000)] / 19.6
vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
vectors[70_000:] = vectors[:30_000]
assert len(edges_above(vectors, 0.95)) >= 30_000
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.slow
def test_a_hundred_thousand_take_less_than_a_gibibyte() -> None:
    done = subprocess.run([sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN], stdout=subprocess.PIPE, check=True)
    assert int(done.stdout) < 2**20
