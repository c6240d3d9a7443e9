"""Deciding from stored columns and edges alone."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.near_duplicates import Known, NearDuplicates, NearDuplicatesSettings, check_known
from schemas.errors import BadConfig, BadInput
from schemas.ledger import Drop
from schemas.tables import to_table

Likeness = Mapping[tuple[str, str], float]
CHAIN: Likeness = {("a", "b"): 0.9, ("b", "c"): 0.85, ("a", "c"): 0.7}


def edge_table(likeness: Likeness, *, of: str = "near_duplicates") -> pa.Table:
    rows = [{"filter": of, "a": a, "b": b, "similarity": value} for (a, b), value in likeness.items()]
    return to_table("edges", rows)


def score_table(
    ids: Sequence[str], *, clusters: Mapping[str, str | None] | None = None, english: bool = True
) -> pa.Table:
    found = [(clusters or {}).get(one, "x") for one in ids]
    return pa.table({"pair_id": list(ids), "cluster": pa.array(found, pa.string()), "english": [english] * len(ids)})


def decide(
    likeness: Likeness,
    ids: str = "abc",
    *,
    known: Known | None = None,
    scores: pa.Table | None = None,
    **settings: object,
) -> list[Drop]:
    wanted = NearDuplicatesSettings.model_validate({"within": 0.8} | settings)
    one = NearDuplicates(wanted).knowing(known or Known(edge_table(likeness)))
    return one.decide(scores if scores is not None else score_table(ids))


def test_losers_name_the_survivor_the_likeness_and_the_threshold() -> None:
    assert decide({("a", "b"): 0.9}) == [
        Drop("near-duplicate", pair_id="b", score=0.9, threshold=0.8, lost_to="a"),
    ]


def test_one_of_a_chain_stays_and_who_is_linked_says_by_whom() -> None:
    by_a, by_b = decide(CHAIN)
    assert (by_a.pair_id, by_a.lost_to, by_a.score, by_a.detail) == ("b", "a", 0.9, None)
    assert (by_b.pair_id, by_b.lost_to, by_b.score, by_b.detail) == ("c", "a", 0.7, "by way of b")


def test_a_likeness_that_was_not_measured_is_null() -> None:
    (_, drop) = decide({("a", "b"): 0.9, ("b", "c"): 0.85})
    assert (drop.pair_id, drop.score, drop.detail) == ("c", None, "by way of b")


def test_at_the_threshold_is_not_above_it() -> None:
    assert decide({("a", "b"): 0.8}) == []


def test_the_one_of_best_quality_stays_unknown_counts_least() -> None:
    known = Known(edge_table(CHAIN), quality={"b": 0.1, "c": 0.4})
    assert {(one.pair_id, one.lost_to) for one in decide(CHAIN, known=known)} == {("a", "c"), ("b", "c")}
    known = Known(edge_table(CHAIN), image_text={"b": 0.9})
    assert {one.lost_to for one in decide(CHAIN, known=known, strategy="score-max")} == {"b"}


@pytest.mark.parametrize(("strategy", "stays"), [("far", "c"), ("middle", "b"), ("inner-middle", "a")])
def test_strategies_by_vectors(strategy: str, stays: str) -> None:
    # The centroid of all five lies at -13 degrees, that of a, b and c at 26.
    angles = {"a": 0.0, "b": 20.0, "c": 60.0, "d": -70.0, "e": -75.0}

    def vectors(ids: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        turned = np.radians([angles[one] for one in ids])
        return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)

    known = Known(edge_table(CHAIN), vectors=vectors)
    assert {one.lost_to for one in decide(CHAIN, "abcde", known=known, strategy=strategy)} == {stays}


def test_a_strategy_by_vectors_says_so_where_there_are_none() -> None:
    with pytest.raises(BadInput, match="vectors"):
        decide(CHAIN, strategy="far")


def test_pairs_that_are_gone_link_nobody() -> None:
    assert decide(CHAIN, "ac") == []


def test_what_was_not_measured_and_other_filters_edges_play_no_part() -> None:
    assert decide(CHAIN, scores=score_table("abc", clusters={"a": None, "b": None, "c": None})) == []
    assert decide({}, known=Known(edge_table(CHAIN, of="other"))) == []
    assert NearDuplicates().decide(score_table("abc")) == []


def test_a_batch_by_itself_has_nulls() -> None:
    found = NearDuplicates().score(to_table("pairs", []).select(["pair_id"]))
    assert found.column_names == list(NearDuplicates.columns)
    pairs = pa.table({"pair_id": ["a", "b"]})
    assert NearDuplicates().score(pairs).to_pylist() == [{"cluster": None, "english": None}] * 2


APART = {"a": "x", "b": "y"}


class TestThresholds:
    def test_across_images_has_its_own(self) -> None:
        likeness = {("a", "b"): 0.97}
        assert decide(likeness, scores=score_table("ab", clusters=APART)) == []
        (drop,) = decide(likeness, scores=score_table("ab", clusters=APART), across=0.95)
        assert (drop.threshold, drop.lost_to) == (0.95, "a")

    def test_the_default_across_is_off_even_for_equal_pairs(self) -> None:
        assert decide({("a", "b"): 1.0}, scores=score_table("ab", clusters=APART)) == []

    def test_other_languages_have_theirs(self) -> None:
        assert decide({("a", "b"): 0.89}, scores=score_table("ab", english=False)) == []
        assert len(decide({("a", "b"): 0.91}, scores=score_table("ab", english=False))) == 1
        across = score_table("ab", clusters=APART, english=False)
        assert decide({("a", "b"): 0.89}, scores=across, across=0.5) == []


@given(
    st.integers(2, 9).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.dictionaries(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), st.sampled_from([0.6, 0.8, 0.9, 1.0])
            ),
        )
    ),
    st.sampled_from([0.5, 0.7, 0.8, 0.95]),
)  # fmt: skip
def test_exactly_one_of_each_component_stays(graph: tuple[int, dict[tuple[int, int], float]], threshold: float) -> None:
    count, drawn = graph
    ids = [chr(ord("a") + place) for place in range(count)]
    likeness = {(ids[a], ids[b]): value for (a, b), value in drawn.items() if a < b}
    drops = decide(likeness, "".join(ids), within=threshold)

    groups = {one: {one} for one in ids}
    for (a, b), value in likeness.items():
        if value > threshold:
            merged = groups[a] | groups[b]
            groups |= dict.fromkeys(merged, merged)
    assert {one.pair_id: one.lost_to for one in drops} == {
        one: min(group) for one, group in groups.items() if one != min(group)
    }


class TestDecidingAgain:
    measured = NearDuplicatesSettings(within=0.8, floor=0.1, across=1.0)

    def test_within_what_is_stored(self) -> None:
        check_known(self.measured, NearDuplicatesSettings(within=0.71, across=1.0))

    @pytest.mark.parametrize(
        ("changed", "why"), [({"within": 0.69}, "down to 0.7"), ({"across": 0.99}, "not compared")]
    )
    def test_below_it_says_so(self, changed: dict[str, float], why: str) -> None:
        with pytest.raises(BadConfig, match=f"{why}.*without --rethreshold"):
            check_known(self.measured, self.measured.model_copy(update=changed))

    def test_another_image_weight_is_another_measure(self) -> None:
        with pytest.raises(BadConfig, match="image_weight"):
            check_known(NearDuplicatesSettings(across=0.9), NearDuplicatesSettings(across=0.95, image_weight=0.2))
