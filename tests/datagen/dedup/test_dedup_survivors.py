"""Every strategy against its definition, written out plainly; ties, unknown scores, and what losers lost to."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from datagen.dedup import STRATEGIES, Strategy, components, edges_above, losses, survivors
from schemas.errors import BadInput

Vectors = NDArray[np.float32]


def unit(vectors: NDArray[np.float64]) -> Vectors:
    found: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


def distance(one: list[float], other: list[float]) -> float:
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return round(1 - product / math.hypot(*one) / max(math.hypot(*other), 1e-12), 9)


def mean_of(rows: list[list[float]]) -> list[float]:
    return [math.fsum(column) / len(rows) for column in zip(*rows, strict=True)]


def by_definition(
    labels: list[int], ids: list[str], strategy: Strategy, vectors: Vectors, scores: list[float]
) -> list[int]:
    known = vectors.astype(float).tolist()
    chosen = {}
    for label in set(labels):
        members = [row for row, its in enumerate(labels) if its == label]
        centre = mean_of([known[row] for row in members] if strategy == "inner-middle" else known)
        far = {row: distance(known[row], centre) for row in members}
        if strategy in ("best", "score-max"):
            members.sort(key=lambda row: -math.inf if math.isnan(scores[row]) else scores[row], reverse=True)
            top = scores[members[0]]
            tied = [row for row in members if scores[row] == top or (math.isnan(top) and math.isnan(scores[row]))]
            chosen[label] = min(tied, key=lambda row: ids[row])
        elif strategy == "far":
            chosen[label] = min((row for row in members if far[row] == max(far.values())), key=lambda row: ids[row])
        else:
            chosen[label] = sorted(members, key=lambda row: (far[row], ids[row]))[(len(members) - 1) // 2]
    return [chosen[label] for label in labels]


def chosen_by(
    labels: NDArray[np.int64], ids: list[str], strategy: Strategy, vectors: Vectors, scores: list[float]
) -> list[int]:
    given = np.array(scores, np.float64)
    staying = survivors(labels, ids, strategy, vectors=vectors, quality=given, image_text=given)
    return [int(row) for row in staying]


@given(
    strategy=st.sampled_from(STRATEGIES),
    labels=st.lists(st.integers(0, 4), max_size=14),
    data=st.data(),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=150, deadline=None)
def test_every_strategy_does_what_its_definition_says(
    strategy: Strategy, labels: list[int], data: st.DataObject, seed: int
) -> None:
    count = len(labels)
    drawn = np.random.default_rng(seed)
    vectors = unit(drawn.standard_normal((count, 5)))
    for row in np.flatnonzero(drawn.random(count) < 0.3).tolist():
        vectors[row] = vectors[drawn.integers(count)]  # exact copies are ties
    ids = data.draw(st.permutations([f"pair-{row}" for row in range(count)]))
    scores = data.draw(st.lists(st.sampled_from([0.1, 0.5, 0.9, -1.0, math.nan]), min_size=count, max_size=count))
    lowest = [labels.index(label) for label in labels]
    got = chosen_by(np.array(lowest, np.int64), ids, strategy, vectors, scores)
    assert got == by_definition(lowest, ids, strategy, vectors, scores)


def test_strategies_choose_differently_where_they_should() -> None:
    """Five on an arc and one heavy heap at its left end."""
    angles = np.array([0.0, 0.1, 0.3, 0.6, 0.62, *[-0.5] * 20])
    vectors = unit(np.stack((np.cos(angles), np.sin(angles)), axis=1))
    labels = np.array([0] * 5 + [5] * 20, np.int64)
    ids = [f"{row:02d}" for row in range(25)]
    scores = [0.1, 0.9, math.nan, 0.3, 0.2, *[0.0] * 20]
    assert [chosen_by(labels, ids, name, vectors, scores)[0] for name in STRATEGIES] == [1, 4, 2, 3, 1]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_ties_go_to_the_id_that_sorts_first(strategy: Strategy) -> None:
    vectors = np.tile(unit(np.ones((1, 3))), (4, 1))
    assert chosen_by(np.zeros(4, np.int64), ["d", "b", "a", "c"], strategy, vectors, [0.5] * 4)[0] in (1, 2)
    assert chosen_by(np.array([0, 1, 0, 1]), ["z", "b", "a", "y"], strategy, vectors, [0.5] * 4) == [2, 1, 2, 1]


def test_two_that_are_alike_are_equally_far_from_their_mean() -> None:
    drawn = np.random.default_rng(0)
    vectors = unit(drawn.standard_normal((400, 64)).repeat(2, axis=0) + 0.05 * drawn.standard_normal((800, 64)))
    labels = np.arange(0, 800, 2).repeat(2)
    ids = [f"{999 - row}" for row in range(800)]
    assert survivors(labels, ids, "inner-middle", vectors=vectors).tolist() == (labels + 1).tolist()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_nothing_to_choose_from_and_nothing_alike(strategy: Strategy) -> None:
    assert chosen_by(np.empty(0, np.int64), [], strategy, np.empty((0, 3), np.float32), []) == []
    eye = np.eye(3, dtype=np.float32)
    assert chosen_by(np.arange(3), ["c", "b", "a"], strategy, eye, [math.nan] * 3) == [0, 1, 2]


def test_opposite_vectors_whose_mean_is_nothing_are_all_equally_far_from_it() -> None:
    vectors = np.array([[1, 0], [-1, 0]], np.float32)
    assert survivors(np.zeros(2, np.int64), ["b", "a"], "inner-middle", vectors=vectors).tolist() == [1, 1]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_refuses_a_strategy_without_what_it_goes_by(strategy: Strategy) -> None:
    with pytest.raises(BadInput, match=f"strategy {strategy} goes by"):
        survivors(np.zeros(2, np.int64), ["a", "b"], strategy)
    with pytest.raises(BadInput, match="got 3 for 2 rows"):
        chosen_by(np.zeros(2, np.int64), ["a", "b"], strategy, np.eye(3, dtype=np.float32), [0.0] * 3)


def test_refuses_unknown_strategies_and_missing_ids() -> None:
    with pytest.raises(BadInput, match="no strategy is called 'nearest'"):
        survivors(np.zeros(2, np.int64), ["a", "b"], "nearest")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="got 1 ids for 2 rows"):
        survivors(np.zeros(2, np.int64), ["a"], "best", quality=np.zeros(2))


def test_losers_of_a_chain_know_how_alike_they_are_to_a_survivor_they_were_not_joined_with() -> None:
    angles = np.arange(5) * math.acos(0.96)
    vectors = np.stack((np.cos(angles), np.sin(angles)), axis=1).astype(np.float32)
    labels = components(5, edges_above(vectors, 0.95), 0.95)
    lost = losses(vectors, survivors(labels, list("abcde"), "best", quality=np.array([1.0, 0, 0, 0, 0])))
    assert (lost.row.tolist(), lost.survivor.tolist()) == ([1, 2, 3, 4], [0] * 4)
    assert np.allclose(lost.similarity, np.cos(angles[1:]), atol=1e-6)
    assert all(one > other for one, other in pairwise(lost.similarity.tolist()))


def test_nobody_loses_where_all_stay() -> None:
    assert len(losses(np.eye(3, dtype=np.float32), np.arange(3)).row) == 0
