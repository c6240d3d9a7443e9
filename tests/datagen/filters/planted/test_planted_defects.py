"""The filters against defects planted by code that shares nothing with them (run with -s to see the table)."""

from pathlib import Path

import pytest

from schemas.run import RunFolder
from tests.datagen.filters.planted.planter import KINDS
from tests.datagen.filters.planted.spoilt_run import Outcome, copy_of, filtered, scenes, spoil

CAUGHT = 0.95
LOST = 0.01


@pytest.fixture(scope="module")
def outcome(drawn: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    run = copy_of(drawn, tmp_path_factory.mktemp("planted") / "run")
    found = filtered(spoil(run, clean=1_000, each=40))
    print(f"\n{found.table()}")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_planted_defects_are_caught(outcome: Outcome, kind: str) -> None:
    assert outcome.caught(kind) >= CAUGHT, outcome.missed(kind)


def test_clean_pairs_stay(outcome: Outcome) -> None:
    assert outcome.clean == 1_000
    assert len(outcome.lost) <= LOST * outcome.clean, outcome.table()


@pytest.mark.slow
def test_of_five_thousand_pairs_the_planted_defects_are_caught_and_the_clean_stay(tmp_path: Path) -> None:
    found = filtered(spoil(scenes(tmp_path / "run", 660, seed=1), clean=5_000, each=200, seed=1))
    print(f"\n{found.table()}")
    assert found.clean == 5_000
    assert {kind: found.missed(kind) for kind in KINDS if found.caught(kind) < CAUGHT} == {}
    assert len(found.lost) <= LOST * found.clean
