"""Benchmarks' files, written as these are documented."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "mmr" / "sample.json"

MMR: list[dict[str, Any]] = [
    {
        "id": "attribute/number/01", "image": "a.png", "question": "How many dogs are there?\nA. One.\nB. Two.",
        "ground_truth": "B", "question_type": "POS",
    },
    {
        "id": "attribute/number/01", "image": "a.png",
        "question": "Why are there four dogs?\nA. They met.\nB. There are two.",
        "ground_truth": "B", "question_type": "NEG",
    },
]  # fmt: skip


def pope(number: int, image: str, thing: str, label: Any) -> dict[str, Any]:
    return {"question_id": number, "image": image, "text": f"Is there a {thing} in the image?", "label": label}


POPE = [
    pope(1, "COCO_val2014_000000310196.jpg", "snowboard", "yes"),
    pope(2, "COCO_val2014_000000310196.jpg", "car", "no"),
    pope(3, "COCO_val2014_000000310196.jpg", "person", "yes"),
    pope(4, "COCO_val2014_000000310196.jpg", "dog", "no"),
    pope(5, "COCO_val2014_000000210789.jpg", "car", "yes"),
    pope(6, "COCO_val2014_000000210789.jpg", "bed", "no"),
]


def natural(index: int, kind: str, questions: Sequence[str], answers: Sequence[str]) -> dict[str, Any]:
    """A sample; ``answers`` are of image 0 and 1 to question 0, then to question 1."""
    return {
        "Index": index,
        "Image_0": f"{index}_0.jpg", "Image_1": f"{index}_1.jpg",
        "Question_0": questions[0], "Image_0_Question_0": answers[0], "Image_1_Question_0": answers[1],
        "Question_1": questions[1], "Image_0_Question_1": answers[2], "Image_1_Question_1": answers[3],
        "Question_Type": kind, "Source": "Flickr30K",
    }  # fmt: skip


NATURAL = [
    natural(0, "yes_no", ("Are the two people talking?", "Is the man sitting?"), ("Yes", "No", "No", "Yes")),
    natural(
        1,
        "multiple_choice",
        ("Where is the dog?\nOption: A:On the left; B:On the right;", "What falls? Option: A: Rain. B: Snow."),
        ("A", "B", "B", "A"),
    ),
]


def write(path: Path, rows: Sequence[Any], *, lines: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows) if lines else json.dumps(list(rows))
    path.write_text(text, encoding="utf-8")
    return path
