"""Evaluations read back: from a numbered folder, from the folder that holds these, from a file of rows."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.results import find_results, read_result
from evaluation.score import score_readings
from evaluation.scores import Reading
from schemas.errors import BadInput
from schemas.run import RunFolder

NAME = "eval/bench/model-0123abcd"


def readings(letter: str = "A") -> list[Reading]:
    return [
        Reading(f"attribute/shape/{at}", half, "false-premise", "attribute/shape", f"{at}.jpg", "A", letter, letter, at)
        for at in range(1, 4)
        for half in ("POS", "NEG")
    ]


def rows_of(found: list[Reading]) -> str:
    return "".join(json.dumps(row) + "\n" for row in score_readings(found).rows())


def written(run: RunFolder, name: str = NAME, letter: str = "A", **more: str) -> Path:
    found = readings(letter)
    files = {"rows.jsonl": rows_of(found), "scores.json": json.dumps(score_readings(found).to_json()), **more}
    with run.writing(), run.stage(name) as stage:
        for file, text in files.items():
            (stage.path / file).write_text(text)
            stage.add(stage.path / file)
        config: dict[str, Any] = {"benchmark": "bench", "digest": "0" * 16, "unusual": ["warned"]}
        stage.commit(config=config, counts={}, model="model")
    return stage.path


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


def test_an_evaluation_comes_back_whole(run: RunFolder) -> None:
    guard = json.dumps({"id": "g1", "image": "g.jpg", "score": 0.6})
    folder = written(run, **{"guard.jsonl": guard, "efficiency.json": '{"tokens_per_s": 3.5}'})
    found = read_result(folder)
    assert (found.model, found.benchmark, found.digest, found.label) == ("model", "bench", "0" * 16, "model (warned)")
    assert list(found.rows) == readings()
    assert found.scores["ra"] == 1.0
    assert [(one.id, one.image, one.score) for one in found.guard] == [("g1", "g.jpg", 0.6)]
    assert found.efficiency == {"tokens_per_s": 3.5}
    assert score_readings(found.rows).to_json() == found.scores


def test_the_newest_number_counts_and_one_that_was_not_committed_does_not(run: RunFolder) -> None:
    first = written(run)
    second = written(run, letter="B")
    draft = second.with_name("003")
    draft.mkdir()
    (draft / "rows.jsonl").write_text(rows_of(readings("C")))
    assert read_result(run.path / NAME).path == second
    assert read_result(first).path == first
    assert read_result(run.path / NAME).rows[0].strict == "B"


def test_numbers_are_compared_as_numbers(run: RunFolder) -> None:
    folder = written(run)
    for number in ("0999", "1000"):
        folder.with_name(number).mkdir()
        for file in ("rows.jsonl", "scores.json", "manifest.json"):
            (folder.with_name(number) / file).write_text((folder / file).read_text())
    assert read_result(run.path / NAME).path.name == "1000"


def test_all_evaluations_below_a_folder_are_found_each_once(run: RunFolder) -> None:
    written(run)
    newest = [written(run), written(run, "eval/bench/other-1"), written(run, "eval/second/model-2")]
    assert find_results(run.path) == sorted(newest)
    assert find_results(run.path / "eval" / "bench") == sorted(newest[:2])
    assert find_results(newest[0]) == [newest[0]]
    assert find_results(newest[0].parent) == [newest[0]]
    assert find_results(run.path / "ingest") == []


def test_a_file_of_rows_is_an_evaluation_without_scores(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(rows_of(readings("B")))
    found = read_result(path)
    assert (found.model, found.label, found.benchmark) == ("mine", "mine", "")
    assert list(found.rows) == readings("B")
    assert (found.scores, found.guard, found.efficiency) == ({}, (), None)


def test_older_rows_without_kind_category_and_image_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    row = {"id": "attribute/shape/7", "question_type": "NEG", "gold": "B", "official": "E", "strict": None, "more": 1}
    path.write_text(json.dumps(row))
    (found,) = read_result(path).rows
    assert (found.kind, found.category, found.image) == ("false-premise", "attribute/shape", "attribute/shape/7")
    assert found.strict is None


ROW = {"id": "a/b/1", "question_type": "POS", "gold": "A", "official": "A", "strict": "A"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("[]", "no rows"),
        ("not json", "rows.jsonl"),
        (json.dumps({key: value for key, value in ROW.items() if key != "strict"}), "no strict"),
        (json.dumps("a"), "rows.jsonl:1"),
        (json.dumps(ROW | {"strict": 3}), "strict of the row is not a text"),
        (json.dumps(ROW | {"id": ["a"]}), "is not a text"),
        (json.dumps(ROW | {"image": {}}), "is not a text"),
        (json.dumps(ROW | {"kind": 7}), "kind"),
        (json.dumps(ROW | {"kind": "rumour"}), "kind"),
        (json.dumps(ROW | {"category": 3}), "is not a text"),
        (json.dumps(ROW | {"group": []}), "is not a text"),
        (json.dumps(ROW | {"row": "x"}), "row"),
        (json.dumps(ROW | {"yes_no": "no"}), "yes_no"),
    ],
)
def test_rows_that_are_none_are_said_to_be(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(text)
    with pytest.raises(BadInput, match=says) as caught:
        read_result(path)
    assert "rows.jsonl" in str(caught.value)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("scores.json", "[]", "not a JSON object"),
        ("scores.json", "{", "cannot be read"),
        ("efficiency.json", "7", "not a JSON object"),
        ("guard.jsonl", '{"id": "g"}', "not a row of a guard"),
        ("guard.jsonl", '{"id": "g", "image": "i", "score": "much"}', "not a row of a guard"),
        ("guard.jsonl", '{"id": "g", "image": "i", "score": NaN}', "not in"),
        ("guard.jsonl", '{"id": "g", "image": "i", "score": 3}', "not in"),
    ],
)
def test_a_damaged_evaluation_is_named_with_its_file(run: RunFolder, file: str, text: str, says: str) -> None:
    folder = written(run, **{file: text})
    with pytest.raises(BadInput, match=says) as caught:
        read_result(folder)
    assert file in str(caught.value)


def test_what_is_no_evaluation_is_said_to_be_none(tmp_path: Path, run: RunFolder) -> None:
    for path in (tmp_path / "gone", run.path, run.path / "eval"):
        with pytest.raises(BadInput, match="no evaluation"):
            read_result(path)


def test_a_label_is_fit_for_a_table_whatever_the_model_is_called(run: RunFolder) -> None:
    with run.writing(), run.stage(NAME) as stage:
        (stage.path / "rows.jsonl").write_text(rows_of(readings()))
        (stage.path / "scores.json").write_text("{}")
        config = {"unusual": ["\x1b[2Jwarned"]}
        stage.commit(config=config, counts={}, model="<script>\n" + "x" * 5_000)
    label = read_result(stage.path).label
    assert len(label) < 90
    assert label.isprintable()
