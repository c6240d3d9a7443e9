"""Two annotators log in, judge by keyboard alone in a real Chromium, and their verdicts come back as given."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotation.assigning import Assignment, read_assignments
from annotation.pulling import read_verdicts
from annotation.studio.projects import read_projects
from annotation.verdict import FixedHalf, Verdict
from schemas.run import RunFolder
from tests.e2e.annotating.commands import leadproof
from tests.e2e.annotating.conftest import Run, Serve
from tests.e2e.annotating.pages import at_keyboard, open_lane, shown, submit, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("studio")
PASSWORD = "a-good-password"
PEOPLE = ("ana@example.org", "ben@example.org")
TEXT = "Which of these is it? 1 2 3 4, qwerty & <b>"


def test_two_annotators_judge_by_keyboard_alone(scenes: Run, serve: Serve, browser: "Browser", tmp_path: Path) -> None:
    run = scenes(24, "overlap = 1.0", "judges = 2", "gold = 0.0")
    (tmp_path / "password").write_text(PASSWORD)
    with serve(run) as studio:
        for who in PEOPLE:
            given = ("--password-file", tmp_path / "password", "--run", run.path)
            assert leadproof("annotate", "user", "add", who, *given).returncode == 0
        pushed = leadproof("annotate", "push", "--run", run.path)
        assert pushed.returncode == 0, pushed.stderr
        expected: dict[tuple[str, str, str], Said] = {}
        for who in PEOPLE:
            with at_keyboard(browser, studio.url, who, PASSWORD) as page:
                expected |= _review(page, run, who) | _solve(page, run, who)
        pulled = leadproof("annotate", "pull", "--run", run.path)
        assert pulled.returncode == 0, pulled.stderr
        verdicts = read_verdicts(run.path)
        assert {(one.annotator, one.mode, one.pair_id): _said(one) for one in verdicts} == expected
        assert {one.version for one in verdicts} == {1}
        assert all(one.guidelines == 1 and one.seconds for one in verdicts)
        again = leadproof("annotate", "pull", "--run", run.path)
        assert "as before   12" in again.stdout
        assert read_verdicts(run.path) == verdicts
    report = leadproof("annotate", "report", "--run", run.path)
    assert report.returncode == 0, report.stderr
    assert all(who in report.stdout for who in PEOPLE)


Said = tuple[object, ...]


def _said(one: Verdict) -> Said:
    return one.judgement, one.faults, one.fix and one.fix.positive, one.positive, one.negative, one.comment


def _lane(run: RunFolder, who: str, mode: str) -> list[Assignment]:
    return [one for one in read_assignments(run) if (one.annotator, one.mode) == (who, mode)]


def _page(run: RunFolder, who: str, mode: str) -> str:
    return next(one.page for one in read_projects(run) if (one.annotator, one.mode) == (who, mode))


def _review(page: "Page", run: RunFolder, who: str) -> dict[tuple[str, str, str], Said]:
    """Accept, fix a text, reject with two faults, unsure with a comment."""
    accepted, fixed, rejected, unsure = _lane(run, who, "review")[:4]
    open_lane(page, _page(run, who, "review"))
    _look(page, f"review-{who[:3]}")

    assert shown(page) == accepted.shown.positive.question
    assert page.locator("input[type=radio]:checked, input[type=checkbox]:checked").count() == 0
    page.keyboard.press("1")
    submit(page)

    assert shown(page) == fixed.shown.positive.question
    page.keyboard.press("2")
    page.wait_for_selector("textarea[name=positive_question_fix]")
    _look(page, f"fix-{who[:3]}")
    assert tab_to(page, "positive_question_fix") < 12
    page.keyboard.press("Control+a")
    page.keyboard.type(TEXT)
    page.keyboard.press("Shift+Enter")
    submit(page)

    assert shown(page) == rejected.shown.positive.question
    page.keyboard.press("3")
    page.wait_for_selector("input[name='not visible']")
    page.keyboard.press("t")
    page.keyboard.press("q")
    _look(page, f"reject-{who[:3]}")
    submit(page)

    assert shown(page) == unsure.shown.positive.question
    page.keyboard.press("4")
    tab_to(page, "comment")
    page.keyboard.type("too dark <i>")
    page.keyboard.press("Shift+Enter")
    submit(page)
    return {
        (who, "review", accepted.pair_id): ("accept", (), None, None, None, ""),
        (who, "review", fixed.pair_id): ("fix", (), FixedHalf(question=TEXT), None, None, ""),
        (who, "review", rejected.pair_id): ("reject", ("positive-key-wrong", "not-visible"), None, None, None, ""),
        (who, "review", unsure.pair_id): ("unsure", (), None, None, None, "too dark <i>"),
    }


def _solve(page: "Page", run: RunFolder, who: str) -> dict[tuple[str, str, str], Said]:
    """Two blind solves: two letters, and a letter beside `none`."""
    first, second = _lane(run, who, "blind")[:2]
    open_lane(page, _page(run, who, "blind"))
    _look(page, f"blind-{who[:3]}")
    body = page.inner_text(".leadproof")
    assert "✔" not in body
    assert "CAPTIONS" not in body
    page.keyboard.press("2")
    page.keyboard.press("e")
    submit(page)
    page.keyboard.press("0")
    page.keyboard.press("q")
    submit(page)
    return {
        (who, "blind", first.pair_id): (None, (), None, "B", "C", ""),
        (who, "blind", second.pair_id): (None, (), None, "none", "A", ""),
    }


def _look(page: "Page", name: str) -> None:
    """Screenshots at both widths, kept where LEADPROOF_SCREENSHOTS says; nothing is cut off at either."""
    for width in (800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)
        assert page.evaluate("document.querySelector('.leadproof').scrollWidth <= window.innerWidth")
        assert page.locator("[data-testid=bottombar-submit-button]").is_visible()
        if folder := os.environ.get("LEADPROOF_SCREENSHOTS"):
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"))
