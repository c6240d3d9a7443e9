"""Which rows stand together, in which order, and what is said of them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.board import Row, build_board, is_mmr
from evaluation.board.heat_map import heat_map
from evaluation.board.published import published
from evaluation.board.sheets import notes
from evaluation.results import Result
from evaluation.score import score_readings
from evaluation.scores import SCORERS, Reading, Scorer
from schemas.errors import InvalidPair
from tests.evaluation.board.made import DIGEST, EFFICIENCY, FEW, contrasts, pairs_of, released, true_premises


def result(
    rows: list[Reading],
    *,
    model: str = "tiny",
    benchmark: str = "scenes",
    digest: str = DIGEST,
    ways: tuple[str, ...] = (),
    scores: Mapping[str, Any] | None = None,
    efficiency: Mapping[str, Any] | None = None,
) -> Result:
    config = {"unusual": list(ways), "blind": "blind" in ways}
    return Result(Path("x"), model, benchmark, digest, config, tuple(rows), scores or {}, efficiency=efficiency)


def only(*results: Result, scorer: Scorer = "strict") -> list[Row]:
    (section,) = build_board(results, with_published=False, scorer=scorer).sections
    return list(section.rows)


@pytest.mark.parametrize("scorer", SCORERS)
def test_figures_are_those_of_score(scorer: Scorer) -> None:
    rows = [*pairs_of(FEW, skill=0.7), *true_premises(20, skill=0.8), *contrasts(15, skill=0.8)]
    (row,) = only(result(rows), scorer=scorer)
    scored = score_readings(rows, scorer=scorer)
    overall = scored.overall
    assert (row.pairs, row.reader) == (30, scorer)
    assert row.ra is not None
    assert row.mr is not None
    assert (row.ra.share, row.ra.interval) == (overall.table.ra, overall.ra_ci)
    assert (row.mr.share, row.mr.interval) == (overall.table.mr, overall.mr_ci)
    assert row.true_premise is not None
    assert row.true_premise.share == overall.true_premise
    assert (row.unread, row.questions) == (scored.unread_by(scorer), len(rows))
    assert row.contrast == scored.contrast
    for name, one in scored.by_category.items():
        rates = row.ra_by_category.get(name), row.mr_by_category.get(name)
        assert [rate and rate.share for rate in rates] == [one.table.ra, one.table.mr]
        assert [rate and rate.interval for rate in rates] == [one.ra_ci, one.mr_ci]
    other = score_readings(rows, scorer="strict" if scorer == "official" else "official").overall.table.ra
    assert row.other_ra is not None
    assert row.other_ra.share == other
    assert row.ra.share != other  # or the test could not tell the readers apart


def test_counts_by_hand() -> None:
    right = Reading("attribute/number/1", "POS", "false-premise", "attribute/number", "a", "A", "A", "A")
    second = replace(right, id="attribute/number/2")
    rows = [
        right,
        replace(right, question_type="NEG", official="E"),
        second,
        replace(second, question_type="NEG", strict="B"),
    ]
    (row,) = only(result(rows))
    assert row.ra is not None
    assert row.mr is not None
    assert (row.ra.share, row.mr.share, row.unread) == (0.5, 0.5, 0)
    assert row.other_ra is not None
    assert row.other_ra.share == 0.5  # the official reader lost the first pair, and not the second


def test_rows_of_the_release_stand_beside_the_published_ones_read_as_these_were() -> None:
    own = result(released(skill=0.9), benchmark="mmr")
    (section,) = build_board([own], scorer="strict").sections
    assert len(section.rows) == len(published().rows) + 1
    assert {row.reader for row in section.rows} == {"official"}
    shares = [row.ra.share for row in section.rows if row.ra is not None]
    assert shares == sorted(shares, reverse=True)
    (row,) = [row for row in section.rows if row.source == "own"]
    assert row.ra is not None
    assert row.ra.share == score_readings(own.rows, scorer="official").overall.table.ra


def test_without_published_figures_the_release_is_read_as_was_asked() -> None:
    (row,) = only(result(released(skill=0.9)), scorer="strict")
    assert (row.source, row.reader) == ("own", "strict")


def test_the_release_is_known_by_its_counts() -> None:
    rows = released(skill=0.5)
    assert is_mmr(result(rows))
    assert is_mmr(result([*rows, *true_premises(3, skill=1), *contrasts(3, skill=1)]))
    assert not is_mmr(result(rows[2:]))
    moved = [replace(row, category="attribute/number") if row.category == "attribute/shape" else row for row in rows]
    assert not is_mmr(result(moved))


def test_another_benchmark_is_never_listed_with_the_published_figures() -> None:
    board = build_board([result(pairs_of(FEW, skill=0.9), benchmark="MMR")])
    assert [(one.title, len(one.rows)) for one in board.sections] == [("MMR as released", 19), ("MMR", 1)]
    assert board.sections[1].cited == ""
    assert board.sections[1].digest == DIGEST


def test_benchmarks_of_one_name_but_other_content_stand_apart() -> None:
    rows = pairs_of(FEW, skill=0.9)
    board = build_board([result(rows, digest="a"), result(rows, digest="b")], with_published=False)
    assert [(one.title, one.digest, len(one.rows)) for one in board.sections] == [
        ("scenes", "a", 1),
        ("scenes", "b", 1),
    ]


def test_an_evaluation_of_a_part_of_a_benchmark_stands_apart() -> None:
    rows = pairs_of(FEW, skill=0.9)
    board = build_board([result(rows), result(rows[:20], ways=("10 pairs",))], with_published=False)
    assert sorted(one.pairs for one in board.sections) == [10, 30]


def test_a_blind_evaluation_stands_in_the_row_of_its_model() -> None:
    seeing, blind = pairs_of(FEW, skill=0.9), pairs_of(FEW, skill=0.5, seed=5)
    rows = only(result(seeing), result(blind, ways=("blind",)), result(seeing, model="other"))
    assert [(row.model, row.blind is not None) for row in rows] == [("other", False), ("tiny", True)]
    assert rows[1].blind is not None
    assert rows[1].blind.share == score_readings(blind).overall.table.ra


def test_a_blind_evaluation_asked_otherwise_is_a_row_of_its_own() -> None:
    seeing, blind = pairs_of(FEW, skill=0.9), pairs_of(FEW, skill=0.4, seed=5)
    rows = only(result(seeing), result(blind, ways=("warned", "blind")))
    assert [(row.asked, row.blind) for row in rows] == [("plain", None), ("warned, blind", None)]


def test_rows_are_told_apart_where_name_and_way_are_the_same() -> None:
    rows = only(*(result(pairs_of(FEW, skill=skill, seed=7)) for skill in (0.5, 0.9)))
    assert [row.asked for row in rows] == ["plain, no. 2", "plain, no. 1"]


def test_evaluations_with_the_same_answers_are_one_row() -> None:
    rows, others = pairs_of(FEW, skill=0.9), pairs_of(FEW, skill=0.9, seed=3)
    circular, kept = (
        {"circular": {"ra": 0.5}, "push_back": {}},
        {"circular": None, "push_back": {"all": {"rate": 0.25}}},
    )
    made = only(result(rows, scores=circular), result(rows, scores=kept, efficiency=EFFICIENCY))
    assert len(made) == 1
    assert made[0].circular is not None
    assert made[0].kept is not None
    assert (made[0].asked, made[0].circular.share, made[0].kept.share) == ("plain", 0.5, 0.25)
    assert made[0].efficiency == EFFICIENCY
    assert len(only(result(rows), result(others))) == 2
    assert len(only(result(rows), result(rows, ways=("warned",)))) == 2
    assert len(only(result(rows), result(rows, model="other"))) == 2


def test_an_interval_that_reaches_the_best_is_not_told_apart() -> None:
    (section,) = build_board([]).sections
    standing = {row.model: row.standing for row in section.rows}
    best = [row for row in section.rows if row.standing == "best"]
    assert [row.model for row in best] == ["GPT-4o", "Mini-Gemini-HD-34B"]
    assert best[0].ra is not None
    assert best[0].ra.interval is not None
    for row in section.rows:
        assert row.ra is not None
        assert row.ra.interval is not None
        if row not in best:
            reaches = row.ra.interval.high >= best[0].ra.interval.low
            assert standing[row.model] == ("not told apart" if reaches else "below")
    assert standing["Qwen-VL-max"] == "not told apart"
    assert standing["Phi-3-vision (4B)"] == "below"


def test_one_row_alone_is_not_the_best_of_anything() -> None:
    assert [row.standing for row in only(result(pairs_of(FEW, skill=0.9)))] == [""]


def test_contrast_pairs_alone_make_a_section() -> None:
    better, worse = (result(contrasts(40, skill=skill), model=str(skill)) for skill in (0.9, 0.5))
    rows = only(worse, better)
    assert [(row.model, row.ra, row.standing) for row in rows] == [("0.9", None, ""), ("0.5", None, "")]


def test_circular_ra_and_efficiency_are_taken_over_and_never_made_up() -> None:
    rows = pairs_of(FEW, skill=0.9)
    (row,) = only(result(rows, scores={"circular": {"ra": 0.25, "ra_ci": [0.1, 0.5]}}, efficiency=EFFICIENCY))
    assert row.circular is not None
    assert row.circular.share == 0.25
    assert row.efficiency == EFFICIENCY
    odds: tuple[Any, ...] = ({"ra": None}, {"ra": 7}, {"ra": True}, {"ra": "0.5"}, [], None)
    for odd in odds:
        (row,) = only(result(rows, scores={"circular": odd}))
        assert row.circular is None
        assert row.efficiency == {}


def test_what_stayed_when_challenged_and_the_blind_rules_are_taken_over() -> None:
    rows = pairs_of(FEW, skill=0.9)
    scores = {
        "push_back": {"all": {"rate": 0.75, "rate_ci": [0.5, 0.9]}, "POS": {"rate": 0.1}},
        "baselines": {"longest option": {"ra": 0.125, "mr": None}, "none": {"ra": None}, "odd": 3},
    }
    other = result(pairs_of(FEW, skill=0.5, seed=8))
    (section,) = build_board([other, result(rows, scores=scores)], with_published=False).sections
    assert [row.kept and row.kept.share for row in section.rows] == [0.75, None]
    assert {name: rate.share for name, rate in section.baselines.items()} == {"longest option": 0.125}
    assert "RA of rules that answer without looking: longest option 12.5." in notes(section)
    for odd in ({"push_back": [1], "baselines": "x"}, {"push_back": {"all": 1}, "baselines": None}, {}):
        (section,) = build_board([result(rows, scores=odd)], with_published=False).sections
        assert (section.rows[0].kept, section.baselines) == (None, {})


def test_where_all_are_alike_none_is_the_best_of_a_category() -> None:
    rows = pairs_of(FEW, skill=0.9)
    (section,) = build_board([result(rows), result(rows, model="other")], with_published=False).sections
    assert not any(cell.best for line in heat_map(section, "ra").rows for cell in line)


def test_half_a_pair_is_refused() -> None:
    with pytest.raises(InvalidPair, match="no whole pair"):
        build_board([result(pairs_of({"attribute/shape": 1}, skill=1)[:1])])
