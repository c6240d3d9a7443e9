"""``board`` as a user meets it: three files, a table of 80 columns, one line where something is wrong."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.app.said import Leadproof
from tests.evaluation.board.made import FEW, contrasts, evaluation, pairs_of, released


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    evaluation(tmp_path / "run", released(skill=0.7), model="mine", benchmark="mmr")
    evaluation(tmp_path / "run", pairs_of(FEW, skill=0.8), model="模型" * 60, ways=["content-guided"])
    evaluation(tmp_path / "run", pairs_of(FEW, skill=0.4), model="[bold]x[/bold]\x1b[31m" + "y" * 5_000)
    evaluation(tmp_path / "run", contrasts(20, skill=0.8), model="mine", benchmark="pope")
    return Path("run")


def test_it_writes_three_files_and_shows_80_columns(leadproof: Leadproof, run: Path) -> None:
    said = leadproof("board", run)
    assert (said.code, said.err) == (0, "")
    assert sorted(path.name for path in Path("board").iterdir()) == ["board.csv", "board.html", "board.md"]
    assert max(map(cell_len, said.out.splitlines())) <= 80
    assert "\x1b" not in said.out
    lines = said.out.splitlines()
    (gpt,) = [line for line in lines if line.startswith("GPT-4o")]
    assert gpt.split() == ["GPT-4o", "69.0", "[", "63.6,", "74.0]", "19.5", "best"]
    assert any(line.startswith("Qwen-VL-max") and line.rstrip().endswith("~") for line in lines)
    assert any(line.startswith("Claude3-Opus-V") and line.split()[-1] == "-" for line in lines)
    assert "19.17" in said.out
    assert "[bold]x[/bold]" in said.out


def test_json_holds_what_the_files_hold(leadproof: Leadproof, run: Path) -> None:
    said = leadproof("board", run, "--json", "--out", "elsewhere", "--no-published")
    found = json.loads(said.out)
    assert found["files"] == ["elsewhere/board.md", "elsewhere/board.csv", "elsewhere/board.html"]
    assert [one["title"] for one in found["sections"]] == ["MMR as released", "pope", "scenes"]
    (row,) = found["sections"][0]["rows"]
    scores = json.loads(next(run.glob("eval/mmr/*/001/scores.json")).read_text())
    assert scores["scorer"] == row["reader"] == "strict"
    assert row["ra"]["share"] == scores["ra"]
    assert row["ra"]["ci"] == scores["ra_ci"]
    assert {name: rate["share"] for name, rate in row["mr_by_category"].items()} == {
        name: one["mr"] for name, one in scores["by_category"].items() if one["mr"] is not None
    }


def test_the_reader_can_be_chosen_where_nothing_published_stands_beside(leadproof: Leadproof, run: Path) -> None:
    for more, reader in (((), "strict"), (("--scorer", "official"), "official")):
        found = json.loads(leadproof("board", run, "--json", *more).out)
        assert [one["reader"] for one in found["sections"]] == ["official", reader, reader]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "DIR"),
        (("gone",), "no such folder"),
        (("empty",), "no evaluation in it"),
        (("run", "--out", "taken"), "taken"),
    ],
)
def test_bad_folders_are_one_line(
    leadproof: Leadproof, run: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "taken").write_text("mine")
    said = leadproof("board", *arguments)
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert says in said.err
    assert not (tmp_path / "board").exists()
