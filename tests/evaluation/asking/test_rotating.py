"""Circular evaluation: right only where every order of the options, of both halves, is answered rightly."""

import json
from pathlib import Path

import pytest

from schemas.mmr import split_question
from tests.evaluation.asking.conftest import Evaluate
from tests.evaluation.asking.made import KNOWS, LIKES_A, MISLED, PAIRS, STUMBLES_ON_2, lines_of, log_of


def test_a_model_that_knows_is_right_however_the_options_are_lettered(ask: Evaluate, benchmark: Path) -> None:
    findings = ask(KNOWS, circular=True).findings
    assert findings is not None
    assert findings.circular is not None
    assert (findings.circular.ra, findings.circular.pairs, findings.circular.fixed) == (1.0, PAIRS, 0)
    assert findings.circular.by_rotation == (1.0,) * 4
    assert len(log_of(benchmark.with_name("model.py"))) == 4 * 2 * PAIRS


def test_every_rotation_holds_the_same_texts_under_every_letter_once(ask: Evaluate, benchmark: Path) -> None:
    done = ask(KNOWS, circular=True)
    first, further = (lines_of(done.stage.path / f"{name}.jsonl") for name in ("replies", "rotations"))
    golds: dict[tuple[str, str], list[str]] = {}
    for row in (*first, *further):
        golds.setdefault((row["id"], row["question_type"]), []).append(row["gold"])
    assert all(sorted(found) == list("ABCD") for found in golds.values())
    assert [row["rotation"] for row in further[:3]] == [1, 2, 3]
    asked: dict[str, list[dict[str, str]]] = {}
    for one in log_of(benchmark.with_name("model.py")):
        text = one["turns"][0][1].removeprefix("<image>\n").rpartition("\n")[0]
        found = split_question(text)
        asked.setdefault(found.stem, []).append(found.by_letter)
    for orders in asked.values():
        assert len({tuple(sorted(order.values())) for order in orders}) == 1
        for letter in "ABCD":
            assert len({order[letter] for order in orders}) == 4


def test_a_model_that_likes_a_letter_is_never_right_in_all_orders(ask: Evaluate) -> None:
    findings = ask('return "A"', circular=True, limit=None).findings
    assert findings is not None
    assert findings.circular is not None
    assert findings.circular.ra == 0.0
    plain = [one.rotations[0].reading.right("strict") for one in findings.asked]
    assert sum(plain) == len(plain) / 4, "chance, were the orders not turned"


def test_one_order_that_goes_wrong_is_enough(ask: Evaluate) -> None:
    findings = ask(STUMBLES_ON_2, circular=True).findings
    assert findings is not None
    assert findings.circular is not None
    assert findings.score("strict").overall.table.ra == 1.0
    assert findings.circular.ra == 0.0  # turned by two, no pair has A for the right letter of both halves
    assert findings.circular.by_rotation == (1.0, 1.0, 0.0, 1.0)


def test_both_halves_must_stand_in_every_order(ask: Evaluate) -> None:
    findings = ask(
        'return "E" if stem == "Leading question 3: which number is it?" and turned == 3 else right', circular=True
    ).findings
    assert findings is not None
    assert findings.circular is not None
    assert findings.circular.ra == (PAIRS - 1) / PAIRS
    assert findings.circular.by_rotation == (1.0, 1.0, 1.0, (PAIRS - 1) / PAIRS)


def test_true_premises_are_turned_as_well_and_counted_apart(ask: Evaluate, benchmark: Path) -> None:
    reply = 'return "E" if turned == 1 and stem.startswith("Leading question 9") else right'
    findings = ask(reply, circular=True, file=benchmark.with_name("both.json")).findings
    assert findings is not None
    assert findings.circular is not None
    assert (findings.circular.ra, findings.circular.true_premise) == (1.0, 0.5)


@pytest.fixture(autouse=True)
def both(benchmark: Path) -> None:
    """The benchmark and its true premises in one file."""
    rows = [json.loads(benchmark.with_name(name).read_text()) for name in ("benchmark.json", "true_premise.json")]
    benchmark.with_name("both.json").write_text(json.dumps(rows[0] + rows[1]))


def test_a_pair_that_cannot_be_lettered_otherwise_is_left_out_and_counted(ask: Evaluate, benchmark: Path) -> None:
    rows = json.loads(benchmark.read_text())
    rows[0]["question"] = "What is it? Say the letter that you see."
    changed = benchmark.with_name("changed.json")
    changed.write_text(json.dumps(rows))
    findings = ask('return right or "A"', circular=True, file=changed).findings
    assert findings is not None
    assert findings.circular is not None
    assert [one.item.id for one in findings.asked if one.fixed] == [rows[0]["id"]]
    assert (findings.circular.fixed, findings.circular.pairs, findings.circular.ra) == (1, PAIRS - 1, 1.0)
    assert findings.score("strict").overall.table.pairs == PAIRS, "it is asked all the same, as it stands"


def test_without_the_flag_nothing_is_turned(ask: Evaluate) -> None:
    done = ask(MISLED)
    assert done.findings is not None
    assert done.findings.circular is None
    assert not (done.stage.path / "rotations.jsonl").exists()
    assert json.loads((done.stage.path / "scores.json").read_text())["circular"] is None


def test_likes_a_is_told_apart_from_knowing_by_letters_answered(ask: Evaluate) -> None:
    findings = ask(LIKES_A).findings
    assert findings is not None
    letters = findings.score("strict").letters
    assert letters is not None
    assert (letters.letter, letters.excess) == ("A", 0.75)
