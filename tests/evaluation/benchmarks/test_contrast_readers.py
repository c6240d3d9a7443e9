"""POPE and NaturalBench as contrast pairs: which questions make one, and that the figures are theirs."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.benchmarks import Item, open_benchmark
from evaluation.score import read_reply, score_readings
from tests.evaluation.benchmarks.samples import NATURAL, POPE, natural, pope, write


def test_popes_questions_are_paired_within_an_image(tmp_path: Path) -> None:
    found = open_benchmark(write(tmp_path / "coco_pope_adversarial.json", POPE, lines=True))
    asked = [(one.id.split("/")[-1], one.question_type, one.text.split()[3], one.gold, one.row) for one in found.items]
    assert asked == [
        ("1", "POS", "snowboard", "A", 1), ("1", "NEG", "car", "B", 2), ("2", "POS", "person", "A", 3),
        ("2", "NEG", "dog", "B", 4), ("1", "POS", "car", "A", 5), ("1", "NEG", "bed", "B", 6),
    ]  # fmt: skip
    assert {(one.kind, one.style, one.yes_no, one.category, one.rotations) for one in found.items} == {
        ("contrast", "words", True, "pope/adversarial", 1)
    }
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("coco_pope_random.json", "pope/random"), ("aokvqa_pope_popular.json", "pope/popular"),
        ("mine.json", "pope/other"), ("randomised.json", "pope/other"),
    ],
)  # fmt: skip
def test_the_setting_is_in_the_files_name(tmp_path: Path, name: str, category: str) -> None:
    assert {one.category for one in open_benchmark(write(tmp_path / name, POPE)).items} == {category}


def test_a_row_may_name_its_own_setting(tmp_path: Path) -> None:
    rows = [{**row, "category": setting} for setting in ("popular", "adversarial") for row in POPE]
    found = open_benchmark(write(tmp_path / "pope_random.json", rows))
    assert Counter(one.category for one in found.items) == {"pope/popular": 6, "pope/adversarial": 6}


def test_what_makes_no_pair_is_left_out_and_said(tmp_path: Path) -> None:
    rows = [
        pope(1, "a.jpg", "dog", "yes"), pope(2, "a.jpg", "cat", "no"), pope(3, "a.jpg", "car", "Yes "),
        pope(4, "a.jpg", "dog", "yes"), pope(5, "b.jpg", "bed", "yes"), pope(6, "b.jpg", "bed", "no"),
    ]  # fmt: skip
    found = open_benchmark(write(tmp_path / "a.json", rows))
    assert [one.text.split()[3] for one in found.items] == ["dog", "cat"]
    assert list(found.left_out) == [
        "1 questions stand in it twice: a.jpg (row 4)",
        "1 questions are answered with yes and with no: b.jpg (row 5)",
        "1 questions have no question with the other answer: a.jpg (row 3)",
    ]


LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=30)


@given(LABELS)
def test_every_image_gives_as_many_pairs_as_it_can(
    tmp_path_factory: pytest.TempPathFactory, labels: list[tuple[str, bool]]
) -> None:
    rows = [pope(at, f"{name}.jpg", f"thing{at}", "yes" if yes else "no") for at, (name, yes) in enumerate(labels)]
    most = sum(min(labels.count((name, True)), labels.count((name, False))) for name in "abc")
    path = write(tmp_path_factory.getbasetemp() / "pope.json", rows)
    if not most:
        return
    items = open_benchmark(path).items
    assert len(items) == 2 * most
    assert len({one.key for one in items}) == len(items)
    for positive, negative in zip(items[::2], items[1::2], strict=True):
        assert (positive.id, positive.image) == (negative.id, negative.image)
        assert (positive.question_type, positive.gold) == ("POS", "A")
        assert (negative.question_type, negative.gold) == ("NEG", "B")


def test_popes_figures_are_those_of_its_own_scorer(tmp_path: Path) -> None:
    """Held against the confusion matrix counted here, as POPE's script counts it: yes is the positive class."""
    things = [pope(at, f"{at // 6}.jpg", f"thing{at}", "yes" if at % 2 else "no") for at in range(300)]
    found = open_benchmark(write(tmp_path / "pope_random.json", things))
    chance = random.Random(4)
    said = [chance.choice(["Yes, there is.", "No.", "no, there is not", "Yes", "It is not."]) for _ in found.items]
    yes = [not {"No", "no", "not"} & set(one.split(".")[0].replace(",", "").split(" ")) for one in said]
    true = [one.gold == "A" for one in found.items]
    hits = sum(a and b for a, b in zip(yes, true, strict=True))
    precision, recall = hits / sum(yes), hits / sum(true)
    readings = [read_reply(one, text) for one, text in zip(found.items, said, strict=True)]
    scores = score_readings(readings, scorer="official").contrast
    assert scores is not None
    assert (scores.precision, scores.recall, scores.yes) == (precision, recall, sum(yes) / 300)
    assert scores.f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert scores.right == sum(a == b for a, b in zip(yes, true, strict=True)) / 300


