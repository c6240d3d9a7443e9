"""Benchmark files read and written: every shape of file, and one clear line where one is broken."""

import json
from pathlib import Path

import pytest

from schemas.errors import InvalidPair, UnreadableFile
from schemas.mmr import MmrRow, read_json_rows, read_rows, write_rows

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "mmr" / "sample.json"
ROW = {
    "id": "attribute/number/03",
    "image": "attribute/number/03.jpg",
    "question": "How many?\nA. one\nB. two",
    "ground_truth": "B",
    "question_type": "NEG",
}


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "rows.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ROW, ROW]),
        json.dumps([ROW, ROW], indent=1),
        json.dumps(ROW) + "\n" + json.dumps(ROW),
        "\n" + json.dumps(ROW) + "\r\n\r\n" + json.dumps(ROW) + "\n",
        "\ufeff" + json.dumps([ROW, ROW]),
        "\ufeff" + json.dumps(ROW) + "\n" + json.dumps(ROW),
    ],
)
def test_reads_arrays_and_lines_with_and_without_byte_order_mark(tmp_path: Path, text: str) -> None:
    rows = read_rows(written(tmp_path, text))
    assert [row.record() for row in rows] == [ROW, ROW]


def test_says_lines_for_jsonl_and_places_for_arrays(tmp_path: Path) -> None:
    lines = written(tmp_path, f"\n{json.dumps(ROW)}\n\n{json.dumps(ROW)}\n")
    assert [row.row for row in read_rows(lines)] == [2, 4]
    array = written(tmp_path, json.dumps([ROW, ROW], indent=2))
    assert [row.row for row in read_rows(array)] == [1, 2]


def test_tolerates_keys_it_does_not_know(tmp_path: Path) -> None:
    row = {**ROW, "split": "test", "premise": "true", "weight": 3}
    (read,) = read_rows(written(tmp_path, json.dumps(row)))
    assert read.premise == "true"
    assert read.record() == {**ROW, "premise": "true"}


def test_separators_that_json_allows_inside_strings_do_not_break_lines(tmp_path: Path) -> None:
    row = {**ROW, "question": "How\u2028many?\u0085\nA. one\nB. two"}
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for _ in range(2))
    assert [read.question for read in read_rows(written(tmp_path, lines))] == [row["question"]] * 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        (" \n ", "is empty"),
        ("[]", "holds no rows"),
        ("[{", "is not JSON"),
        (json.dumps([ROW])[:-2], "is not JSON"),
        (json.dumps(ROW) + "\n{broken\n", ":2: is not JSON"),
        ("not json at all", ":1: is not JSON"),
        ("[" * 100_000, "is not JSON (it is nested too deeply)"),
        ("1" * 10_000, "is not JSON"),
        (json.dumps([ROW]).encode("utf-16"), "is not UTF-8"),
        ("[{'id': 'é'}]".encode("latin-1"), "is not UTF-8 (byte 9)"),
        (b"PAR1\x00\xff", "is not UTF-8"),
    ],
)
def test_unreadable_files_are_one_clear_error(tmp_path: Path, content: str | bytes, says: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(UnreadableFile) as caught:
        read_rows(path)
    message = str(caught.value)
    assert says in message
    assert str(path) in message
    assert "\n" not in message


def test_missing_files_and_folders_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read_rows(tmp_path / "absent.json")
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_json_rows(tmp_path)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({key: value for key, value in ROW.items() if key != "ground_truth"}, "ground_truth is missing"),
        ({**ROW, "question": None}, "question is not a string"),
        ({**ROW, "ground_truth": 1}, "ground_truth is not a string"),
        ([ROW], "is not an object"),
        ("text", "is not an object"),
        ({"positive": {}, "negative": {}}, "looks like a file of pairs"),
    ],
)
def test_rows_of_wrong_shape_are_named_by_file_row_and_id(tmp_path: Path, value: object, says: str) -> None:
    path = written(tmp_path, json.dumps([ROW, value]))
    with pytest.raises(InvalidPair) as caught:
        read_rows(path)
    assert says in str(caught.value)
    assert f"{path} (row 2" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"question": "no options here"},
        {"question": ""},
        {"question": "Q?\nA. same\nB. same"},
        {"ground_truth": "E"},
        {"ground_truth": ""},
        {"question_type": "NEITHER"},
        {"id": "nothing"},
        {"question": "half a pair \ud800?\nA. x\nB. y"},
    ],
)
def test_faults_of_content_do_not_stop_reading(tmp_path: Path, change: dict[str, str]) -> None:
    rows = read_rows(written(tmp_path, json.dumps([ROW, {**ROW, **change}])))
    assert len(rows) == 2


def test_a_question_without_options_says_why() -> None:
    row = MmrRow(**{**ROW, "question": "no options here"}, row=1)
    assert row.parsed is None
    assert row.unparsed_because == "no lettered options are found in it"


def test_gold_letters_are_read_whatever_their_case() -> None:
    assert MmrRow(**{**ROW, "ground_truth": " b "}, row=1).gold == "B"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    rows = [
        MmrRow(**ROW, row=1),
        MmrRow(**{**ROW, "question": "何？\nA. 一\nB. 二\u2028三"}, row=2, premise="true"),
    ]
    path = tmp_path / "out.json"
    write_rows(path, rows)
    assert read_rows(path) == rows


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample is not at hand")
def test_reads_every_real_row_with_four_options_and_its_gold_among_them() -> None:
    rows = read_rows(SAMPLE)
    assert len(rows) == 72
    for row in rows:
        assert row.parsed is not None, row.id
        assert sorted(row.parsed.by_letter) == ["A", "B", "C", "D"]
        assert row.gold in row.parsed.by_letter
        assert row.parsed.stem
        assert all(row.parsed.options)
