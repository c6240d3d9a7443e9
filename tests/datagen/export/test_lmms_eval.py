"""The package for lmms-eval, by itself: that the harness runs it is tested in ``test_lmms_eval_runs.py``."""

import importlib.util
import json
import math
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from datagen.export import ExportPair
from datagen.export.llava import LETTER_PROMPT
from evaluation.readers.official import read as official
from evaluation.readers.strict import strict
from evaluation.replies import Reply
from evaluation.score import score_rows
from schemas.mmr import read_rows, rows_to_pairs
from tests.datagen.export.test_export import PAIRS, bytes_of, export, pair, question
from tests.datagen.export.test_open_questions import OPEN
from tests.evaluation.reply_styles import MEANT, NOTHING

COLORS = ("blue", "black", "grey", "pink", "brown", "orange", "yellow", "purple")
MANY = [ExportPair(pair("path:b.jpg", color=color), "benchmark") for color in COLORS]
# Reads [[reply, options], …] on its standard input with the package given; no other package is at hand to it.
READ_ALONE = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("utils", sys.argv[1] + "/utils.py")
utils = importlib.util.module_from_spec(spec)
spec.loader.exec_module(utils)
rows = json.load(sys.stdin)
json.dump([utils._read({"options": options}, reply) for reply, options in rows], sys.stdout)
"""


@pytest.fixture(autouse=True)
def _forget_readers() -> Iterator[None]:
    """Each package brings a reader of the same name."""
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "leadproof_reader"]:
        del sys.modules[name]


def utils_of(folder: Path) -> ModuleType:
    """Loaded as lmms-eval loads it: by path, outside any package."""
    spec = importlib.util.spec_from_file_location("utils", folder / "utils.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def docs_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def replied(docs: list[dict[str, Any]], seed: int = 0) -> list[str]:
    """Replies in all styles: most commit to a letter, right or wrong, some to none."""
    chance = random.Random(seed)
    replies = []
    for doc in docs:
        options = dict(zip("ABCD", doc["options"], strict=True))
        meant = doc["ground_truth"] if chance.random() < 0.6 else chance.choice("ABCD")
        other = next(letter for letter in "ABCD" if letter != meant)
        style = chance.choice(list((MEANT if chance.random() < 0.85 else NOTHING).values()))
        replies.append(style(options, meant, other).strip())
    return replies


def test_data_are_rows_that_score_reads_with_their_options_beside(tmp_path: Path) -> None:
    counts = export("lmms-eval", tmp_path)
    assert counts == {"benchmark pairs": 1, "true_premise pairs": 1, "left out, of other splits": 2}
    rows = read_rows(tmp_path / "benchmark.jsonl")
    (back,) = rows_to_pairs(rows, image_ref=lambda name: f"path:{name}").pairs
    assert back.pair_id == PAIRS[1].pair.pair_id
    assert {row.premise for row in read_rows(tmp_path / "true_premise.jsonl")} == {"true"}
    for row, doc in zip(rows, docs_of(tmp_path / "benchmark.jsonl"), strict=True):
        assert row.parsed is not None
        assert doc["options"] == list(row.parsed.options)
        assert row.parsed.reading_order == "ABCD"


def test_the_rows_of_a_pair_stand_side_by_side(tmp_path: Path) -> None:
    export("lmms-eval", tmp_path, MANY)
    docs = docs_of(tmp_path / "benchmark.jsonl")
    assert all(one["id"] == two["id"] for one, two in list(pairwise(docs))[::2])
    assert {doc["question_type"] for doc in docs[::2]} == {"POS", "NEG"}  # which comes first is drawn


def test_a_task_without_pairs_is_not_there(tmp_path: Path) -> None:
    counts = export("lmms-eval", tmp_path, [PAIRS[2]])
    assert counts == {"true_premise pairs": 1}
    assert {path.name for path in tmp_path.glob("leadproof*.yaml")} == {"leadproof_true_premise.yaml"}


def test_what_the_task_cannot_ask_is_left_out_and_counted(tmp_path: Path) -> None:
    confusing = question("D.y", ["C.", "D.", "B"], "path:b.jpg", range(3))
    unwritable = pair("path:b.jpg").model_copy(update={"negative": confusing})
    given = [ExportPair(pair(kind="contrast"), "benchmark"), ExportPair(OPEN, "benchmark"), PAIRS[0]]
    assert export("lmms-eval", tmp_path, [*given, ExportPair(unwritable, "benchmark")]) == {
        "left out, contrast": 1, "left out, open-question": 1, "left out, of other splits": 1,
        "left out, not to be written as one text": 1,
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_code_and_settings_hold_no_data_and_no_place(tmp_path: Path) -> None:
    for place, pairs in (("one", PAIRS), ("another", MANY)):
        (tmp_path / place).mkdir()
        export("lmms-eval", tmp_path / place, pairs)
    one, another = bytes_of(tmp_path / "one"), bytes_of(tmp_path / "another")
    assert {name for name in another if one[name] != another[name]} == {"benchmark.jsonl"}
    assert not any(str(tmp_path).encode() in content for content in one.values())


@pytest.mark.parametrize("task", ["leadproof", "leadproof_true_premise"])
def test_questions_are_asked_as_the_benchmark_asks_them(task: str, tmp_path: Path) -> None:
    export("lmms-eval", tmp_path)
    said = (tmp_path / f"{task}.yaml").read_text(encoding="utf-8")
    assert rf'post_prompt: "\n{LETTER_PROMPT}"' in said
    (doc, _) = docs_of(tmp_path / "benchmark.jsonl")
    asked = utils_of(tmp_path).doc_to_text(doc, {"pre_prompt": "", "post_prompt": f"\n{LETTER_PROMPT}"})
    assert asked == f"{doc['question']}\n{LETTER_PROMPT}"


def test_the_reader_that_comes_along_reads_every_style_as_ours_does(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    export("lmms-eval", tmp_path / "made", MANY)
    (tmp_path / "made").rename(tmp_path / "moved")
    options = [one.text for one in MANY[0].pair.positive.options]
    lettered = dict(zip("ABCD", options, strict=True))
    replies = [style(lettered, "B", "D") for style in (*MEANT.values(), *NOTHING.values())]
    alone = subprocess.run(
        [sys.executable, "-I", "-S", "-c", READ_ALONE, str(tmp_path / "moved")],
        input=json.dumps([[reply, options] for reply in replies]), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(alone.stdout)
    assert found == [[strict(reply, lettered), official(reply, lettered)] for reply in replies]
    assert {strict_read for strict_read, _ in found} == {"B", None}


@pytest.mark.parametrize("seed", range(5))
def test_its_rates_are_those_of_score(seed: int, tmp_path: Path) -> None:
    export("lmms-eval", tmp_path, [*MANY, PAIRS[2]])
    utils = utils_of(tmp_path)
    rows = {name: read_rows(tmp_path / f"{name}.jsonl") for name in ("benchmark", "true_premise")}
    docs = {name: docs_of(tmp_path / f"{name}.jsonl") for name in rows}
    texts = {name: replied(docs[name], seed) for name in rows}
    process = {"benchmark": utils.process_results, "true_premise": utils.process_true_premise}
    seen = {
        name: [process[name](doc, [text]) for doc, text in zip(docs[name], texts[name], strict=True)] for name in rows
    }
    replies = [
        Reply(doc["id"], doc["question_type"], text, 1)
        for name in rows
        for doc, text in zip(docs[name], texts[name], strict=True)
    ]
    ours = score_rows(rows["benchmark"], replies, true_premise=rows["true_premise"])
    released = score_rows(rows["benchmark"], replies, scorer="official").overall.table

    def of(metric: str) -> list[dict[str, Any]]:
        return [one[metric] for one in seen["benchmark"]]

    assert utils.robustness_accuracy(of("ra")) == ours.overall.table.ra
    assert utils.misleading_rate(of("mr")) == ours.overall.table.mr
    assert utils.robustness_accuracy(of("ra_official")) == released.ra
    assert utils.misleading_rate(of("mr_official")) == released.mr
    assert sum(one["unread"] for one in seen["benchmark"]) == ours.overall.unread
    assert utils.leading_right([one["true_premise"] for one in seen["true_premise"]]) == ours.overall.true_premise


def half(pair_id: str, question_type: str, *, right: bool) -> dict[str, Any]:
    return {"pair_id": pair_id, "question_type": question_type, "right": right}


def test_what_cannot_be_told_is_not_a_number(tmp_path: Path) -> None:
    export("lmms-eval", tmp_path)
    utils = utils_of(tmp_path)
    alone = [half("a", "POS", right=True), half("b", "NEG", right=False)]
    assert math.isnan(utils.robustness_accuracy(alone))
    assert math.isnan(utils.misleading_rate(alone))
    assert math.isnan(utils.leading_right(alone[:1]))
    no_positive = [half("a", "POS", right=False), half("a", "NEG", right=False)]
    assert utils.robustness_accuracy([*no_positive, *alone]) == 0
    assert math.isnan(utils.misleading_rate(no_positive))


def test_images_are_found_wherever_the_folder_is_moved_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    export("lmms-eval", tmp_path / "made")
    Image.new("RGBA", (7, 5), (1, 2, 3, 255)).save(tmp_path / "made" / "b.jpg", "PNG")
    Image.new("RGB", (7, 5)).save(tmp_path / "outside.jpg")
    utils = utils_of((tmp_path / "made").rename(tmp_path / "moved"))
    (image,) = utils.doc_to_visual({"id": "x", "image": "b.jpg"})
    assert (image.mode, image.size, image.getpixel((0, 0))) == ("RGB", (7, 5), (1, 2, 3))
    for outside in ("../outside.jpg", str(tmp_path / "outside.jpg")):
        with pytest.raises(ValueError, match="is not in"):
            utils.doc_to_visual({"id": "x", "image": outside})
    with pytest.raises(FileNotFoundError, match="Put the images where"):
        utils.doc_to_visual({"id": "x", "image": "images/c.jpg"})