def test_a_sample_of_naturalbench_is_two_pairs(tmp_path: Path) -> None:
    found = open_benchmark(write(tmp_path / "nb.jsonl", NATURAL, lines=True))
    assert [(one.id, one.question_type, one.image, one.gold, one.group) for one in found.items[:4]] == [
        ("naturalbench/yes_no/0/0", "POS", "0_0.jpg", "A", "naturalbench/0"),
        ("naturalbench/yes_no/0/0", "NEG", "0_1.jpg", "B", "naturalbench/0"),
        ("naturalbench/yes_no/0/1", "POS", "0_0.jpg", "B", "naturalbench/0"),
        ("naturalbench/yes_no/0/1", "NEG", "0_1.jpg", "A", "naturalbench/0"),
    ]
    choices = found.items[4:]
    assert [one.text for one in choices[::2]] == [NATURAL[1]["Question_0"], NATURAL[1]["Question_1"]]
    assert [(one.stem, dict(one.options)) for one in choices[::2]] == [
        ("Where is the dog?", {"A": "On the left", "B": "On the right"}),
        ("What falls?", {"A": "Rain.", "B": "Snow."}),
    ]
    assert {(one.style, one.rotations) for one in choices} == {("letters", 2)}
    turned = choices[0].rotated(1)
    assert (turned.gold, turned.text) == ("B", "Where is the dog?\nA. On the right\nB. On the left")


def test_a_question_whose_options_cannot_be_told_apart_is_asked_all_the_same(tmp_path: Path) -> None:
    rows = [natural(3, "multiple_choice", ("Left or right?", "Rain or snow?"), ("A", "B", "B", "A"))]
    items = open_benchmark(write(tmp_path / "nb.json", rows)).items
    assert [(one.text, dict(one.options), one.rotations) for one in items[::2]] == [
        ("Left or right?", {}, 1), ("Rain or snow?", {}, 1),
    ]  # fmt: skip
    assert read_reply(items[0], "A").strict == "A"


def test_a_sample_without_contrast_is_left_out_and_said(tmp_path: Path) -> None:
    flat = natural(7, "yes_no", ("Is it day?", "Is it night?"), ("Yes", "Yes", "No", "Yes"))
    found = open_benchmark(write(tmp_path / "nb.json", [*NATURAL, flat]))
    assert len(found.items) == 8
    assert found.left_out == ("sample 7: question 'Is it day?' has one answer for both images",)


def test_columns_may_be_spelled_in_other_ways(tmp_path: Path) -> None:
    spelled = [{key.lower().replace("_", " "): one for key, one in row.items()} for row in NATURAL]
    del spelled[0]["index"], spelled[1]["index"]
    items = open_benchmark(write(tmp_path / "nb.json", spelled)).items
    assert [one.group for one in items[::4]] == ["naturalbench/row 1", "naturalbench/row 2"]


def answered(item: Item, right: bool) -> str:
    letter = item.gold if right else "B" if item.gold == "A" else "A"
    return {"A": "Yes.", "B": "No."}[letter] if item.style == "words" else letter


def test_naturalbenchs_figures_are_its_own(tmp_path: Path) -> None:
    """Held against its four figures counted here sample by sample."""
    rows = [{**row, "Index": 2 * at + kind} for at in range(40) for kind, row in enumerate(NATURAL)]
    items = open_benchmark(write(tmp_path / "nb.json", rows)).items
    chance = random.Random(8)
    right = [chance.random() < 0.8 for _ in items]
    samples = [right[at : at + 4] for at in range(0, len(right), 4)]  # q0i0, q0i1, q1i0, q1i1
    questions = sum((a and b) + (c and d) for a, b, c, d in samples) / (2 * len(samples))
    images = sum((a and c) + (b and d) for a, b, c, d in samples) / (2 * len(samples))
    said = [answered(one, well) for one, well in zip(items, right, strict=True)]
    readings = [read_reply(one, text) for one, text in zip(items, said, strict=True)]
    for scorer in ("official", "strict"):
        scores = score_readings(readings, scorer=scorer).contrast
        assert scores is not None
        assert scores.right == sum(right) / len(right)
        assert (scores.both, scores.images) == (questions, images)
        assert scores.groups == sum(all(one) for one in samples) / len(samples)
