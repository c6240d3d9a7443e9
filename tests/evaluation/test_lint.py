"""Lint: every fault named by file, row and id; sound files have none; unreadable ones raise."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.lint import lint
from schemas.errors import UnreadableFile
from schemas.pair import Option, Pair, Provenance, Question
from schemas.tables import pair_row, to_table, write_table
from schemas.taxonomy import DEFAULT_TAXONOMY, UNSORTED

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "mmr" / "sample.json"


def rows(**change: Any) -> list[dict[str, Any]]:
    """A sound pair, then one whose second row is changed."""
    made = []
    for name in ("1", "2"):
        for kind, gold in (("POS", "A"), ("NEG", "B")):
            made.append({
                "id": f"attribute/number/{name}", "image": f"attribute/number/{name}.jpg",
                "question": f"How many {kind}?\nA. one\nB. two\nC. three\nD. four",
                "ground_truth": gold, "question_type": kind,
            })  # fmt: skip
    made[3].update(change)
    return made


def faults(tmp_path: Path, value: object) -> list[str]:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return [str(fault) for fault in lint(path)]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample is not at hand")
def test_real_rows_have_no_fault() -> None:
    assert lint(SAMPLE) == []


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, rows()) == []


@pytest.mark.parametrize(
    ("change", "row", "says"),
    [
        ({"question": "How many?"}, 4, "the question cannot be split: no lettered options"),
        ({"question": "How many?\nA. one"}, 4, "the question cannot be split"),
        ({"question": "How many?\nA. one\nB. two\nC. One!\nD. four"}, 4, "options A and C are equal"),
        ({"question": "How many?\nA. one\nB. \nC. three\nD. four"}, 4, "option B is empty"),
        ({"question": "A. one\nB. two"}, 4, "the question is empty"),
        ({"ground_truth": "E"}, 4, "the gold letter 'E' is not one of A, B, C, D"),
        ({"ground_truth": ""}, 4, "the gold letter '' is not one of"),
        ({"question_type": "MAYBE"}, 4, "question_type is 'MAYBE', not POS or NEG"),
        ({"question_type": "POS"}, 3, "the pair's rows are POS and POS, not one POS and one NEG"),
        ({"id": "attribute/number/3"}, 4, "the pair has its NEG row only"),
        ({"id": "attribute/weather/2"}, 4, "not begin with a category of the taxonomy: 'attribute/weather'"),
        ({"id": "2"}, 4, "not begin with a category"),
        ({"image": "attribute/number/9.jpg"}, 3, "its two halves are of different images"),
        ({"image": ""}, 4, "the image is empty"),
        ({"image": "../../etc/passwd"}, 4, "outside the image folder"),
        ({"image": "/etc/passwd"}, 4, "outside the image folder"),
        ({"question": "How\u202e many?\nA. one\nB. two"}, 4, "holds control characters (U+202E)"),
        ({"question": "How\x1b[31m many?\nA. one\nB. two"}, 4, "holds control characters (U+001B)"),
        ({"question": rows()[2]["question"], "ground_truth": "A"}, 3, "ask the same question with the same answer"),
        (
            {"question": "How many POS?\nA. two\nB. one\nC. three\nD. four", "ground_truth": "B"},
            3,
            "ask the same question with the same answer",
        ),
        ({"id": "attribute/number/1"}, 3, "the pair has its POS row only"),
    ],
)
def test_names_each_fault_by_row_and_id(tmp_path: Path, change: dict[str, str], row: int, says: str) -> None:
    found = faults(tmp_path, rows(**change))
    assert any(f"file.json (row {row}, id " in fault and says in fault for fault in found), found
    assert not any("\x1b" in fault or "\u202e" in fault or "\n" in fault for fault in found)


def test_names_missing_keys_and_wrong_types_row_by_row(tmp_path: Path) -> None:
    value: list[Any] = rows()
    del value[0]["image"]
    value[1]["question"] = ["not", "text"]
    value.append("no row")
    found = faults(tmp_path, value)
    assert any(" (row 1, id attribute/number/1): image is missing" in fault for fault in found)
    assert any(" (row 2, id attribute/number/1): question is not a string" in fault for fault in found)
    assert any(" (row 5): is not an object" in fault for fault in found)


def test_an_id_that_stands_for_two_pairs_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path, [*rows(), *rows()[:2]])
    assert found == [
        f"{tmp_path}/file.json (row 5, id attribute/number/1): the id stands for another pair in row 1 already"
    ]


def test_a_taxonomy_of_ones_own_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(json.dumps([{**row, "id": "attribute/weather/1", "image": "w.jpg"} for row in rows()[:2]]))
    assert lint(path)
    assert lint(path, taxonomy=DEFAULT_TAXONOMY.extended(("attribute/weather",))) == []


@pytest.mark.parametrize(
    "content", ["", "[]", "{broken", "PAR1 but no table", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_unreadable_files_raise(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UnreadableFile):
        lint(path)


def made(text: str = "How many?") -> Pair:
    half = Question(
        text=text, image="path:a.jpg", options=tuple(Option(text=word) for word in ("one", "two", "three")),
        answer=0, order=(0, 1, 2),
    )  # fmt: skip
    return Pair(
        kind="false-premise", category="attribute/number", positive=half,
        negative=half.model_copy(update={"text": f"Isn't it? {text}"}), provenance=Provenance(generator="test"),
    )  # fmt: skip


def test_pairs_are_linted_as_lines_and_as_parquet(tmp_path: Path) -> None:
    pairs = [made("How many?"), made("How much?")]
    write_table(tmp_path / "pairs.parquet", "pairs", to_table("pairs", [pair_row(pair) for pair in pairs]))
    assert lint(tmp_path / "pairs.parquet") == []
    lines = tmp_path / "pairs.jsonl"
    lines.write_text("\n".join(json.dumps(pair_row(pair)) for pair in pairs), encoding="utf-8")
    assert lint(lines) == []


def test_faults_of_pairs_are_named(tmp_path: Path) -> None:
    values = [pair_row(made()) for _ in range(6)]
    values[1]["positive"]["options"][1]["text"] = "One."
    values[2]["negative"]["answer"] = 7
    values[3]["category"] = "attribute/weather"
    values[4]["negative"]["text"] = "Is\u202e it?"
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(value) for value in values), encoding="utf-8")
    found = [str(fault) for fault in lint(path)]
    for line, says in (
        (2, "positive options A and B are equal"),
        (2, "it was changed after its id was given"),
        (3, "negative: answer 7 is not one of 3 options"),
        (4, "its category is not in the taxonomy"),
        (5, "negative question holds control characters (U+202E)"),
        (6, "the same pair stands in row 1 already"),
    ):
        assert any(f"pairs.jsonl:{line} " in fault and says in fault for fault in found), (line, says, found)


def test_other_parquet_files_raise(tmp_path: Path) -> None:
    write_table(tmp_path / "kept.parquet", "kept", to_table("kept", []))
    with pytest.raises(UnreadableFile, match="kept"):
        lint(tmp_path / "kept.parquet")


def test_rows_of_lines_are_named_by_line_and_those_of_a_list_by_row(tmp_path: Path) -> None:
    bad = [*rows()[:2], rows(ground_truth="E")[3]]
    listed, lines = tmp_path / "file.json", tmp_path / "file.jsonl"
    listed.write_text(json.dumps(bad, indent=1), encoding="utf-8")
    lines.write_text("\n\n".join(map(json.dumps, bad)), encoding="utf-8")
    assert str(lint(listed)[0]).startswith(f"{listed} (row 3, id attribute/number/2): ")
    assert str(lint(lines)[0]).startswith(f"{lines}:5 (id attribute/number/2): ")


def test_a_pair_of_open_questions_is_sound_and_one_open_on_one_side_is_not(tmp_path: Path) -> None:
    one = Option(text="There are two."), Option(text="No, there are two.")
    half = made().positive.model_copy(update={"options": one[:1], "order": (0,)})
    leading = half.model_copy(update={"text": "Aren't there four?", "options": one[1:]})
    pair = made().model_copy(update={"category": UNSORTED, "positive": half, "negative": leading})
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(pair_row(pair)), encoding="utf-8")
    assert lint(path) == []
    mixed = made().model_copy(update={"negative": leading})
    path.write_text(json.dumps({**pair_row(mixed), "pair_id": None}), encoding="utf-8")
    assert ["one of its halves is open" in fault.what for fault in lint(path)] == [True]
