"""Where evaluations are found, and what is never written over."""

import os
from pathlib import Path

import pytest

from evaluation.board import build_board
from evaluation.board.writing import gather, write_board
from schemas.errors import BadInput, UnreadableFile
from tests.evaluation.board.made import EFFICIENCY, FEW, evaluation, pairs_of

NAMES = ["board.csv", "board.html", "board.md"]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    for model, skill in (("one", 0.6), ("two", 0.8)):
        evaluation(tmp_path / "run", pairs_of(FEW, skill=skill), model=model, folder=model, efficiency=EFFICIENCY)
    evaluation(tmp_path / "run", pairs_of(FEW, skill=0.9), model="two", folder="two")
    return tmp_path / "run"


def test_the_newest_of_each_is_found_once(run: Path) -> None:
    (run.parent / "again").symlink_to(run)
    found = gather([run, run / "eval", run / "eval" / "scenes" / "one", run.parent / "again"])
    assert [(one.model, one.path.name) for one in found] == [("one", "001"), ("two", "002")]
    assert found[0].efficiency == EFFICIENCY
    assert found[1].efficiency is None


def test_a_file_of_rows_is_an_evaluation(run: Path) -> None:
    (found,) = gather([run / "eval" / "scenes" / "one" / "001" / "rows.jsonl"])
    assert (found.model, found.benchmark, len(found.rows)) == ("rows", "", 60)
    assert build_board([found], with_published=False).sections[0].title == "rows of a file"


def test_three_files_are_written_and_may_be_written_again(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "board"
    written = write_board(build_board(gather([run])), out)
    assert sorted(path.name for path in written) == sorted(path.name for path in out.iterdir()) == NAMES
    first = {path: path.read_bytes() for path in written}
    write_board(build_board(gather([run])), out)
    assert {path: path.read_bytes() for path in written} == first
    write_board(build_board([]), out)
    assert all(path.read_bytes() != first[path] for path in written)


@pytest.mark.parametrize("name", NAMES)
def test_another_file_of_that_name_stays_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("benchmark,model\nmine,1\n")
    with pytest.raises(UnreadableFile, match="not written over"):
        write_board(build_board([]), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "benchmark,model\nmine,1\n"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    write_board(build_board([]), tmp_path / "elsewhere")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "board.md").symlink_to(tmp_path / "elsewhere" / "board.md")
    with pytest.raises(UnreadableFile):
        write_board(build_board([]), tmp_path / "out")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "board.html")
    with pytest.raises(UnreadableFile):
        write_board(build_board([]), tmp_path)


def test_a_committed_stage_is_not_written_into(run: Path) -> None:
    folder = run / "eval" / "scenes" / "one" / "001"
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(UnreadableFile, match="committed stage"):
        write_board(build_board([]), folder)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "board").write_text("mine")
    for folder in (tmp_path / "board", tmp_path / "board" / "below"):
        with pytest.raises(BadInput):
            write_board(build_board([]), folder)


def test_a_folder_without_evaluations_is_said(tmp_path: Path, run: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile, match="no evaluation in it"):
        gather([run, tmp_path / "empty"])
    with pytest.raises(UnreadableFile, match="no such folder"):
        gather([run, tmp_path / "gone"])
