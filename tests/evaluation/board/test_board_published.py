"""MMR's published figures: carried over whole, put back into counts, and the one that cannot be."""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.board.published import misled_of, published, right_of
from schemas.taxonomy import DEFAULT_TAXONOMY

LEADERBOARD = Path(__file__).resolve().parents[4] / "shared" / "mmr" / "leaderboard.json"
UNDER_A_HUNDREDTH = Fraction(101, 10_000)


def close(percent: float, right: int, pairs: int) -> bool:
    return abs(Fraction(right * 100, pairs) - Fraction(str(percent))) < UNDER_A_HUNDREDTH


@pytest.mark.skipif(not LEADERBOARD.is_file(), reason="the shared leaderboard is not here")
def test_every_published_figure_is_as_it_was_published() -> None:
    given = json.loads(LEADERBOARD.read_text(encoding="utf-8"))
    names = {name.replace("_", "/", 1): name for name in given["pairs_by_category"]}
    assert dict(published().pairs) == {name: given["pairs_by_category"][old] for name, old in names.items()}
    assert [row.model for row in published().rows] == list(given["models"])
    for row, model in zip(published().rows, given["models"].values(), strict=True):
        assert row.ra is not None
        assert row.ra.stated == model["RA"]
        assert {name: rate.stated for name, rate in row.ra_by_category.items()} == {
            name: model["RA_by_category"][old] for name, old in names.items()
        }
        assert (row.mr.stated if row.mr else None) == model.get("MR")
        assert {name: rate.stated for name, rate in row.mr_by_category.items()} == {
            name: model["MR_by_category"][old] for name, old in names.items() if "MR_by_category" in model
        }


def test_only_one_figure_is_impossible() -> None:
    pairs = published().pairs
    off = [
        (row.model, name)
        for row in published().rows
        for name, rate in row.ra_by_category.items()
        if not any(close(rate.percent, right, pairs[name]) for right in range(pairs[name] + 1))
    ]
    assert off == [("Mini-Gemini-HD-34B", "context/activity")]
    marked = [
        (row.model, name)
        for row in published().rows
        for name, rate in (*row.ra_by_category.items(), *row.mr_by_category.items())
        if rate.impossible
    ]
    assert marked == off


def test_what_would_fit_is_said() -> None:
    (flag,) = [flag for row in published().rows for flag in row.flags]
    assert "19.17" in flag
    assert "19 of 24 (79.17)" in flag


def test_categories_add_up_to_the_overall_figure() -> None:
    pairs = published().pairs
    assert sum(pairs.values()) == 300
    assert tuple(pairs) == DEFAULT_TAXONOMY.categories
    for row in published().rows:
        if not row.flags:
            right = sum(round(rate.share * pairs[name]) for name, rate in row.ra_by_category.items())
            assert row.ra is not None
            assert row.ra.share == right / 300


def test_two_models_have_no_mr() -> None:
    without = [row.model for row in published().rows if row.mr is None]
    assert without == ["MiniCPM-Llama3-V", "Claude3-Opus-V"]
    assert all(not row.mr_by_category for row in published().rows if row.mr is None)


def test_intervals_are_those_of_the_counts() -> None:
    best = published().rows[0]
    assert best.model == "GPT-4o"
    assert best.ra is not None
    assert best.ra.interval is not None
    assert (round(best.ra.interval.low, 3), round(best.ra.interval.high, 3)) == (0.636, 0.740)
    # 207 pairs right and MR 19.46 %: 50 of 257 were misled.
    assert best.mr is not None
    assert best.mr.share == 50 / 257


def test_cut_and_rounded_figures_are_the_same_count() -> None:
    assert right_of(72.72, 22) == right_of(72.73, 22) == 16


@given(st.integers(1, 60).flatmap(lambda pairs: st.tuples(st.integers(0, pairs), st.just(pairs))))
def test_a_count_is_found_again(count: tuple[int, int]) -> None:
    right, pairs = count
    exact = 100 * right / pairs
    assert right_of(round(exact, 2), pairs) == right
    assert right_of(int(exact * 100) / 100, pairs) == right


def test_misled_pairs_are_found_again() -> None:
    for pairs, right in product((20, 24, 31), range(1, 20)):
        for misled in range(pairs - right + 1):
            assert misled_of(round(100 * misled / (right + misled), 2), right, pairs) == misled


@given(st.floats(0, 100), st.integers(1, 40))
def test_a_figure_that_fits_no_count_is_none(percent: float, pairs: int) -> None:
    found = right_of(percent, pairs)
    nearest = min(abs(100 * right / pairs - percent) for right in range(pairs + 1))
    assert (found is not None) == (nearest <= 0.0101)


def test_where_no_pair_was_right_no_number_of_misled_ones_is_made_up() -> None:
    assert misled_of(50.0, 0, 10) is None
    assert misled_of(0.0, 0, 0) is None
    assert misled_of(100.0, 0, 10) == 1
