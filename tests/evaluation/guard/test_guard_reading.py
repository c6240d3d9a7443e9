"""Guards from the files people have: VQAv2, TextVQA, GQA, tables, multiple choice; and what cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.guard import guard_prompt, read_guard
from schemas.errors import BadInput, LeadproofError, UnreadableFile

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "mmr" / "sample.json"


def write(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def row(**changed: Any) -> dict[str, Any]:
    whole = {"id": 7, "image": "a.jpg", "question": "What is it?", "answer": "a dog", **changed}
    return {key: value for key, value in whole.items() if value is not ...}


def only(path: Path) -> Any:
    (item,) = read_guard(path).items
    return item


@pytest.mark.parametrize(
    ("changed", "answers"),
    [
        ({}, ("a dog",)), ({"answer": 3}, ("3",)), ({"answer": ..., "label": "dog"}, ("dog",)),
        ({"answers": ["dog", "puppy"]}, ("dog", "puppy")), ({"answer": "[unclear]"}, ("[unclear]",)),
        ({"answers": [{"answer": "dog", "answer_id": 1}, {"answer": "cat"}]}, ("dog", "cat")),
        ({"answer": ..., "gold": " dog "}, ("dog",)), ({"answer": '["dog", "cat"]'}, ("dog", "cat")),
    ],
)  # fmt: skip
def test_answers_in_the_shapes_they_come_in(tmp_path: Path, changed: dict[str, Any], answers: tuple[str, ...]) -> None:
    item = only(write(tmp_path / "a.json", [row(**changed)]))
    assert (item.id, item.image, item.question, item.answers, item.options) == (
        "7",
        "a.jpg",
        "What is it?",
        answers,
        {},
    )


COLOURS = {"A": "red", "B": "blue"}


@pytest.mark.parametrize(
    ("changed", "letter"),
    [
        ({"options": ["red", "blue"], "answer": "B"}, "B"), ({"options": ["red", "blue"], "answer": "Blue"}, "B"),
        ({"choices": ["red", "blue"], "answer": "(a)"}, "A"), ({"options": COLOURS, "answer": "B."}, "B"),
        ({"options": '["red", "blue"]', "answer": "b"}, "B"),
        ({"A": "red", "B": "blue", "C": None, "answer": "A"}, "A"),
        ({"choices": ["red", "blue"], "answer": ..., "correct_choice_idx": 1}, "B"),
        ({"options": ["A. red", "B. blue"], "answer": "A"}, "A"),
        ({"options": ["(A) red", "(B) blue"], "answer": "B"}, "B"),
        ({"question": "What is it?\nA. red\nB. blue", "answer": "B"}, "B"),
        ({"question": "What is it?\nA. red\nB. blue\nAnswer with the option's letter from the given choices directly.",
          "answer": "B"}, "B"),
    ],
)  # fmt: skip
def test_multiple_choice_in_the_shapes_it_comes_in(tmp_path: Path, changed: dict[str, Any], letter: str) -> None:
    item = only(write(tmp_path / "a.json", [row(**changed)]))
    assert (item.question, dict(item.options), item.answers) == ("What is it?", COLOURS, (letter,))


def test_an_option_that_is_another_ones_letter_is_not_guessed_at(tmp_path: Path) -> None:
    swapped = row(question="Which letter is shown?", options=["B", "A"], answer="A")
    with pytest.raises(BadInput, match="the answer 'A' may be A or B"):
        read_guard(write(tmp_path / "a.json", [swapped]))


def test_vqav2_as_released(tmp_path: Path) -> None:
    questions = {
        "data_subtype": "val2014",
        "questions": [
            {"image_id": 262148, "question": "Where is he looking?", "question_id": 262148000},
            {"image_id": 393225, "question": "Is it hot?", "question_id": 393225001},
            {"image_id": 9, "question": "Unanswered?", "question_id": 9},
        ],
    }
    votes = [{"answer": "down", "answer_confidence": "yes", "answer_id": place} for place in range(1, 11)]
    annotations = {
        "annotations": [
            {"question_id": 393225001, "image_id": 393225, "multiple_choice_answer": "yes", "answers": votes},
            {"question_id": 262148000, "image_id": 262148, "multiple_choice_answer": "down", "answers": votes},
        ]
    }
    asked = write(tmp_path / "v2_OpenEnded_mscoco_val2014_questions.json", questions)
    with pytest.raises(
        UnreadableFile, match=r"holds questions without annotations\. Put .*annotations\.json beside it"
    ):
        read_guard(asked)
    said = write(tmp_path / "v2_mscoco_val2014_annotations.json", annotations)
    images = tmp_path / "val2014"
    images.mkdir()
    (images / "COCO_val2014_000000262148.jpg").write_bytes(b"x")
    found = read_guard(asked, images)
    assert [(one.id, one.image, one.question, one.answers) for one in found.items] == [
        ("262148000", "COCO_val2014_000000262148.jpg", "Where is he looking?", ("down",) * 10),
        ("393225001", "COCO_val2014_000000393225.jpg", "Is it hot?", ("down",) * 10),
    ]
    assert found.images == images.resolve()
    assert read_guard(said, images).items == found.items
    assert read_guard(write(tmp_path / "both.json", {**questions, **annotations}), images).items == found.items


def test_textvqa_as_released(tmp_path: Path) -> None:
    data = {"dataset_type": "val", "data": [
        {"question_id": 34602, "image_id": "003a8ae2ef43b901", "question": "what brand?", "answers": ["dakota"] * 10},
    ]}  # fmt: skip
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "003a8ae2ef43b901.png").write_bytes(b"x")
    found = read_guard(write(tmp_path / "TextVQA_val.json", data))
    assert (found.items[0].image, found.images) == ("003a8ae2ef43b901.png", (tmp_path / "images").resolve())
    assert (found.name, found.items[0].answers) == ("TextVQA_val", ("dakota",) * 10)


def test_gqa_as_released(tmp_path: Path) -> None:
    data = {"201307251": {"imageId": "2405722", "question": "Is the tray on a table?", "answer": "yes"}}
    item = only(write(tmp_path / "testdev_balanced_questions.json", data))
    assert (item.id, item.question, item.answers) == ("201307251", "Is the tray on a table?", ("yes",))


def test_popes_rows_are_questions_of_one_answer(tmp_path: Path) -> None:
    item = only(write(tmp_path / "a.json", '{"question_id": 1, "image": "a.jpg", "text": "Is it?", "label": "yes"}\n'))
    assert (item.question, item.answers) == ("Is it?", ("yes",))


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_tables(tmp_path: Path, name: str, mark: str) -> None:
    lines = [
        ("Image Path", "Question", "Answer", "A", "B"),
        ("a.jpg", '"What, is\n it?"', "blue", "red", "blue"),
        ("",) * 5,
    ]
    content = "\ufeff" + "".join(mark.join(line) + "\r\n" for line in lines)
    item = only(write(tmp_path / name, content))
    assert (item.question, item.answers, dict(item.options)) == ("What, is\n it?", ("B",), COLOURS)
    assert item.image == "a.jpg"


def test_every_exchange_of_a_training_sample_is_a_question(tmp_path: Path) -> None:
    turns = [("human", "<image>\nWhat is it?"), ("gpt", "a dog"), ("human", "Colour?\nA. red\nB. blue"), ("gpt", "B")]
    sample = {"id": "s", "image": "a.jpg", "conversations": [{"from": who, "value": said} for who, said in turns]}
    found = read_guard(write(tmp_path / "a.json", [sample])).items
    assert [(one.id, one.image, one.question, one.answers, dict(one.options)) for one in found] == [
        ("s#1", "a.jpg", "What is it?", ("a dog",), {}), ("s#2", "a.jpg", "Colour?", ("B",), COLOURS),
    ]  # fmt: skip


def test_the_released_benchmark_is_a_guard_of_multiple_choice() -> None:
    if not SAMPLE.exists():
        pytest.skip("the shared sample of MMR is not here")
    found = read_guard(SAMPLE)
    rows = json.loads(SAMPLE.read_text(encoding="utf-8"))
    assert [one.answers[0] for one in found.items] == [one["ground_truth"] for one in rows]
    assert len({one.id for one in found.items}) == len(rows) == 72
    assert all(len(one.options) == 4 for one in found.items)


def test_a_question_may_have_no_image(tmp_path: Path) -> None:
    found = read_guard(write(tmp_path / "a.json", [row(image=None), row(image=...), row()]))
    assert [one.image for one in found.items] == ["", "", "a.jpg"]


def test_ids_that_stand_twice_are_told_apart(tmp_path: Path) -> None:
    rows = [row(), row(), row(id="7#2"), row(), row(id=...), row(id="row 5")]
    found = [one.id for one in read_guard(write(tmp_path / "a.json", rows)).items]
    assert len(set(found)) == len(rows)
    assert (found[0], found[4]) == ("7", "row 5")


@given(st.lists(st.sampled_from(["a", "a#2", "a#2#2", "a#3", "b"]), min_size=1, max_size=12))
def test_ids_are_told_apart_whatever_they_are(tmp_path_factory: pytest.TempPathFactory, ids: list[str]) -> None:
    path = write(tmp_path_factory.getbasetemp() / "ids.json", [row(id=one) for one in ids])
    found = [one.id for one in read_guard(path).items]
    assert len(set(found)) == len(ids)
    assert read_guard(path).items == read_guard(path).items


def test_the_digest_is_over_what_is_asked_and_right(tmp_path: Path) -> None:
    base = read_guard(write(tmp_path / "a.json", [row()])).digest
    assert read_guard(write(tmp_path / "b.jsonl", [row(note="x")])).digest == base
    for changed in (
        {"question": "Who?"},
        {"answer": "cat"},
        {"image": "b.jpg"},
        {"id": 8},
        {"options": ["a dog", "b"]},
    ):
        assert read_guard(write(tmp_path / "c.json", [row(**changed)])).digest != base


FAULTS = [
    ("", "is empty"), ("[]", "holds no rows"), ("{}", "is one object, not rows"), ('{"a": 1}', "it has a"),
    ("[1]", "is not an object"),
    ([row(question=...)], "question or text or query or prompt is missing; it has id, image"),
    ([row(answer=...)], "answers or .* is missing"), ([row(answer=None)], "is missing"), ([row(answer="")], "empty"),
    ([row(answer=[])], "0 answers"), ([row(answer={"a": 1})], "an answer is no text"), ([row(answer=True)], "no text"),
    ([row(question=3)], "question is not a text"), ([row(question="q" * 30_000)], "longer than 20,000"),
    ([row(answer="q" * 30_000)], "longer than 20,000"), ([row(answer=["a"] * 2_000)], "2,000 answers"),
    ([row(image={"bytes": ""})], "image is not a text"), ([row(id=[1])], "its id is neither"),
    ([row(image=..., image_id=[1])], "image_id is neither"), ([row(question="\ud800")], "half of a character"),
    ([row(options=["red"])], "it has 1 options"), ([row(options=list("abcdefghi"))], "it has 9 options"),
    ([row(options={"B": "x", "C": "y"})], "lettered B, C, not from A on"), ([row(options="red or blue")], "not JSON"),
    ([row(options=3)], "no list"), ([row(options=["a", None])], "no text"),
    ([row(options=["x", "y"])], "none of its options"),
    ([row(options=["x", "X"], answer="x")], "may be A or B"),
    ([row(options=["x", "y"], answer=1)], "none of its options"),
    ([row(options=["x", "y"], answer_index=2)], "place is 2, of 2"), ('{"questions": 1, "annotations": []}', "no list"),
    ('{"questions": [{}], "annotations": []}', "no question_id"),
    ('{"annotations": []}', "annotations without questions"),
    ('{"questions": [{"question_id": 1}], "annotations": [{"question_id": 2}]}', "no annotation belongs"),
    ([{"id": "1", "conversations": []}, row(answer=...)], "is missing"), ([{"conversations": 3}], "conversations"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "says"), FAULTS)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, content: Any, says: str) -> None:
    with pytest.raises(BadInput, match=says) as raised:
        read_guard(write(tmp_path / "it.json", content))
    assert "\n" not in str(raised.value)
    assert "it.json" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no rows"), ("question,answer\n", "holds no rows"), ("question,answer\na,b,c\n", ":2: 3 cells"),
        ("a,b\n1,2\n", "question or text"), ('question,answer\n"a,b\n', "not a row"),
        ("question,answer\nq," + "x" * 200_000, "not a row"),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_read(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_guard(write(tmp_path / "it.csv", content))
    (tmp_path / "latin.csv").write_bytes("question,answer\nwie groß,klein\n".encode("latin-1"))
    with pytest.raises(UnreadableFile, match="not UTF-8"):
        read_guard(tmp_path / "latin.csv")


def test_folders_and_missing_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_guard(tmp_path)
    for name in ("a.json", "a.csv"):
        with pytest.raises(UnreadableFile, match="cannot be read"):
            read_guard(tmp_path / name)
    with pytest.raises(UnreadableFile, match="no such folder of images"):
        read_guard(write(tmp_path / "a.json", [row()]), tmp_path / "nowhere")


KEYS = st.sampled_from(
    [
        "question",
        "image",
        "answer",
        "answers",
        "options",
        "A",
        "B",
        "id",
        "image_id",
        "conversations",
        "label",
        "annotations",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6) | st.just("A"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=6), max_size=3) | VALUES)
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    try:
        found = read_guard(write(tmp_path_factory.getbasetemp() / "any.json", json.dumps(content))).items
    except LeadproofError as error:
        assert str(error).count("\n") == 0  # noqa: PT017 - refusing is as good as reading
        return
    assert all(item.answers and guard_prompt(item) for item in found)
