"""A benchmark asked, scored and written: what is asked again and what is not, what is refused, what the files hold."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.asking import Way, evaluate, images_of, images_of_guard
from evaluation.asking.naming import folder_name, slug
from evaluation.asking.stage import chosen
from evaluation.benchmarks import Item, open_benchmark
from evaluation.guard import read_guard
from evaluation.replies import read_replies
from evaluation.results import find_results, read_result
from evaluation.score import score
from mllm import Ways
from schemas.errors import BadConfig, BadInput, UnknownName, WorkFailed
from schemas.run import RunFolder
from tests.evaluation.asking.conftest import QUICK, Evaluate
from tests.evaluation.asking.made import KNOWS, MISLED, PAIRS, lines_of, log_of, write_model

FILES = ("replies.jsonl", "rows.jsonl", "scores.json")


def test_what_is_written_is_what_score_makes_of_the_replies(ask: Evaluate, benchmark: Path) -> None:
    done = ask(f'if "4" in stem:\n    return f"({{right}})"\n{MISLED}')
    replies = done.stage.path / "replies.jsonl"
    for scorer in ("strict", "official"):
        found = score(benchmark, replies, scorer=scorer)
        written = json.loads((done.stage.path / "scores.json").read_text())
        written = written if scorer == "strict" else written["official"]
        for name in ("ra", "mr", "ra_ci", "table", "unread", "by_category", "letters"):
            assert found.to_json()[name] == written[name], name
    assert len(read_replies(replies)) == 2 * PAIRS


def test_readers_that_differ_are_listed_with_what_was_said(ask: Evaluate) -> None:
    done = ask(f'if stem.startswith("Plain question 4"):\n    return f"({{right}}) I am sure."\n{KNOWS}')
    found = json.loads((done.stage.path / "scores.json").read_text())
    (listed,) = found["differences"]
    assert (listed["question_type"], listed["official"], listed["strict"]) == ("POS", "E", "A")
    assert listed["text"] == "(A) I am sure."
    assert (found["ra"], found["official"]["ra"]) == (1.0, (PAIRS - 1) / PAIRS)
    assert (found["scorer"], found["official"]["scorer"]) == ("strict", "official")


def test_repeating_it_asks_and_writes_nothing(ask: Evaluate, benchmark: Path) -> None:
    first = ask(KNOWS)
    before = sorted(path.name for path in first.stage.path.parent.iterdir())
    again = ask(KNOWS)
    assert (first.changed, again.changed, again.findings) == (True, False, None)
    assert again.stage.path == first.stage.path
    assert sorted(path.name for path in first.stage.path.parent.iterdir()) == before
    assert len(log_of(benchmark.with_name("model.py"))) == 2 * PAIRS


@pytest.mark.parametrize(
    "other", [{"strategy": "warned"}, {"circular": True}, {"blind": True}, {"push_back": True}, {"limit": 3},
              {"max_tokens": 99}, {"seed": 5}],
)  # fmt: skip
def test_another_way_of_asking_has_a_folder_of_its_own(ask: Evaluate, other: dict[str, object]) -> None:
    one, two = ask(KNOWS), ask(KNOWS, **other)
    assert one.stage.path.parent != two.stage.path.parent
    assert one.stage.path.parent.parent == two.stage.path.parent.parent
    assert two.manifest.number == 1


def test_a_changed_benchmark_image_or_model_is_asked_anew(ask: Evaluate, benchmark: Path, run: RunFolder) -> None:
    ask(KNOWS)
    rows = json.loads(benchmark.read_text())
    rows[0]["ground_truth"], rows[1]["question"] = "D", rows[1]["question"] + " Or so."
    benchmark.write_text(json.dumps(rows))
    changed = ask(KNOWS)
    assert changed.tally.asked == 1, "one question reads differently; another has another key, and its reply is kept"
    shutil.copy(benchmark.with_name("0.png"), benchmark.with_name("1.png"))
    image = ask(KNOWS)
    assert image.tally.asked == 4, "the questions on that image"
    ask(f"{KNOWS}  # mended")
    assert len(find_results(run.path)) == 4


def test_measurements_beside_the_answers_ask_for_no_answer_again(ask: Evaluate) -> None:
    ask(KNOWS)
    assert ask(KNOWS, push_back=True).tally.asked == 2 * PAIRS
    assert ask(KNOWS, circular=True).tally.asked == 3 * 2 * PAIRS
    assert ask(KNOWS, circular=True, push_back=True).tally.asked == 0
    assert ask(KNOWS, limit=3).tally.asked == 0


def test_replies_that_are_missing_stop_it_or_count_as_wrong_and_are_asked_next_time(
    ask: Evaluate, benchmark: Path
) -> None:
    down = benchmark.with_name("down")
    fails = f'if Path({str(down)!r}).exists() and "question 2" in stem:\n    raise TimeoutError("gone")\n{KNOWS}'
    down.touch()
    with pytest.raises(WorkFailed, match=r"2 of 16 questions have no reply.*gone"):
        ask(fails, concurrency=1)
    part = ask(fails, incomplete=True, concurrency=1)
    assert part.findings is not None
    assert part.findings.score("strict").overall.table.ra == (PAIRS - 1) / PAIRS
    assert part.manifest.notes["without a reply"] == 2
    assert [row["status"] for row in lines_of(part.stage.path / "replies.jsonl")].count("failed") == 2
    still = ask(fails, incomplete=True, concurrency=1)
    assert (still.changed, still.stage.path) == (False, part.stage.path)
    down.unlink()
    whole = ask(fails)
    assert (whole.changed, whole.tally.asked, whole.manifest.number) == (True, 2, 2)
    assert whole.findings is not None
    assert whole.findings.score("strict").overall.table.ra == 1.0
    assert not ask(fails).changed


def test_the_same_replies_give_the_same_files_however_many_are_out_at_once(ask: Evaluate, tmp_path: Path) -> None:
    one = ask(MISLED, circular=True, push_back=True, concurrency=1)
    files = (*FILES, "rotations.jsonl", "push_back.jsonl")
    before = {name: (one.stage.path / name).read_bytes() for name in files}
    shutil.move(one.stage.path.parents[2], tmp_path / "kept")
    two = ask(MISLED, circular=True, push_back=True, concurrency=16)
    assert {name: (two.stage.path / name).read_bytes() for name in files} == before
    assert two.tally.asked == 0
    (tmp_path / "run" / "journal.sqlite").unlink()
    shutil.rmtree(two.stage.path.parents[2])
    three = ask(MISLED, circular=True, push_back=True, concurrency=16)
    assert {name: (three.stage.path / name).read_bytes() for name in files} == before


def test_rows_stand_in_the_benchmarks_order_and_are_read_back(ask: Evaluate, benchmark: Path) -> None:
    done = ask(MISLED)
    rows = json.loads(benchmark.read_text())
    for name in FILES[:2]:
        found = lines_of(done.stage.path / name)
        assert [(row["id"], row["question_type"]) for row in found] == [
            (row["id"], row["question_type"]) for row in rows
        ]
    back = read_result(done.stage.path)
    assert done.findings is not None
    assert list(back.rows) == [one.rotations[0].reading for one in done.findings.asked]
    assert back.label == "model"


def test_images_that_are_not_at_hand_are_named_before_anything_is_asked(ask: Evaluate, benchmark: Path) -> None:
    benchmark.with_name("1.png").unlink()
    with pytest.raises(BadInput, match=r"1 image cannot be used: 1\.png"):
        ask(KNOWS)
    assert log_of(benchmark.with_name("model.py")) == []
    assert ask(KNOWS, blind=True).changed
    chosen_pairs = [one for one in range(1, 5) if not missing(open_benchmark(benchmark).items, one)]
    for pairs in chosen_pairs:
        assert ask(KNOWS, limit=pairs).changed, "of so many pairs all images are there"


def missing(items: tuple[Item, ...], limit: int) -> bool:
    return any(item.image == "1.png" for item in chosen(items, Way(limit=limit)))


def test_images_that_may_not_leave_are_sent_to_no_host_outside(benchmark: Path, run: RunFolder) -> None:
    opened = open_benchmark(benchmark)
    located = images_of(opened)
    kept = {name: type(part)(part.ref, part.path, may_leave=name != "2.png") for name, part in located.parts.items()}
    images = type(located)(kept, ())
    away = str(write_model(benchmark, "away", told={"HOST": "api.example.com"}))
    with run.writing():
        with pytest.raises(BadInput, match=r"1 images may not be sent to api\.example\.com, 2\.png among them"):
            evaluate(run, opened, images, Ways(away, tries=QUICK))
        assert log_of(Path(away)) == []
        assert evaluate(run, opened, images, Ways(away, tries=QUICK), Way(blind=True)).changed
    (run.path / "leadproof.toml").write_text('[model]\nallow_hosts = ["api.example.com"]\n')
    allowed = RunFolder.open(run.path)
    with allowed.writing():
        assert evaluate(allowed, opened, images, Ways(away, tries=QUICK)).changed


def test_a_guard_whose_images_are_missing_is_not_asked_blind(ask: Evaluate, tmp_path: Path, benchmark: Path) -> None:
    file = tmp_path / "vqa.jsonl"
    file.write_text(json.dumps({"id": 1, "question": "How many?", "image": "gone.png", "answer": "2"}) + "\n")
    guard = read_guard(file, benchmark.parent)
    with pytest.raises(BadInput, match=r"gone\.png"):
        ask(KNOWS, guard=guard, guard_images=images_of_guard(guard))
    assert log_of(benchmark.with_name("model.py")) == []


def test_what_a_model_cannot_do_is_said_before_anything_is_asked(ask: Evaluate, benchmark: Path) -> None:
    for flag, way in (
        ("--by likelihood", {"by": "likelihood"}), ("--internals", {"internals": True}),
        ("--efficiency", {"efficiency": True}), ("--strategy attention-guided", {"strategy": "attention-guided"}),
    ):  # fmt: skip
        with pytest.raises(BadConfig, match=flag):
            ask(KNOWS, **way)
    with pytest.raises(BadConfig, match="needs the image"):
        ask(KNOWS, strategy="content-guided", blind=True)
    with pytest.raises(UnknownName, match="warned"):
        ask(KNOWS, strategy="warn")
    assert log_of(benchmark.with_name("model.py")) == []


def test_so_many_pairs_are_the_same_for_every_model_and_whole(ask: Evaluate, benchmark: Path) -> None:
    ids = []
    for name in ("one", "another"):
        done = ask(KNOWS, name=name, limit=3)
        assert done.findings is not None
        ids.append([one.item.id for one in done.findings.asked])
        assert done.findings.score("strict").overall.table.pairs == 3
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2 * len(set(ids[0])) == 6
    items = open_benchmark(benchmark).items
    nested = [{item.id for item in chosen(items, Way(limit=limit))} for limit in range(1, PAIRS + 1)]
    assert all(smaller < larger for smaller, larger in pairwise(nested)), "a pilot is part of it"
    assert {item.id for item in chosen(items, Way(limit=3, seed=1))} != nested[2]


NAMES = st.text(max_size=200) | st.sampled_from(["..", ".", "", "/etc/passwd", "a/../../b", "\x00", "‮", "日本", "CON"])


@given(NAMES, NAMES, st.lists(NAMES, max_size=2))
def test_folder_names_are_three_parts_that_climb_nowhere(benchmark: str, model: str, unusual: list[str]) -> None:
    name = folder_name(benchmark, model, unusual, {"model": model})
    parts = name.split("/")
    assert len(parts) == 3
    assert parts[0] == "eval"
    assert all(part.isascii() and part.isprintable() and not part.startswith((".", "-")) for part in parts)
    assert all(0 < len(part.encode()) <= 200 for part in parts)
    assert name != folder_name(benchmark, model, unusual, {"model": model, "more": 1})


def test_a_slug_keeps_what_is_readable() -> None:
    assert slug("gpt-4o-mini") == "gpt-4o-mini"
    assert slug("Qwen/Qwen2-VL 7B") == "Qwen-Qwen2-VL-7B"
    assert slug("日本") == slug("...") == slug("") == "unnamed"
