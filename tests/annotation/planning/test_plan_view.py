"""What a plan looks like on a terminal."""

from datetime import date

import pytest

from annotation.planning import Cell, Measured, Plan, SoFar, Supply, Wanted, plan
from annotation.planning.measured import Accepted, Timed
from annotation.settings import AnnotateSettings
from app.annotate.plan_view import show_plan
from schemas.taxonomy import MMR_CATEGORIES
from tests.annotation.planning.campaign import supply_of

SUPPLY = supply_of(MMR_CATEGORIES, train=2_000, benchmark=150)
PILOT = Measured(
    {"review": {name: Accepted(20, 25, 25) for name in MMR_CATEGORIES}},
    {"review": {"a@x.org": Timed(150, 20, 0.4), "b@x.org": Timed(150, 20, 0.4)}},
)


def shown(capsys: pytest.CaptureFixture[str], found: Plan) -> str:
    show_plan(found)
    said = capsys.readouterr().out
    assert max(len(line.rstrip()) for line in said.splitlines()) <= 80, said
    return " ".join(said.split())


def planned(
    wanted: Wanted, supply: dict[Cell, int] = SUPPLY, measured: Measured | None = None, so_far: SoFar | None = None
) -> Plan:
    return plan(
        wanted, Supply(supply), measured or Measured(), AnnotateSettings(), start=date(2026, 11, 2),
        so_far=so_far or SoFar(),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_says_what_is_wanted_what_it_takes_and_that_it_is_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, planned(Wanted(10_000, 600, 6)))
    assert "10,000 verified pairs, 600 of them for the benchmark; 6 annotators" in said
    assert "attribute/color&texture 2,000 784 1,046" in said
    assert "all 24,000 9,400 12,536" in said
    assert "assumed, no pilot yet" in said
    assert "Assumed, not measured: have some hundred pairs judged, and plan again." in said
    assert "ends on Mon 9 Nov 2026" in said


def test_says_what_was_measured_and_what_is_assumed_still(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, planned(Wanted(10_000, 600, 6), measured=PILOT))
    assert "measured on 300 verdicts" in said
    assert "assumed, no pilot yet" in said  # of blind solves
    assert "Assumed, not measured" not in said


def test_says_that_a_small_pilot_is_blended(capsys: pytest.CaptureFixture[str]) -> None:
    small = Measured({"review": {"a/b": Accepted(10, 12, 12)}}, {"review": {"a@x.org": Timed(12, 20, 0.4)}})
    said = shown(capsys, planned(Wanted(1_000, 0, 6), measured=small))
    assert "measured on 12 verdicts, and assumed" in said
    assert "blind" not in said


def test_names_what_is_short_and_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    supply = {Cell("a/b", "train"): 400, Cell("a/c", "train"): 100, Cell("a/none", "train"): 0}
    said = shown(capsys, planned(Wanted(600, 0, 2), supply))
    assert "Too few pairs: 2 a/b (training): short by 100 of 400 a/c (training): short by 25 of 100" in said
    assert "No pairs to judge: 1 a/none (training)" in said
    assert "Short by 225 of 600 in all (95 %:" in said


def test_names_who_has_less_than_an_even_share(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, planned(Wanted(600, 0, 2), {Cell("a/b", "train"): 100, Cell("a/c", "train"): 5_000}))
    assert "Less than an even share, made up for by others: 1 a/b (training): 75 of 300" in said
    assert "may be missing" in said


def test_says_what_is_done_already(capsys: pytest.CaptureFixture[str]) -> None:
    cell = Cell(MMR_CATEGORIES[0], "train")
    said = shown(capsys, planned(Wanted(1_200, 0, 2), so_far=SoFar({cell: 70}, {cell: 90})))
    assert "character/character 2,000 100 70 40" in said


def test_nothing_wanted_is_said_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing is left to judge." in shown(capsys, planned(Wanted(0, 0, 2)))
    assert "Short by 100 of 100" in shown(capsys, planned(Wanted(100, 0, 2), {}))


def test_fits_80_columns_with_long_names_and_large_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    name = "attribute/" + "very-long-name-of-a-users-own-" * 4
    large = {Cell(name, "train"): 9_000_000, Cell("a/b", "train"): 9_000_000, Cell("a/c", "benchmark"): 900_000}
    done = SoFar({Cell("a/b", "train"): 1_000_000}, {Cell("a/b", "train"): 2_000_000})
    shown(capsys, planned(Wanted(10_000_000, 500_000, 3), large, so_far=done))
