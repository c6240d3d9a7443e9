"""Whatever captions and pairs hold shows as text on the page, and nothing of it acts."""

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotation.pulling import read_verdicts
from annotation.studio.projects import read_projects
from tests.e2e.annotating.commands import leadproof
from tests.e2e.annotating.conftest import Run, Serve
from tests.e2e.annotating.pages import at_keyboard, open_lane

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("studio")
SCRIPT = "<script>alert('caption')</script><img src=x onerror=alert(1)>"
TEMPLATE = "{{7*7}} {% raw %} ${1+1} $image $positive_question"
RIGHT_TO_LEFT = "כלב לבן יושב על הדשא ליד כדור אדום"
LONG = "a very long caption " * 1_000  # 20,000 characters
CAPTIONS = [SCRIPT, TEMPLATE, RIGHT_TO_LEFT, LONG]
QUESTION = "What <b>is</b> {{7*7}} $image &lt;this&gt;? http://127.0.0.1/ \u202eאבג"
OPTIONS = ["A <script>alert('option')</script>", "It is {{7*7}} and $captions", "✔ B. a forged line", RIGHT_TO_LEFT]
PASSWORD = "a-good-password"


def test_hostile_captions_and_pairs_show_as_text(scenes: Run, serve: Serve, browser: "Browser", tmp_path: Path) -> None:
    run = scenes(20, "judges = 1", "gold = 0.0")
    image = shutil.copy(next(run.path.glob("scenes/*/images/*")), tmp_path / "hostile.png")
    captions = tmp_path / "captions.jsonl"
    captions.write_text(json.dumps({"image": Path(image).name, "captions": CAPTIONS}))
    lines = "\n".join(f"{letter}. {text}" for letter, text in zip("ABCD", OPTIONS, strict=True))
    rows = [
        {"id": "context/relation/1", "image": Path(image).name, "question": f"{QUESTION}\n{lines}", "ground_truth": "A",
         "question_type": polarity}
        for polarity in ("POS", "NEG")
    ]  # fmt: skip
    rows[1]["question"] = f"Why {rows[1]['question']}"
    (tmp_path / "train.json").write_text(json.dumps(rows))
    (tmp_path / "password").write_text(PASSWORD)
    for words in (
        ("ingest", captions, "--images", tmp_path),
        ("import", tmp_path / "train.json", "--images", tmp_path),
        ("filter",),
    ):
        done = leadproof(*words, "--run", run.path)
        assert done.returncode == 0, done.stderr
    with serve(run) as studio:
        leadproof("annotate", "user", "add", "ana@example.org", "--password-file", tmp_path / "password",
                  "--run", run.path)  # fmt: skip
        pushed = leadproof("annotate", "push", "--run", run.path)
        assert pushed.returncode == 0, pushed.stderr
        page_of = {one.mode: one.page for one in read_projects(run)}
        with at_keyboard(browser, studio.url, "ana@example.org", PASSWORD) as page:
            for mode in ("review", "blind"):
                project = int(page_of[mode].split("/projects/")[1].split("/")[0])
                tasks = studio.client.tasks.list(project=project, fields="task_only")
                number = next((task.id for task in tasks if "{{7*7}}" in task.data["positive_question"]), None)
                if number is None:
                    continue
                open_lane(page, f"{studio.url}/projects/{project}/data?task={number}")
                text = page.inner_text(".leadproof")
                for expected in (*QUESTION.split(" \u202e"), *OPTIONS, *(CAPTIONS if mode == "review" else [])):
                    assert " ".join(expected.split()) in " ".join(text.split()), expected
                assert page.locator(".leadproof script, .leadproof b, .leadproof a").count() == 0
                assert page.locator(".leadproof img:not(.lp-image img)").count() == 0
                assert text.count("✔ A. ") == (2 if mode == "review" else 0)
                line = page.locator(".lsf-richtext__line", has_text=RIGHT_TO_LEFT).first
                assert line.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
                if folder := os.environ.get("LEADPROOF_SCREENSHOTS"):
                    page.screenshot(path=str(Path(folder) / f"hostile-{mode}.png"))
                if mode == "review":
                    page.keyboard.press("1")
                    with page.expect_response(lambda got: "/annotations" in got.url and got.request.method == "POST"):
                        page.keyboard.press("Control+Enter")
        pulled = leadproof("annotate", "pull", "--run", run.path)
        assert "no verdict  0" in pulled.stdout, pulled.stdout
    (verdict,) = read_verdicts(run.path)
    assert verdict.shown.positive.options == tuple(OPTIONS)
