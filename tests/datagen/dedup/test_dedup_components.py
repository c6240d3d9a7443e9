"""Components and forests of given edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datagen.dedup import Edges, components, forest
from schemas.errors import BadInput


def edges_of(pairs: dict[tuple[int, int], float], floor: float = 0.5) -> Edges:
    listed = sorted(pairs)
    a, b = (np.array([pair[side] for pair in listed], np.int64) for side in (0, 1))
    return Edges(a, b, np.array([pairs[pair] for pair in listed], np.float64), floor)


def reached(count: int, pairs: dict[tuple[int, int], float], threshold: float) -> list[int]:
    """For each row the lowest row it can be walked to from."""
    found = []
    for start in range(count):
        seen, frontier = {start}, [start]
        while frontier:
            here = frontier.pop()
            beside = {sum(pair) - here for pair, cosine in pairs.items() if here in pair and cosine > threshold} - seen
            seen |= beside
            frontier += beside
        found.append(min(seen))
    return found


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, dict[tuple[int, int], float]]:
    count = draw(st.integers(1, 12))
    row = st.integers(0, count - 1)
    pairs = draw(st.dictionaries(st.tuples(row, row).map(sorted).map(tuple), st.sampled_from([0.6, 0.7, 0.8, 0.9])))
    return count, {(a, b): cosine for (a, b), cosine in pairs.items() if a != b}


@given(graphs(), st.sampled_from([0.5, 0.6, 0.65, 0.8, 0.9]))
@settings(deadline=None)
def test_a_component_is_all_that_can_be_walked_to_and_is_called_by_its_lowest_row(
    graph: tuple[int, dict[tuple[int, int], float]], threshold: float
) -> None:
    count, pairs = graph
    assert components(count, edges_of(pairs), threshold).tolist() == reached(count, pairs, threshold)


@given(graphs(), st.sampled_from([0.5, 0.6, 0.65, 0.8, 0.9]))
@settings(deadline=None)
def test_a_forest_gives_the_components_of_the_whole_graph_with_the_fewest_edges(
    graph: tuple[int, dict[tuple[int, int], float]], threshold: float
) -> None:
    count, pairs = graph
    kept = forest(count, edges_of(pairs))
    known = {
        (a, b): cosine for a, b, cosine in zip(kept.a.tolist(), kept.b.tolist(), kept.similarity.tolist(), strict=True)
    }
    assert known.items() <= pairs.items()
    assert list(known) == sorted(known)
    assert len(kept) == count - len(set(reached(count, pairs, 0.5)))
    assert components(count, kept, threshold).tolist() == reached(count, pairs, threshold)


def test_rows_are_joined_by_way_of_others() -> None:
    chain = edges_of({(3, 5): 0.9, (1, 5): 0.8, (0, 2): 0.95})
    assert components(6, chain, 0.7).tolist() == [0, 1, 0, 1, 4, 1]
    assert components(6, chain, 0.8).tolist() == [0, 1, 0, 3, 4, 3]


def test_no_rows_have_no_components() -> None:
    assert components(0, edges_of({}), 0.5).tolist() == []


def test_refuses_a_threshold_below_what_was_searched() -> None:
    with pytest.raises(BadInput, match=r"known above cosine 0\.5 only, so duplicates above 0\.4 cannot be told"):
        components(3, edges_of({(0, 1): 0.6}), 0.4)
    with pytest.raises(BadInput, match="cannot be told"):
        components(3, edges_of({}), float("nan"))


def test_refuses_edges_of_other_rows() -> None:
    for ask in (lambda given: components(3, given, 0.5), lambda given: forest(3, given)):
        with pytest.raises(BadInput, match="names row 3, but there are 3 rows"):
            ask(edges_of({(0, 3): 0.6}))
