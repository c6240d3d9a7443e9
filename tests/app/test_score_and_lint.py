"""``score`` and ``lint`` as a user meets them: what they print, write and answer with."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.mmr import MmrRow, format_question, write_rows
from tests.app.said import Leadproof

OPTIONS = ("a cat.", "a dog.", "a bird.", "a fish.")


def rows_of(*names: str) -> list[MmrRow]:
    halves = [(name, kind) for name in names for kind in ("POS", "NEG")]
    return [
        MmrRow(name, f"{name}.jpg", format_question(f"{kind}?", OPTIONS), "A", kind, place)
        for place, (name, kind) in enumerate(halves, 1)
    ]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    rows = rows_of("attribute/number/1", "attribute/shape/1", "context/expert/1")
    write_rows(tmp_path / "benchmark.json", rows)
    texts = ["A", "(A)", "The answer is A.", "B", "A dog is shown, so B", "no idea"]
    replies: list[Any] = [[row.id, {"text": text}, row.question_type] for row, text in zip(rows, texts, strict=True)]
    replies.append(["[bold]stray[/bold]\x1b[31m", {"text": "A"}, "POS"])
    (tmp_path / "replies.json").write_text(json.dumps(replies), encoding="utf-8")
    return tmp_path / "benchmark.json", tmp_path / "replies.json"


def test_score_prints_json_of_the_agreed_shape(leadproof: Leadproof, files: tuple[Path, Path]) -> None:
    said = leadproof("score", *files, "--json")
    assert (said.code, said.err) == (0, "")
    found = json.loads(said.out)
    assert (found["scorer"], found["pairs"], found["ra"], found["mr"]) == ("strict", 3, 1 / 3, 0.5)
    assert found["table"] == {"right_right": 1, "right_wrong": 1, "wrong_right": 0, "wrong_wrong": 1}
    assert (found["unread"], found["true_premise"]) == (1, None)
    assert len(found["ra_ci"]) == len(found["mr_ci"]) == 2
    assert set(found["by_category"]) == {"attribute/number", "attribute/shape", "context/expert"}
    assert found["by_category"]["context/expert"]["mr"] is None


def test_score_takes_the_released_rule_when_told(leadproof: Leadproof, files: tuple[Path, Path]) -> None:
    found = json.loads(leadproof("score", *files, "--scorer", "official", "--json").out)
    # (A) and "no idea" are E; "A dog is shown, so B" is A.
    assert (found["scorer"], found["unread"], found["ra"]) == ("official", 2, 0.0)
    assert leadproof("score", *files, "--scorer", "lenient").code == 2


def test_score_writes_a_line_a_row(leadproof: Leadproof, files: tuple[Path, Path], tmp_path: Path) -> None:
    said = leadproof("score", *files, "--rows", tmp_path / "rows.jsonl")
    assert said.code == 0
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 6
    assert rows[1] == {
        "id": "attribute/number/1", "question_type": "NEG", "kind": "false-premise", "category": "attribute/number",
        "image": "attribute/number/1.jpg", "gold": "A", "official": "E", "strict": "A", "row": 2, "group": "",
        "yes_no": False,
    }  # fmt: skip
    assert rows[5]["strict"] is None
    unwritable = leadproof("score", *files, "--rows", tmp_path / "no" / "folder" / "rows.jsonl")
    assert unwritable.code == 2
    assert unwritable.err.count("\n") == 1


def test_score_shows_a_table_that_fits_and_names_what_did_not_match(
    leadproof: Leadproof, files: tuple[Path, Path]
) -> None:
    said = leadproof("score", *files, "--baselines")
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= 80
    for part in ("RA", "33.3 %", "MR", "50.0 %", "  shape", "Replies to no row: 1", "always deny", "Unread"):
        assert part in said.out
    assert "[bold]stray[/bold]\\x1b[31m" in said.out
    assert "\x1b" not in said.out


def test_score_measures_true_premises(leadproof: Leadproof, files: tuple[Path, Path], tmp_path: Path) -> None:
    leading = rows_of("attribute/number/9")
    write_rows(tmp_path / "true_premise.json", leading)
    replies = json.loads(files[1].read_text(encoding="utf-8"))
    replies.append([leading[1].id, {"text": "A"}, "NEG"])
    files[1].write_text(json.dumps(replies), encoding="utf-8")
    arguments = ["score", *files, "--true-premise", tmp_path / "true_premise.json"]
    assert json.loads(leadproof(*arguments, "--json").out)["true_premise"] == 1.0
    assert "true premise" in leadproof(*arguments).out


@pytest.mark.parametrize("content", ["", "{", "[]", '[["x", {"text": "A"}, "POS"]]', "[1]"])
def test_score_of_unusable_replies_is_one_line_and_exit_2(
    leadproof: Leadproof, files: tuple[Path, Path], content: str
) -> None:
    files[1].write_text(content, encoding="utf-8")
    said = leadproof("score", *files)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


def test_lint_of_a_sound_file_says_so(leadproof: Leadproof, files: tuple[Path, Path]) -> None:
    said = leadproof("lint", files[0])
    assert (said.code, said.err) == (0, "")
    assert "No faults" in said.out
    assert json.loads(leadproof("lint", files[0], "--json").out) == []


def test_lint_prints_a_line_a_fault_and_answers_1(leadproof: Leadproof, tmp_path: Path) -> None:
    rows = [row.record() for row in rows_of("attribute/number/1")]
    rows[0]["ground_truth"] = "E"
    rows[1]["question"] = "no [bold]options[/bold]"
    path = tmp_path / "faulty.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    said = leadproof("lint", path)
    assert said.code == 1
    lines = said.out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{path} (row 1, id attribute/number/1): the gold letter 'E'")
    assert "2 faults" in said.err
    assert said.err.count("\n") == 1
    assert len(json.loads(leadproof("lint", path, "--json").out)) == 2


def test_lint_of_an_unreadable_file_answers_2(leadproof: Leadproof, tmp_path: Path) -> None:
    said = leadproof("lint", tmp_path / "absent.json")
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
