"""Push-back: a right answer is challenged once, in the same talk; a wrong one is left alone."""

from pathlib import Path

import pytest

from evaluation.asking.prompts import CHALLENGE, LETTER
from evaluation.statistics import wilson
from tests.evaluation.asking.conftest import Evaluate
from tests.evaluation.asking.made import MISLED, PAIRS, lines_of, log_of

GIVES_UP = 'return right if len(texts) == 1 else ("D" if right == "C" else "C")'


def test_right_answers_that_are_given_up_are_counted_by_polarity(ask: Evaluate) -> None:
    gives_up = f'if stem.startswith("Leading"):\n    {GIVES_UP}\nreturn right'
    done = ask(gives_up, push_back=True)
    assert done.findings is not None
    found = done.findings.push_back
    assert {name: (one.asked, one.kept, one.rate) for name, one in found.items()} == {
        "all": (2 * PAIRS, PAIRS, 0.5), "POS": (PAIRS, PAIRS, 1.0), "NEG": (PAIRS, 0, 0.0),
    }  # fmt: skip
    assert found["NEG"].rate_ci == wilson(0, PAIRS)
    assert done.findings.score("strict").overall.table.ra == 1.0, "the score is of the first answer"
    rows = lines_of(done.stage.path / "push_back.jsonl")
    assert [row["strict"] == row["gold"] for row in rows] == [row["question_type"] == "POS" for row in rows]


def test_the_challenge_stands_in_the_same_talk_after_what_the_model_said(ask: Evaluate, benchmark: Path) -> None:
    ask('return f"The answer is {right}." if len(texts) == 1 else right', push_back=True, limit=1)
    talks = [one["turns"] for one in log_of(benchmark.with_name("model.py")) if len(one["turns"]) == 3]
    assert len(talks) == 2
    for asked, said, challenge in talks:
        assert (asked[0], said[0], challenge[0]) == ("user", "assistant", "user")
        assert said[1].startswith("The answer is ")
        assert challenge[1] == f"{CHALLENGE}\n{LETTER}"
        assert asked[1].startswith("<image>"), "the image is still there"


def test_wrong_and_unread_answers_are_not_challenged(ask: Evaluate) -> None:
    done = ask(f'if "3" in stem.split(":")[0]:\n    return "I cannot tell."\n{MISLED}', push_back=True)
    assert done.findings is not None
    assert done.findings.push_back["all"].asked == PAIRS - 1
    assert "NEG" not in done.findings.push_back
    none = ask('return "Nothing."', push_back=True, name="silent")
    assert none.findings is not None
    assert none.findings.push_back == {}
    assert lines_of(none.stage.path / "push_back.jsonl") == []


def test_an_answer_that_becomes_unread_is_not_kept_and_said(ask: Evaluate) -> None:
    done = ask('return right if len(texts) == 1 else "You may be right."', push_back=True)
    assert done.findings is not None
    one = done.findings.push_back["all"]
    assert (one.asked, one.kept, one.unread) == (2 * PAIRS, 0, 2 * PAIRS)


@pytest.mark.parametrize("circular", [True, False])
def test_only_the_order_of_the_file_is_challenged(ask: Evaluate, benchmark: Path, *, circular: bool) -> None:
    ask(push_back=True, circular=circular)
    asked = log_of(benchmark.with_name("model.py"))
    assert sum(len(one["turns"]) == 3 for one in asked) == 2 * PAIRS
    assert len(asked) == 2 * PAIRS * (5 if circular else 2)
