"""Files of benchmarks in every shape: recognised, named, and refused in one line where they are none."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.benchmarks import BENCHMARKS, Item, open_benchmark
from evaluation.benchmarks.naming import LONGEST, name_of
from evaluation.benchmarks.opening import digest_of
from evaluation.benchmarks.peeking import first_keys
from schemas.errors import BadInput, LeadproofError, UnknownName, UnreadableFile
from tests.evaluation.benchmarks.samples import MMR, NATURAL, POPE, SAMPLE, pope, write


def test_the_released_rows_are_read_as_they_stand() -> None:
    if not SAMPLE.exists():
        pytest.skip("the shared sample of MMR is not here")
    found = open_benchmark(SAMPLE)
    rows = json.loads(SAMPLE.read_text(encoding="utf-8"))
    assert [(one.id, one.question_type, one.text, one.gold, one.image) for one in found.items] == [
        (row["id"], row["question_type"], row["question"], row["ground_truth"], row["image"]) for row in rows
    ]
    assert {one.category for one in found.items} == {"/".join(row["id"].split("/")[:2]) for row in rows}
    assert (found.name, found.images, found.left_out) == ("mmr-sample", None, ())


@pytest.mark.parametrize(("rows", "format_"), [(MMR, "mmr"), (POPE, "pope"), (NATURAL, "naturalbench")])
@pytest.mark.parametrize("lines", [True, False])
def test_each_format_is_recognised_and_no_other(tmp_path: Path, rows: Any, format_: str, lines: bool) -> None:
    path = write(tmp_path / "rows.json", rows, lines=lines)
    readers = {name: BENCHMARKS.get(name) for name in BENCHMARKS.names()}
    assert [name for name, reader in readers.items() if reader.recognises(path)] == [format_]
    assert open_benchmark(path) == open_benchmark(path, format=format_)
    for other in set(readers) - {format_}:
        with pytest.raises(BadInput):
            open_benchmark(path, format=other)


def test_images_are_found_beside_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "set" / "rows.json", MMR)
    assert open_benchmark(path).images is None
    for folder in ("set/image", "elsewhere/images"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.png").write_bytes(b"x")
    assert open_benchmark(path).images == (tmp_path / "set" / "image").resolve()
    for said in ("elsewhere", "elsewhere/images"):
        assert open_benchmark(path, images=tmp_path / said).images == (tmp_path / "elsewhere" / "images").resolve()
    (tmp_path / "empty").mkdir()
    assert open_benchmark(path, images=tmp_path / "empty").images == (tmp_path / "empty").resolve()
    with pytest.raises(UnreadableFile, match="no such folder of images"):
        open_benchmark(path, images=tmp_path / "nowhere")


def test_a_folder_of_popes_files_is_one_benchmark(tmp_path: Path) -> None:
    for setting in ("random", "popular", "adversarial"):
        write(tmp_path / "POPE" / f"coco_pope_{setting}.json", POPE, lines=True)
    found = open_benchmark(tmp_path / "POPE")
    assert found.name == "POPE"
    assert {one.category for one in found.items} == {"pope/random", "pope/popular", "pope/adversarial"}
    assert len({one.key for one in found.items}) == len(found.items) == 3 * len(POPE)


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"Did you mean pope.*Known: mmr, pope, naturalbench"):
        open_benchmark(write(tmp_path / "a.json", POPE), format="poope")


def nested(path: Path) -> None:
    path.write_text("[" * 100_000, encoding="utf-8")


HOSTILE: Mapping[str, tuple[str | bytes | Callable[[Path], object], str]] = {
    "nothing": ("", "is empty"),
    "no rows": ("[]", "first row is not an object"),
    "no JSON": ("question,answer\n1,2", "is not JSON"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "not UTF-8"),
    "deep": (nested, "nested"),
    "numbers": ("[1, 2]", "first row is not an object"),
    "other rows": (json.dumps([{"a": 1, "b": 2}]), r"its rows have a, b\. Known formats: mmr, pope, naturalbench"),
    "conversations": (json.dumps([{"id": "1", "conversations": []}]), "training samples"),
    "a pipe": (os.mkfifo, "not an ordinary file"),
    "a key is missing": (json.dumps([{"question": "q", "ground_truth": "A"}]), "id is missing"),
    "a key of another type": (json.dumps([{**MMR[0], "image": ["a.png"]}]), "image is not a string"),
    "half a character": (json.dumps([{**MMR[0], "id": "x/y/\ud800"}, MMR[1]]), "half of a character"),
    "control characters": (json.dumps([{"\x1b[31mred": 1}]), r"its rows have \\x1b\[31mred"),
    "a second line that is none": (json.dumps(MMR[0]) + "\n{", ":2"),
    "an unsaid answer": (json.dumps([pope(1, "a.jpg", "dog", "maybe")]), "label is 'maybe', not yes or no"),
    "a label of another type": (json.dumps([pope(1, "a.jpg", "dog", True)]), "label is not a text"),
    "no image": (json.dumps([{**pope(1, "", "dog", "yes")}]), "image is empty"),
    "a question without end": (json.dumps([pope(1, "a.jpg", "d" * 30_000, "yes")]), "longer than 20,000 characters"),
    "one answer alone": (json.dumps([pope(1, "a.jpg", "dog", "yes")]), "no image has a question whose answer is yes"),
    "a sample twice": (json.dumps([NATURAL[0], NATURAL[0]]), "sample 0 stands in row 1 too"),
    "a column is missing": (
        json.dumps([{key: one for key, one in NATURAL[0].items() if key != "Image_1_Question_1"}]),
        "image_1_question_1 is missing",
    ),
    "another type of question": (json.dumps([{**NATURAL[0], "Question_Type": "open"}]), "question_type is 'open'"),
    "an answer that is none": (
        json.dumps([{**NATURAL[0], "Image_0_Question_0": "Perhaps"}]),
        "'Perhaps', not yes or no",
    ),
    "images within": (json.dumps([{**NATURAL[0], "Image_0": {"bytes": "…"}}]), "image_0 is not a text"),
    "an index of another type": (json.dumps([{**NATURAL[0], "Index": [1]}]), "index is neither"),
    "no contrast": (json.dumps([{**NATURAL[0], "Image_1_Question_0": "Yes"}]), "no sample that contrasts"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_benchmark_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    content, says = HOSTILE[name]
    path = tmp_path / "it.json"
    if callable(content):
        content(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadInput, match=says) as raised:
        open_benchmark(path)
    assert "\n" not in str(raised.value)
    assert "it.json" in str(raised.value)
    assert raised.value.fix


def test_what_is_not_there_or_empty_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file or folder"):
        open_benchmark(tmp_path / "nothing")
    with pytest.raises(UnreadableFile, match="holds no benchmark"):
        open_benchmark(tmp_path)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(UnreadableFile, match="Parquet is not read as a benchmark"):
        open_benchmark(tmp_path / "a.parquet")


@pytest.mark.parametrize("rows", [POPE, NATURAL])
def test_only_rows_of_mmrs_shape_have_true_premises(tmp_path: Path, rows: Any) -> None:
    with pytest.raises(BadInput, match="has no true premises"):
        open_benchmark(write(tmp_path / "a.json", rows), true_premise=write(tmp_path / "b.json", MMR))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
KEYS = st.sampled_from([*MMR[0], *POPE[0], *NATURAL[0]])


@given(
    st.lists(
        st.dictionaries(KEYS, JSON | st.sampled_from(["Yes", "no", "A", "yes_no", "POS"]), max_size=14), max_size=3
    )
)
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    path = write(tmp_path_factory.getbasetemp() / "any.json", rows)
    try:
        said = str(len(open_benchmark(path).items))
    except LeadproofError as error:
        said = str(error)
    assert said not in ("", "0")
    assert "\n" not in said


@given(st.binary(max_size=60))
def test_the_beginning_of_anything_has_keys_or_none(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "beginning.json"
    path.write_bytes(content)
    assert all(isinstance(key, str) for key in first_keys(path))


@given(st.text(max_size=300).filter(lambda name: "/" not in name and "\0" not in name))
def test_a_name_is_fit_for_a_folder(name: str) -> None:
    for path in (Path("/sets") / name / "benchmark.json", Path("/sets") / f"{name}.json", Path("/") / "test.json"):
        found = name_of(path, "0123456789abcdef")
        assert 1 <= len(found) <= LONGEST
        assert found[0].isascii()
        assert found[0].isalnum()
        assert all(one.isascii() and (one.isalnum() or one in "._-") for one in found)
        assert found not in (".", "..")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/sets/MMR-benchmark.json", "MMR-benchmark"), ("/sets/mmr/test.jsonl", "mmr-test"),
        ("/sets/pope/coco_pope_random.json", "coco_pope_random"), ("/sets/mine/benchmark.json", "mine"),
        ("/sets/мой/бенч.json", "benchmark-01234567"), ("/sets/...json", "benchmark-01234567"),
        ("/sets/my set (2).json", "my-set-2"), ("/sets/mmr/003/benchmark.json", "mmr-003"),
    ],
)  # fmt: skip
def test_names_tell_what_is_known(path: str, name: str) -> None:
    assert name_of(Path(path), "0123456789abcdef") == name


def item(**changed: Any) -> Item:
    whole: dict[str, Any] = {
        "id": "a/b/1", "question_type": "POS", "kind": "false-premise", "category": "a/b", "image": "a.png",
        "text": "Q?\nA. x\nB. y", "stem": "Q?", "options": {"A": "x", "B": "y"}, "gold": "A", "row": 1,
    }  # fmt: skip
    return Item(**{**whole, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "a/b/2"}, {"question_type": "NEG"}, {"kind": "contrast"}, {"category": "a/c"}, {"image": "b.png"},
        {"text": "Q?"}, {"stem": "R?"}, {"options": {"B": "y", "A": "x"}}, {"gold": "B"},
        {"style": "words"}, {"group": "g"},
    ],
)  # fmt: skip
def test_the_digest_is_over_all_that_is_asked_and_right(changed: dict[str, Any]) -> None:
    first, second = item(), item(id="a/b/9")
    assert digest_of([first, item(**changed)]) != digest_of([first, item()])
    assert digest_of([first, second]) != digest_of([second, first])  # one of the readers pairs neighbours
    assert digest_of([first, item(row=7)]) == digest_of([first, item()])
    assert len(digest_of([])) == 16
