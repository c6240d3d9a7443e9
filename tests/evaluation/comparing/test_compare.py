"""Two evaluations side by side: by hand, against scipy and statsmodels, and through files."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import permutation_test
from statsmodels.stats.contingency_tables import mcnemar as mcnemar_of_statsmodels
from statsmodels.stats.multitest import multipletests

from evaluation.comparing import compare
from evaluation.results import GuardRow, Result, read_result
from evaluation.scores import Reading
from schemas.errors import BadInput, InvalidRecord, UnreadableFile
from schemas.pair import Kind

CATEGORIES = ("attribute/number", "attribute/shape", "context/expert")


def result(
    right: Sequence[tuple[bool, bool]], *, digest: str = "d", kind: Kind = "false-premise", images: int = 10_000
) -> Result:
    """An evaluation whose k-th pair was answered so; pairs go through the images in turn."""
    rows = [
        Reading(
            id=f"{CATEGORIES[place % 3]}/{place}", question_type=half, kind=kind, category=CATEGORIES[place % 3],
            image=f"{place % images}.jpg", gold="A",
            official="A" if is_right else "B", strict="A" if is_right else None,
        )
        for place, halves in enumerate(right)
        for half, is_right in zip(("POS", "NEG"), halves, strict=True)
    ]  # fmt: skip
    return Result(Path("x"), "model", "bench", digest, {}, tuple(rows))


def seeded_halves(count: int, seed: int, share: float) -> list[tuple[bool, bool]]:
    chance = random.Random(seed)
    return [(chance.random() < share, chance.random() < share) for _ in range(count)]


def test_rates_flips_and_differences_are_what_counting_by_hand_gives() -> None:
    before = result([(True, True), (True, False), (False, True), (True, True)])
    after = result([(True, True), (True, True), (True, True), (True, False)])
    found = compare(before, after)
    ra, mr = found.overall
    assert (ra.name, ra.count, ra.first, ra.second, ra.difference) == ("RA", 4, 0.5, 0.75, 0.25)
    assert (mr.first, mr.second) == (1 / 3, 1 / 4)
    assert found.flips.gained == ("attribute/shape/1", "context/expert/2")
    assert found.flips.lost == ("attribute/number/3",)
    assert found.unread == (2, 1)
    assert found.shown is not None
    assert found.shown.discordance == 0.75


def test_its_tests_are_those_of_scipy_and_statsmodels() -> None:
    first, second = seeded_halves(12, 1, 0.5), seeded_halves(12, 2, 0.8)
    found = compare(result(first), result(second))
    before, after = (np.array([all(halves) for halves in side], float) for side in (first, second))
    by_scipy = permutation_test(
        (after, before), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples",
        n_resamples=np.inf, vectorized=True,
    )  # fmt: skip
    assert found.overall[0].p == pytest.approx(by_scipy.pvalue, abs=1e-9)
    table = [[0, int(np.sum(before > after))], [int(np.sum(after > before)), 0]]
    assert found.overall[0].mcnemar == pytest.approx(mcnemar_of_statsmodels(table, exact=True).pvalue, abs=1e-9)
    adjusted = multipletests([one.p for one in found.by_category], method="holm")[1]
    assert [one.holm for one in found.by_category] == pytest.approx(list(adjusted), abs=1e-9)


def test_pairs_of_one_image_make_a_difference_less_sure() -> None:
    before, after = [(True, False)] * 40, [(True, True)] * 40
    alone = compare(result(before), result(after)).overall[0].p
    shared = compare(result(before, images=4), result(after, images=4)).overall[0].p
    assert alone is not None
    assert shared is not None
    assert alone < 1e-9 < shared == pytest.approx(2 / 2**4)


def test_the_order_of_rows_changes_nothing() -> None:
    before, after = result(seeded_halves(60, 3, 0.5)), result(seeded_halves(60, 4, 0.6))
    shuffled = list(after.rows)
    random.Random(1).shuffle(shuffled)
    assert compare(before, replace(after, rows=tuple(shuffled))) == compare(before, after)


def test_warns_of_a_guard_that_fell_by_more_than_chance_and_of_no_other() -> None:
    halves = seeded_halves(20, 1, 0.5)
    good = tuple(GuardRow(str(at), f"{at}.jpg", 1.0) for at in range(60))
    worse = tuple(replace(one, score=0.0) if int(one.id) < 12 else one for one in good)
    hardly = tuple(replace(one, score=0.0) if int(one.id) < 2 else one for one in good)
    before = replace(result(halves), guard=good)
    told = {name: compare(before, replace(result(halves), guard=rows)) for name, rows in (("12", worse), ("2", hardly))}
    assert told["12"].warnings == ("General ability fell: see the guard.",)
    assert told["12"].guard is not None
    assert (told["12"].guard.first, told["12"].guard.second) == (1.0, 0.8)
    assert told["2"].warnings == ()
    assert compare(replace(before, guard=worse), replace(before, guard=good)).warnings == ()
    other = tuple(replace(one, id=f"x{one.id}") for one in worse)
    assert compare(before, replace(before, guard=other)).guard is None


def test_warns_of_true_premises_that_fell() -> None:
    halves = seeded_halves(20, 1, 0.5)
    told = [result([(True, right)] * 30, kind="true-premise").rows for right in (True, False)]
    before, after = (replace(result(halves), rows=(*result(halves).rows, *rows)) for rows in told)
    found = compare(before, after)
    assert [one.name for one in found.overall] == ["RA", "MR", "true premise"]
    assert len(found.warnings) == 1
    assert "contradict" in found.warnings[0]


def test_pairs_that_only_one_has_are_counted_and_left_out() -> None:
    found = compare(result([(True, True)] * 5), result([(True, False)] * 3))
    assert (found.pairs, found.only_first, found.only_second) == (3, 2, 0)


def test_refuses_other_benchmarks_other_keys_and_nothing_in_common() -> None:
    one = result([(True, True)])
    with pytest.raises(BadInput, match="different benchmarks"):
        compare(one, result([(True, True)], digest="e"))
    with pytest.raises(BadInput, match="another key"):
        compare(one, replace(one, rows=tuple(replace(row, gold="C") for row in one.rows)))
    with pytest.raises(BadInput, match="no pair in common"):
        compare(one, replace(one, rows=tuple(replace(row, id=f"x/y/{row.id}") for row in one.rows)))


def test_reads_rows_of_score_and_refuses_what_is_none(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"id": "a/b/1", "question_type": "POS", "gold": "A", "official": "A", "strict": "A"}
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "question_type": "NEG", "strict": None}))
    found = read_result(path)
    assert [(one.category, one.kind, one.image) for one in found.rows] == [("a/b", "false-premise", "a/b/1")] * 2
    path.write_text(json.dumps({**row, "official": 3}))
    with pytest.raises(InvalidRecord, match="not a text"):
        read_result(path)
    path.write_text(json.dumps({"id": "a"}))
    with pytest.raises(InvalidRecord, match="no question_type"):
        read_result(path)
    with pytest.raises(UnreadableFile, match="no evaluation"):
        read_result(tmp_path)


def test_says_so_where_the_images_were_not_the_same() -> None:
    one = replace(result([(True, True)] * 3), config={"images": "a"})
    other = replace(one, config={"images": "b"})
    assert compare(one, one).warnings == ()
    assert len(compare(one, other).warnings) == 1
    assert compare(one, replace(other, config={"images": "b", "blind": True})).warnings == ()


@pytest.mark.parametrize("name", ["1²", "٣"])
def test_a_folder_whose_name_only_looks_like_a_number_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    for file in ("manifest.json", "rows.jsonl"):
        (tmp_path / name / file).write_text("{}")
    with pytest.raises(UnreadableFile, match=r"no evaluation|holds"):
        read_result(tmp_path)
