"""The released rule, held against an oracle written from its description alone."""

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.readers import READERS
from evaluation.readers.official import official, read
from evaluation.replies import Reply
from evaluation.score import score_rows
from schemas.mmr import MmrRow, format_question, read_rows
from tests.evaluation.reply_styles import MEANT, NOTHING

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "mmr" / "sample.json"
STYLES = {**MEANT, **NOTHING}


def oracle(reply: str) -> str:
    """FACTS, section 1, word for word: cut, commas to spaces, split on single spaces, letter order."""
    cut = re.match(r"[^.]*", reply)
    assert cut is not None
    words = re.split(" ", re.sub(",", " ", cut[0]))
    found = Counter(words)
    if found["A"]:
        return "A"
    if found["B"]:
        return "B"
    if found["C"]:
        return "C"
    return "D" if found["D"] else "E"


def oracle_figures(rows: Sequence[MmrRow], replies: Sequence[str]) -> dict[str, dict[str, float | int | None]]:
    """Adjacent pairs, counted by hand, for the whole and for each category."""
    cells: dict[str, Counter[str]] = {}
    for place in range(0, len(rows) - 1, 2):
        right = [oracle(replies[at]) == rows[at].ground_truth for at in (place, place + 1)]
        if all(right):
            cell = "right_right"
        elif not any(right):
            cell = "wrong_wrong"
        else:
            cell = "right_wrong" if rows[place + right.index(True)].question_type == "POS" else "wrong_right"
        prefix = "/".join(rows[place].id.split("/")[:2])
        for name in ("", prefix):
            cells.setdefault(name, Counter())[cell] += 1
    return {
        name: {
            **{cell: count[cell] for cell in ("right_right", "right_wrong", "wrong_right", "wrong_wrong")},
            "ra": count["right_right"] / count.total(),
            "mr": (
                count["right_wrong"] / (count["right_wrong"] + count["right_right"])
                if count["right_wrong"] + count["right_right"]
                else None
            ),
        }
        for name, count in cells.items()
    }


def made_up_rows() -> list[MmrRow]:
    options = ("a red car.", "It's not a car, it's a boat.", "There is no car.", "two cars.")
    rows: list[MmrRow] = []
    for number in range(12):
        category = ("attribute/number", "context/expert", "character/character")[number % 3]
        halves = ["POS", "NEG"] if number % 2 else ["NEG", "POS"]
        for half in halves:
            rows.append(
                MmrRow(
                    id=f"{category}/{number:02}", image=f"{number}.jpg", question_type=half, row=len(rows) + 1,
                    question=format_question(f"What is {half} here?", options), ground_truth="ABCD"[len(rows) % 4],
                )
            )  # fmt: skip
    return rows


def rows_to_score() -> list[list[MmrRow]]:
    return [made_up_rows(), *([read_rows(SAMPLE)] if SAMPLE.exists() else [])]


@pytest.mark.parametrize("rows", rows_to_score(), ids=["made up", "real"][: 1 + SAMPLE.exists()])
def test_gives_exactly_the_rules_figures_for_every_style(rows: list[MmrRow]) -> None:
    chance = random.Random(7)
    assert len(STYLES) >= 40
    for name, style in STYLES.items():
        texts = []
        for row in rows:
            assert row.parsed is not None
            meant = row.gold if chance.random() < 0.6 else chance.choice("ABCD")
            other = chance.choice([letter for letter in "ABCD" if letter != meant])
            texts.append(style(row.parsed.by_letter, meant, other))
        replies = [Reply(row.id, row.question_type, text, row.row) for row, text in zip(rows, texts, strict=True)]
        result = score_rows(rows, replies, scorer="official")
        expected = oracle_figures(rows, texts)
        for prefix, scores in [("", result.overall), *result.by_category.items()]:
            found = scores.to_json()
            assert {**found["table"], "ra": found["ra"], "mr": found["mr"]} == expected[prefix], (name, prefix)
        assert result.unread_by("official") == sum(oracle(text) == "E" for text in texts)
        assert [one.official for one in result.readings] == [oracle(text) for text in texts]


@given(st.text(st.sampled_from("ABCDEab .,\n:()-"), max_size=30))
def test_is_the_rule_for_any_text(reply: str) -> None:
    assert official(reply) == oracle(reply)


@pytest.mark.parametrize(
    ("reply", "letter"),
    [
        ("The answer is B because A is wrong", "A"), ("A dog is shown, so B", "A"), ("Not A, but B", "A"),
        ("No. B", "E"), ("(B)", "E"), ("B:", "E"), ("**B**", "E"), ("B\nThe dog", "E"), ("Answer:B", "E"),
        ("b", "E"), (r"\boxed{B}", "E"), ("B</s>", "E"), ("<think>A cat?</think>B", "E"), ("", "E"),
        ("B", "B"), ("B.", "B"), ("D,C", "C"), ("B ", "B"),
    ],
)  # fmt: skip
def test_misreads_as_the_rule_does(reply: str, letter: str) -> None:
    assert official(reply) == letter


def test_is_registered_in_the_shape_of_all_readers() -> None:
    assert READERS.names()[:2] == ("official", "strict")
    assert READERS.get("official")("B", {"A": "x", "B": "y"}) == "B"
    assert read("nothing", {}) is None
    assert READERS.get("strict")("(B)", {"A": "x", "B": "y"}) == "B"


def test_counts_a_pair_as_misled_by_the_mark_of_its_right_half() -> None:
    """Adjacent rows of one polarity: the released rule looks at the right half's mark alone."""
    rows = made_up_rows()[:4]
    both_negative = [
        MmrRow(**{**json.loads(json.dumps(row.record())), "question_type": "NEG"}, row=row.row) for row in rows[:2]
    ]
    replies = [Reply(row.id, "NEG", row.gold if place else "E", place) for place, row in enumerate(both_negative)]
    table = score_rows(both_negative, replies, scorer="official").overall.table
    assert (table.right_wrong, table.wrong_right) == (0, 1)
