"""``audit`` as a user meets it: a table in 80 columns, JSON, and one line for what cannot be used."""

import json
from pathlib import Path

import pytest

from schemas.mmr import MmrRow, format_question, write_rows
from tests.app.said import Leadproof

OPTIONS = ("A cat.", "A dog that lies about.", "A bird.", "A fish.")


def rows(number: int, *, category: str = "attribute/shape", longest: bool = True) -> list[MmrRow]:
    """Pairs whose longest option is right, or the first one."""
    return [
        MmrRow(
            f"{category}/{place}", f"{place}.jpg", format_question(f"What is number {place}?", OPTIONS),
            "B" if longest else "A", kind, 2 * place + half + 1,
        )
        for place in range(number)
        for half, kind in enumerate(("POS", "NEG"))
    ]  # fmt: skip


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    path = tmp_path / "benchmark.json"
    write_rows(path, [*rows(12), *rows(12, category="context/expert", longest=False)])
    return path


def test_audit_shows_the_planted_leak_in_80_columns(leadproof: Leadproof, benchmark: Path) -> None:
    said = leadproof("audit", benchmark)
    assert (said.code, said.err) == (0, "")
    assert max(map(len, said.out.splitlines())) <= 80
    for part in ("24 pairs", "longest option", "+50.0 [", "text classifier", "expert", "by construction"):
        assert part in said.out


def test_audit_prints_every_figure_as_json(leadproof: Leadproof, benchmark: Path) -> None:
    said = leadproof("audit", benchmark, "--json", "--seed", "3")
    assert said.code == 0
    found = json.loads(said.out)
    assert (found["pairs"], found["seed"], found["open_pairs"]) == (24, 3, 0)
    positive = found["groups"]["positive"]
    assert (positive["questions"], set(positive["by_category"])) == (24, {"attribute/shape", "context/expert"})
    longest = next(rate for rate in positive["rates"] if rate["strategy"] == "longest option")
    assert (longest["accuracy"], longest["above"]) == (0.5, True)


def test_true_premises_are_pooled_with_the_leading_questions(
    leadproof: Leadproof, benchmark: Path, tmp_path: Path
) -> None:
    other = tmp_path / "true_premise.json"
    write_rows(other, rows(6, category="attribute/number"))
    found = json.loads(leadproof("audit", benchmark, "--true-premise", other, "--json").out)
    counts = {name: group["questions"] for name, group in found["groups"].items()}
    assert counts == {"positive": 30, "leading": 30, "false premise alone": 24}


def test_rows_that_make_no_pair_are_counted_and_untrusted_text_is_escaped(leadproof: Leadproof, tmp_path: Path) -> None:
    path = tmp_path / "odd\x1b[31m.json"
    category = "my/[bold]\x1b[31m"
    write_rows(path, [*rows(3), *rows(3, category="attribute/number"), *rows(1, category=category)[:1]])
    said = leadproof("audit", path)
    assert said.code == 0
    assert "left out: 1" in said.out
    assert "\x1b" not in said.out


def test_run_is_audited_as_its_filters_left_it(leadproof: Leadproof, tmp_path: Path) -> None:
    run = tmp_path / "run"
    for command in (["init", run], ["scenes", "6", "--run", run], ["generate", "--run", run]):
        assert leadproof(*command).code == 0
    said = leadproof("audit", "--run", run)
    assert (said.code, "not filtered yet" in said.out) == (0, True)
    neural = ("near_duplicates", "grounding")  # their models take longer to load than all else here
    left_out = [part for name in neural for part in ("--without", name)]
    assert leadproof("filter", "--run", run, *left_out).code == 0
    found = json.loads(leadproof("audit", "--run", run, "--json").out)
    assert found["of"] == "pairs kept in filter/001"
    assert found["groups"]["positive"]["questions"] == found["pairs"] > 0


@pytest.mark.parametrize("content", ["", "{", "[]", "[1]", "[{}]"])
def test_unusable_file_is_one_line_and_exit_2(leadproof: Leadproof, tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    said = leadproof("audit", path)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)


def test_file_and_run_exclude_each_other(leadproof: Leadproof, benchmark: Path, tmp_path: Path) -> None:
    for arguments in ([], [benchmark, "--run", tmp_path], ["--run", tmp_path, "--true-premise", benchmark]):
        said = leadproof("audit", *arguments)
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
