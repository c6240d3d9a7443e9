"""Scoring from files: figures, shapes, and what does not fit, under both scorers."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.replies import Reply
from evaluation.score import score, score_rows
from evaluation.scores import Scorer
from schemas.errors import BadInput
from schemas.mmr import MmrRow, format_question, write_rows

OPTIONS = ("a cat.", "a dog.", "a bird.", "a fish.")
KEYS = {"pairs", "ra", "ra_ci", "mr", "mr_ci", "unread", "table", "true_premise"}


def pair(name: str, place: int, gold: tuple[str, str] = ("A", "B"), image: str = "") -> list[MmrRow]:
    return [
        MmrRow(name, image or f"{name}.jpg", format_question(f"{kind}?", OPTIONS), letter, kind, place + at)
        for at, (kind, letter) in enumerate(zip(("POS", "NEG"), gold, strict=True))
    ]


def replies_to(rows: Sequence[MmrRow], texts: Sequence[str]) -> list[Reply]:
    return [Reply(row.id, row.question_type, text, row.row) for row, text in zip(rows, texts, strict=True)]


def benchmark() -> list[MmrRow]:
    names = ["attribute/number/1", "attribute/number/2", "context/expert/1", "context/expert/2"]
    return [row for at, name in enumerate(names) for row in pair(name, 2 * at + 1)]


ALL_FOUR = ["A", "B", "A", "C", "D", "B", "D", "C"]  # both right, misled, the reverse, both wrong


@pytest.mark.parametrize("scorer", ["official", "strict"])
def test_gives_the_table_ra_and_mr(scorer: Scorer) -> None:
    result = score_rows(benchmark(), replies_to(benchmark(), ALL_FOUR), scorer=scorer)
    found = result.to_json()
    assert found["table"] == {"right_right": 1, "right_wrong": 1, "wrong_right": 1, "wrong_wrong": 1}
    assert (found["scorer"], found["pairs"], found["ra"], found["mr"], found["unread"]) == (scorer, 4, 0.25, 0.5, 0)
    assert found["true_premise"] is None
    assert found.keys() >= KEYS


def test_by_category_and_level_hold_the_same_keys() -> None:
    found = score_rows(benchmark(), replies_to(benchmark(), ALL_FOUR)).to_json()
    assert list(found["by_category"]) == ["attribute/number", "context/expert"]
    assert list(found["by_level"]) == ["attribute", "context"]
    for scores in (*found["by_category"].values(), *found["by_level"].values()):
        assert scores.keys() >= KEYS
    assert found["by_category"]["context/expert"]["mr"] is None
    assert found["by_category"]["context/expert"]["mr_ci"] is None
    assert found["by_category"]["attribute/number"]["ra"] == 0.5


def test_official_and_strict_differ_where_the_rule_misreads() -> None:
    rows = pair("attribute/number/1", 1)
    replies = replies_to(rows, ["(A)", "Not A, but B"])
    assert score_rows(rows, replies, scorer="strict").overall.table.ra == 1.0
    official = score_rows(rows, replies, scorer="official")
    assert official.overall.table.ra == 0.0
    assert official.overall.unread == 1
    assert official.unread_by("strict") == 0
    assert official.disagreements == 2
    both = {
        "id": "attribute/number/1", "kind": "false-premise", "category": "attribute/number",
        "image": "attribute/number/1.jpg", "group": "", "yes_no": False,
    }  # fmt: skip
    assert list(official.rows()) == [
        {**both, "question_type": "POS", "gold": "A", "official": "E", "strict": "A", "row": 1},
        {**both, "question_type": "NEG", "gold": "B", "official": "A", "strict": "B", "row": 2},
    ]


def test_strict_pairs_by_id_and_official_by_adjacency() -> None:
    rows = benchmark()
    apart = [rows[0], rows[2], rows[1], rows[3]]
    replies = replies_to(rows[:4], ["A", "B", "A", "C"])
    assert score_rows(apart, replies, scorer="strict").overall.table.ra == 0.5
    # Two POS rows, both right, then two NEG rows, one right: the rule sees it as it stands.
    official = score_rows(apart, replies, scorer="official").overall.table
    assert (official.right_right, official.wrong_right) == (1, 1)


def test_rows_that_make_no_pair_are_left_out_and_named() -> None:
    rows = [*benchmark(), pair("context/expert/9", 9)[1]]
    replies = replies_to(rows, [*ALL_FOUR, "B"])
    strict = score_rows(rows, replies, scorer="strict")
    assert strict.overall.table.pairs == 4
    assert [one.what for one in strict.left_out] == ["the pair has its NEG row only"]
    official = score_rows(rows, replies, scorer="official")
    assert [one.rows for one in official.left_out] == [(10,)]
    assert "no neighbour" in official.left_out[0].what


def test_a_pair_of_two_negatives_counts_for_the_rule_and_is_named_by_strict() -> None:
    rows = benchmark()
    rows[0] = MmrRow(**{**rows[0].record(), "question_type": "NEG"}, row=1)
    replies = replies_to(rows, ALL_FOUR)
    assert score_rows(rows, replies, scorer="official").overall.table.pairs == 4
    strict = score_rows(rows, replies, scorer="strict")
    assert strict.overall.table.pairs == 3
    assert "NEG and NEG" in strict.left_out[0].what
    assert [(one.id, one.rows) for one in strict.repeats] == [("attribute/number/1", 2)]


def test_rows_without_a_reply_are_unread_and_wrong() -> None:
    rows = benchmark()
    result = score_rows(rows, replies_to(rows[:2], ["A", "B"]))
    assert result.overall.table.ra == 0.25
    assert result.overall.unread == 6
    assert len(result.unanswered) == 6
    assert result.to_json()["unanswered"][0] == ["attribute/number/2", "POS"]


def test_questions_that_cannot_be_split_are_read_by_letter() -> None:
    rows = [MmrRow(**{**row.record(), "question": "no options"}, row=row.row) for row in pair("context/expert/1", 1)]
    assert score_rows(rows, replies_to(rows, ["(A)", "The answer is B."])).overall.table.ra == 1.0


def test_true_premises_have_a_rate_of_their_own() -> None:
    rows, leading = benchmark(), [*pair("attribute/number/8", 1), *pair("attribute/number/9", 3)]
    replies = replies_to([*rows, *leading], [*ALL_FOUR, "D", "B", "A", "C"])
    found = score_rows(rows, replies, true_premise=leading).to_json()
    assert found["pairs"] == 4
    assert found["true_premise"] == 0.5
    assert found["true_premise_questions"] == 2
    assert found["by_category"]["attribute/number"]["true_premise"] == 0.5
    assert found["by_category"]["context/expert"]["true_premise"] is None
    assert found["unmatched"] == []


def test_a_category_of_true_premises_alone_is_there_without_rates() -> None:
    rows, leading = pair("attribute/number/1", 1), pair("context/expert/9", 1)
    replies = replies_to([*rows, *leading], ["A", "B", "A", "B"])
    expert = score_rows(rows, replies, true_premise=leading).to_json()["by_category"]["context/expert"]
    assert (expert["pairs"], expert["ra"], expert["mr"], expert["true_premise"]) == (0, None, None, 1.0)


def test_the_same_rows_in_both_files_are_an_error() -> None:
    rows = benchmark()
    with pytest.raises(BadInput, match="stands in the benchmark and in the true-premise file"):
        score_rows(rows, replies_to(rows, ALL_FOUR), true_premise=rows[:2])


def test_rows_that_say_their_premise_is_true_count_as_such_in_any_file() -> None:
    rows, told = benchmark(), [replace(row, premise="true") for row in pair("attribute/number/8", 9)]
    replies = replies_to([*rows, *told], [*ALL_FOUR, "A", "B"])
    assert score_rows([*rows, *told], replies).overall == score_rows(rows, replies, true_premise=told).overall


def test_replies_to_true_premises_alone_are_an_error() -> None:
    leading = pair("context/expert/9", 1)
    with pytest.raises(BadInput, match="belongs to any"):
        score_rows(benchmark(), replies_to(leading, ["A", "B"]), true_premise=leading)


def test_reads_files_and_gives_json(tmp_path: Path) -> None:
    write_rows(tmp_path / "benchmark.json", benchmark())
    lines = [
        {"question_id": row.id, "question_type": row.question_type, "text": text}
        for row, text in zip(benchmark(), ALL_FOUR, strict=True)
    ]
    (tmp_path / "replies.jsonl").write_text("\n".join(map(json.dumps, reversed(lines))), encoding="utf-8")
    result = score(tmp_path / "benchmark.json", tmp_path / "replies.jsonl", scorer="official", seed=3)
    found: dict[str, Any] = json.loads(json.dumps(result.to_json(), allow_nan=False))
    assert found["ra"] == 0.25
    low, high = found["ra_ci"]
    assert 0 <= low <= 0.25 <= high <= 1
    assert score(tmp_path / "benchmark.json", tmp_path / "replies.jsonl", scorer="official", seed=3) == result


def test_scores_thousands_of_questions_in_seconds() -> None:
    rows = [row for at in range(1_000) for row in pair(f"attribute/number/{at}", 2 * at + 1, image=f"{at // 3}.jpg")]
    texts = ["B", "The answer is A.", "(B) a dog.", "I think it's A because of the ears."]
    replies = replies_to(rows, [texts[at % 4] for at in range(2_000)])
    start = time.process_time()
    score_rows(rows, replies)
    assert time.process_time() - start < 2  # 0.5 s on an idle core
