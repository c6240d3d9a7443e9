"""``leadproof demo``: the whole chain as a newcomer meets it."""

from pathlib import Path

import pytest

from tests.e2e.chain import leadproof


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    run = tmp_path_factory.mktemp("demo") / "run"
    done = leadproof("demo", "--out", run, "--scenes", "80")
    assert done.returncode == 0, done.stderr
    return run, done.stdout


def test_it_tells_each_stage_in_a_line_and_the_baselines_in_a_table(demo: tuple[Path, str]) -> None:
    said = demo[1]
    for line in ("scenes ", "generate ", "filter ", "export mmr ", "export llava ", "lint      no fault"):
        assert line in said
    for strategy in ("always A", "longest option", "word overlap", "always deny"):
        assert strategy in said


def test_nobody_who_answers_blind_does_well(demo: tuple[Path, str]) -> None:
    for line in demo[1].splitlines():
        if line.startswith(("always ", "longest ", "word ")):
            robustness = float(line.split(" %")[0].rpartition(" ")[2])
            assert robustness < 35, line


def test_the_commands_it_names_work(demo: tuple[Path, str]) -> None:
    run, said = demo
    pair = said.split("leadproof trace ")[1].split()[0]
    assert "kept, rank" in leadproof("trace", pair, "--run", run).stdout
    assert leadproof("lint", run / "export/mmr/001/train.json").returncode == 0


def test_repeated_it_does_not_do_the_work_again(demo: tuple[Path, str]) -> None:
    run, said = demo
    again = leadproof("demo", "--out", run, "--scenes", "80")
    assert again.stdout == said
    assert len(list((run / "generate").iterdir())) == 1
