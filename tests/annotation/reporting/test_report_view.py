"""The report on a terminal of 80 columns."""

import pytest

from annotation.reporting import Report, report
from annotation.verdict import Verdict
from app.annotate.report_view import show_report
from tests.annotation.consensus.simulated import CAREFUL, FIVE, GOOD, Person, project


def shown(found: Report, capsys: pytest.CaptureFixture[str]) -> str:
    show_report(found)
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_names_who_to_look_closer_at_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    made = project(FIVE, seed=3)
    said = shown(report(made.verdicts, made.pairs, made.gold), capsys)
    assert max(len(line) for line in said.splitlines()) <= 80
    flagged = said.partition("Look closer at:")[2].partition("Agreement")[0]
    assert "accepts@example.org" in flagged
    assert "hardly better than guessing" in flagged
    assert "careful@example.org" not in flagged
    for heading in ("Annotators", "Agreement", "Consensus (dawid-skene) on 1,000 pairs", "Faults named", "disagree on"):
        assert heading in said


def test_good_people_are_said_to_be_fine(capsys: pytest.CaptureFixture[str]) -> None:
    made = project([CAREFUL, GOOD], seed=3, count=40, judges=1, gold=0)
    said = shown(report(made.verdicts, made.pairs, made.gold, method="majority"), capsys)
    assert "Nobody stands out as unreliable." in said
    assert "No pair was judged by two people" in said


def test_of_nothing_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert "leadproof annotate pull" in shown(report([], {}, {}), capsys)


def test_names_are_untrusted(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = Person("\x1b[31m" + "x" * 200 + "@example.org", 0.5, 0.5)
    made = project([hostile, CAREFUL], seed=1, count=120, judges=2)
    said = shown(report(made.verdicts, made.pairs, made.gold), capsys)
    assert "\x1b[31m" not in said
    assert max(len(line) for line in said.splitlines()) <= 80


def test_comments_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    made = project([CAREFUL, GOOD], seed=1, count=20, judges=2)
    first = Verdict.model_validate({**dict(made.verdicts[0]), "comment": "secret words"})
    said = shown(report([first, *made.verdicts[1:]], made.pairs, made.gold), capsys)
    assert "Verdicts with a comment: 1" in said
    assert "secret words" not in said
