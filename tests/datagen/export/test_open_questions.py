"""Open questions in formats of letters are left out by name, in formats of text written as they are."""

import json
from pathlib import Path

from datagen.export import ExportPair
from schemas import Pair
from tests.datagen.export.test_export import export, pair, question, written

OPEN: Pair = pair("path:d.jpg").model_copy(
    update={
        "positive": question("What color is the car?", ["The car is blue."], "path:d.jpg", (0,)),
        "negative": question("Isn't the car red?", ["No, the car is blue."], "path:d.jpg", (0,)),
    }
)
PAIRS = [ExportPair(OPEN, "train"), ExportPair(pair(), "train")]


def test_mmr_leaves_an_open_pair_out_by_name(tmp_path: Path) -> None:
    counts = export("mmr", tmp_path, PAIRS)
    assert counts == {"train pairs": 1, "left out": 0, "left out, open-question": 1}
    assert "d.jpg" not in json.dumps(written(tmp_path))


def test_llava_writes_its_free_text(tmp_path: Path) -> None:
    counts = export("llava", tmp_path, PAIRS[:1])
    assert counts == {"train samples": 2}
    assert [one["conversations"] for one in written(tmp_path)["train.json"]] == [
        [{"from": "human", "value": "<image>\nWhat color is the car?"}, {"from": "gpt", "value": "The car is blue."}],
        [{"from": "human", "value": "<image>\nIsn't the car red?"}, {"from": "gpt", "value": "No, the car is blue."}],
    ]


def test_llava_never_asks_for_the_letter_of_an_open_question(tmp_path: Path) -> None:
    assert export("llava", tmp_path, PAIRS, target="letter") == {"train samples": 2, "left out, open-question": 1}
    assert export("llava", tmp_path, PAIRS, target="both") == {"train samples": 2 + 4}
    assert not any("d.jpg" in one["image"] and "\nA. " in str(one) for one in written(tmp_path)["train.json"])
