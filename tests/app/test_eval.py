"""``leadproof eval``: its flags on a small benchmark, asked of models that are functions in a file."""

import io
import json
import re
import shutil
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests.app.said import Leadproof
from tests.evaluation.asking.made import KNOWS, LIKES_A, MISLED, PAIRS, lines_of, log_of, write_benchmark, write_model

CONTROL = {"\x1b", "\x07", "\u202e", "\r"}


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    return write_benchmark(tmp_path / "bench")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return tmp_path / "run"


def figure(said: str, name: str) -> float:
    """A per cent that stands behind its name at the start of a line."""
    found = re.search(rf"^{name}\s+(\d+\.\d) %", said, re.MULTILINE)
    assert found, said
    return float(found[1])


def test_one_command_asks_scores_and_tells_in_80_columns(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    model = write_model(benchmark, "misled", MISLED)
    said = leadproof(
        "eval", benchmark, "--model", model, "--run", run, "--true-premise", benchmark.with_name("true_premise.json"),
        "--circular", "--push-back",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert (figure(said.out, "RA"), figure(said.out, "MR"), figure(said.out, "true premise")) == (0.0, 100.0, 0.0)
    assert figure(said.out, "circular RA") == 0.0
    assert "plain questions" in said.out
    assert "By the released rule: RA 0.0 %, MR 100.0 %" in said.out
    assert max(len(line) for line in said.out.splitlines() if not line.startswith("Written: ")) <= 80
    (folder,) = run.glob("eval/*/*/001")
    assert f"Written: {folder}" in said.out
    replies, scores = folder / "replies.jsonl", json.loads((folder / "scores.json").read_text())
    assert (scores["ra"], scores["mr"], scores["true_premise"]) == (0.0, 1.0, 0.0)
    again = leadproof(
        "score", benchmark, replies, "--true-premise", benchmark.with_name("true_premise.json"), "--json"
    )  # fmt: skip
    assert json.loads(again.out)["table"] == scores["table"]


def test_json_is_one_document_with_all_figures_and_the_same_again(
    leadproof: Leadproof, benchmark: Path, run: Path
) -> None:
    model = write_model(benchmark, "likes A", LIKES_A)
    ask = ("eval", benchmark, "--model", model, "--run", run, "--circular", "--json")
    first, again = json.loads(leadproof(*ask).out), json.loads(leadproof(*ask).out)
    assert (first["changed"], again["changed"]) == (True, False)
    assert (first["asked"]["requests"], again["asked"]["requests"]) == (8 * PAIRS, 0)
    changing = {"changed", "asked"}
    assert {key: one for key, one in first.items() if key not in changing} == {
        key: one for key, one in again.items() if key not in changing
    }
    assert (first["circular"]["ra"], first["letters"]["letter"], first["official"]["scorer"]) == (0.0, "A", "official")
    assert first["baselines"]["always A"]["ra"] == first["ra"]


def test_repeating_it_says_that_there_is_nothing_to_do(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    model = write_model(benchmark, "knows")
    ask = ("eval", benchmark, "--model", model, "--run", run)
    assert leadproof(*ask).code == 0
    again = leadproof(*ask)
    assert (again.code, again.out.startswith("Nothing to do: asked and scored before, in ")) == (0, True)


def test_an_estimate_is_what_is_then_asked_and_asks_nothing(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    model = write_model(benchmark, "knows", 'return right or "notes"')
    for flags in (
        ("--limit", 2), (), ("--circular",), ("--push-back",), ("--strategy", "content-guided"),
        ("--strategy", "content-guided", "--circular", "--push-back"), ("--blind",),
    ):  # fmt: skip
        ask = ("eval", benchmark, "--model", model, "--run", run, *flags)
        before = len(log_of(model))
        found = json.loads(leadproof(*ask, "--estimate", "--json").out)
        assert len(log_of(model)) == before
        done = json.loads(leadproof(*ask, "--json").out)
        assert sum(found["requests"].values()) == done["asked"]["asked"] == len(log_of(model)) - before, flags
        rest = json.loads(leadproof(*ask, "--estimate", "--json").out)
        assert (rest["requests"], rest["usd"]) == ({}, 0), flags


def test_the_content_is_extracted_once_an_image(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    model = write_model(benchmark, "guided", f'if not stem:\n    return "Text: notes on it."\n{KNOWS}')
    said = leadproof("eval", benchmark, "--model", model, "--run", run, "--strategy", "content-guided")
    assert said.code == 0, said.err
    images = PAIRS // 2
    asked = log_of(model)
    extractions = [one for one in asked if one["turns"][-1][1].startswith("<image>\nNote what")]
    assert (len(extractions), len(asked)) == (images, images + 2 * PAIRS)
    assert all("Text: notes on it." in one["turns"][-1][1] for one in asked if one not in extractions)
    assert "on bench, content-guided" in said.out


def test_blind_nothing_of_the_image_is_shown_and_none_is_needed(
    leadproof: Leadproof, benchmark: Path, run: Path
) -> None:
    for image in benchmark.parent.glob("*.png"):
        image.unlink()
    model = write_model(benchmark, "knows")
    refused = leadproof("eval", benchmark, "--model", model, "--run", run)
    assert (refused.code, "--blind" in refused.err, run.exists()) == (2, True, False)
    said = leadproof("eval", benchmark, "--model", model, "--run", run, "--blind")
    assert said.code == 0, said.err
    assert {one["images"] for one in log_of(model)} == {0}
    assert not any("<image>" in text for one in log_of(model) for _, text in one["turns"])
    assert len(log_of(model)) == 2 * PAIRS


def test_a_guard_is_asked_beside_it_and_scored_apart(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    model = write_model(
        benchmark, "knows", f'if not stem:\n    return "Two." if "How many" in texts[0] else "no"\n{KNOWS}'
    )
    guard = benchmark.with_name("vqa.jsonl")
    rows = [{"id": at, "question": asked, "image": f"{at}.png", "answer": answer}
            for at, (asked, answer) in enumerate((("How many?", "two"), ("Is it?", "yes"), ("Is it so?", "no"), ("Is?", "yes")))]  # fmt: skip  # noqa: E501
    guard.write_text("".join(json.dumps(row) + "\n" for row in rows))
    ask = ("eval", benchmark, "--model", model, "--run", run, "--strategy", "warned", "--guard", guard)
    said = leadproof(*ask, "--guard-images", benchmark.parent)
    assert said.code == 0, said.err
    assert figure(said.out, "guard") == 50.0
    (folder,) = run.glob("eval/*/*/001")
    assert [row["score"] for row in lines_of(folder / "guard.jsonl")] == [1.0, 0.0, 1.0, 0.0]
    guarded = [one for one in log_of(model) if "single word" in one["turns"][-1][1]]
    assert len(guarded) == 4
    assert all(one["images"] == 1 and len(one["turns"]) == 1 for one in guarded), "plainly, whatever the strategy"
    assert json.loads((folder / "scores.json").read_text())["guard"] == {"score": 0.5, "questions": 4}


def test_status_and_gc_know_evaluations(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    down = benchmark.with_name("down")
    model = write_model(
        benchmark, "knows", f'if Path({str(down)!r}).exists() and "question 2" in stem:\n    return ""\n{KNOWS}'
    )
    ask = ("eval", benchmark, "--model", model, "--run", run)
    assert leadproof(*ask).code == 0
    assert leadproof(*ask, "--blind").code == 0
    status = leadproof("status", "--run", run)
    assert "8 pairs, 16 questions" in status.out
    assert len(json.loads(leadproof("status", "--run", run, "--json").out)) == 2
    (plain, *_) = sorted(run.glob("eval/*/*/001"), key=lambda one: "blind" in one.parent.name)
    newer = plain.with_name("002")
    shutil.copytree(plain, newer)
    (newer / "manifest.json").write_text((plain / "manifest.json").read_text().replace('"number": 1', '"number": 2'))
    said = leadproof("gc", "--run", run)
    assert f"deleted {plain.relative_to(run)}" in said.out
    assert sorted(run.glob("eval/*/*/[0-9]*")) == sorted([newer, *run.glob("eval/*/*blind*/001")])
    assert "Nothing to do" in leadproof(*ask).out


def hostile(benchmark: Path, text: str) -> None:
    """Put a text wherever a benchmark has one of its own."""
    rows = json.loads(benchmark.read_text())
    key = json.loads(benchmark.with_name("key.json").read_text())
    for row in rows:
        row["id"] = row["id"] + text
        row["question"] = row["question"].replace("which number", f"which {' '.join(text.split())} number", 1)
    benchmark.write_text(json.dumps(rows))
    turned = {
        stem.replace("which number", f"which {' '.join(text.split())} number", 1): one for stem, one in key.items()
    }
    benchmark.with_name("key.json").write_text(json.dumps(turned))


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x1b[2J\x07\u202eowned", "x" * 5_000, "../../../etc/passwd", "|`*_[](){}$\\"]
)
def test_hostile_names_reach_neither_terminal_nor_folder(
    leadproof: Leadproof, benchmark: Path, run: Path, text: str
) -> None:
    hostile(benchmark, text)
    half = 'return "" if "question 1:" in stem else right'
    model = write_model(
        benchmark, text, f'said = {half.removeprefix("return ")}\nreturn f"({{said}}) {{texts[0]}}" if said else said'
    )
    said = leadproof("eval", benchmark, "--model", model, "--run", run, "--circular", "--push-back")
    assert said.code == 0, said.err
    assert not CONTROL & set(said.out + said.err)
    assert max(len(line) for line in said.out.splitlines() if not line.startswith("Written: ")) <= 80
    (folder,) = run.glob("eval/*/*")
    assert re.fullmatch(r"[A-Za-z0-9.-]{1,80}", folder.name)
    assert json.loads((folder / "001" / "manifest.json").read_text())["model"] == text
    assert not list(run.glob("**/passwd*"))
    for command in (("status", "--run", run), ("gc", "--run", run)):
        told = leadproof(*command)
        assert (told.code, CONTROL & set(told.out + told.err)) == (0, set())


def test_a_model_that_is_a_file_needs_no_backend_and_a_name_needs_one_word(
    leadproof: Leadproof, benchmark: Path, run: Path
) -> None:
    model = write_model(benchmark, "knows")
    assert leadproof("eval", benchmark, "--backend", model, "--run", run).code == 0
    assert "Nothing to do" in leadproof("eval", benchmark, "--model", model, "--run", run).out
    nobody = leadproof("eval", benchmark, "--run", run)
    assert (nobody.code, "no model is named" in nobody.err) == (2, True)


def test_without_a_run_the_benchmarks_own_is_taken(leadproof: Leadproof, benchmark: Path, tmp_path: Path) -> None:
    model = write_model(benchmark, "knows")
    lost = leadproof("eval", benchmark, "--model", model)
    assert (lost.code, "--run" in lost.err) == (2, True)
    (tmp_path / "leadproof.toml").write_text("")
    assert leadproof("eval", benchmark, "--model", model).code == 0
    assert len(list(tmp_path.glob("eval/*/*/001"))) == 1


def test_what_fails_at_the_start_leaves_no_run_behind(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    model = write_model(benchmark, "knows", "raise ValueError('a bug')")
    said = leadproof("eval", benchmark, "--model", model, "--run", run, "--strategy", "nobody's")
    assert (said.code, run.exists()) == (2, False)
    bug = leadproof("eval", benchmark, "--model", model, "--run", run)
    assert (bug.code, len(bug.err.splitlines()), "a bug" in bug.err) == (1, 1, True)
    assert not list(run.glob("eval/*"))


def test_the_files_end_lines_as_everywhere(leadproof: Leadproof, benchmark: Path, run: Path) -> None:
    with redirect_stdout(io.StringIO()):
        leadproof("eval", benchmark, "--model", write_model(benchmark, "knows"), "--run", run)
    (folder,) = run.glob("eval/*/*/001")
    assert all(b"\r" not in path.read_bytes() for path in folder.iterdir())
