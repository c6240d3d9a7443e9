"""The table as VLMEvalKit reads it: its own steps of reading are repeated here, since it is not on PyPI."""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from datagen.export import ExportOptions, ExportPair
from datagen.export.images import ImagePlacer
from datagen.export.vlmevalkit import export_vlmevalkit
from evaluation.score import score
from schemas import Pair, Provenance
from schemas.identity import image_ref
from tests.datagen.export.test_export import PAIRS, export, pair, question

# Words in a dataset's name by which the harness takes another way, in its dataset and scoring modules.
SWITCHES = ("mmbench", "ccbench", "circular", "mmmu", "mmt", "lego", "openended", "video", "image", "ocrvqa", "blink")


class Shown:
    """A table after the harness's own steps: missing images dropped, indices in place of images followed."""

    def __init__(self, path: Path) -> None:
        data = pd.read_csv(path, sep="\t")
        assert not data["image"].isna().any()
        assert data["index"].is_unique
        self.name = path.stem
        self.raw = [str(image) for image in data["image"]]
        of_index = dict(zip((str(index) for index in data["index"]), self.raw, strict=True))
        for index, image in of_index.items():
            if len(image) <= 64:
                assert len(of_index[image]) > 64, f"row {index} refers to {image}, which holds no image"
        self.rows: list[dict[Any, Any]] = data.to_dict("records")
        self.images = [of_index[image] if len(image) <= 64 else image for image in self.raw]

    def options(self, row: int) -> dict[str, str]:
        return {
            letter: f"{self.rows[row][letter]}"
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            if letter in self.rows[row] and not pd.isna(self.rows[row][letter])
        }


def tables(folder: Path) -> dict[str, Shown]:
    return {path.stem.split("_")[0]: Shown(path) for path in folder.glob("*.tsv")}


def script_of_docs(harness: str) -> str:
    """The Python that the docs show for turning a harness's output into replies."""
    docs = Path(__file__).resolve().parents[3] / "docs" / "harnesses.md"
    return docs.read_text(encoding="utf-8").split(f"\n## {harness}\n")[1].split("```python\n")[1].split("```")[0]


def with_options(positive: Sequence[str], negative: Sequence[str], text: str = "What is it?") -> Pair:
    return Pair.model_validate({
        "kind": "false-premise",
        "category": "attribute/number",
        "positive": question(text, positive, "path:b.jpg", range(len(positive))),
        "negative": question("Why is it red?", negative, "path:b.jpg", range(len(negative))),
        "provenance": Provenance(generator="test"),
    })  # fmt: skip


def test_a_row_a_question_with_all_columns_of_the_format(tmp_path: Path) -> None:
    export("vlmevalkit", tmp_path)
    positive, negative = tables(tmp_path)["Leadproof"].rows
    assert list(positive) == [
        "index", "id", "question_type", "question", "A", "B", "C", "D", "answer", "category", "l2-category", "split",
        "image_path", "image",
    ]  # fmt: skip
    asked = PAIRS[1].pair
    assert (positive["index"], negative["index"]) == (0, 1)
    assert (positive["question"], negative["question"]) == (asked.positive.text, asked.negative.text)
    assert (positive["answer"], negative["answer"]) == ("B", "D")
    assert positive["B"] == negative["D"] == "The car is blue."
    assert {row["category"] for row in (positive, negative)} == {"attribute/color&texture"}
    assert {row["l2-category"] for row in (positive, negative)} == {"attribute"}
    assert (positive["split"], negative["split"]) == ("positive", "negative")
    assert {row["id"] for row in (positive, negative)} == {f"attribute/color&texture/{asked.pair_id}"}
    assert (positive["question_type"], negative["question_type"]) == ("POS", "NEG")


def test_an_image_stands_in_its_first_row_and_is_referred_to_by_index(tmp_path: Path) -> None:
    pairs = [ExportPair(pair(f"path:{name}.jpg", extra=extra), "benchmark") for name, extra in ("b ", "c ", ("b", "!"))]
    export("vlmevalkit", tmp_path, pairs)
    table = tables(tmp_path)["Leadproof"]
    assert [image if len(image) <= 64 else "" for image in table.raw] == ["", "0", "", "2", "0", "0"]
    for image, name in zip(table.images, "bbccbb", strict=True):
        with Image.open(BytesIO(base64.b64decode(image, validate=True))) as found:
            assert found.size == (8, 6)
            assert found.getpixel((3, 3)) == (ord(name), 0, 90)


def test_true_premises_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    counts = export("vlmevalkit", tmp_path)
    assert counts == {"benchmark pairs": 1, "true_premise pairs": 1, "left out, of other splits": 2}
    found = tables(tmp_path)
    assert set(found) == {"Leadproof", "LeadproofTruePremise"}
    assert PAIRS[2].pair.pair_id in found["LeadproofTruePremise"].rows[0]["id"]


def test_names_switch_nothing_on_and_change_with_the_content(tmp_path: Path) -> None:
    names = set()
    for place, extra in enumerate(("", " now")):
        (tmp_path / str(place)).mkdir()
        pairs = [ExportPair(pair(kind=kind, extra=extra), "benchmark") for kind in ("false-premise", "true-premise")]
        export("vlmevalkit", tmp_path / str(place), pairs)
        names |= {table.name for table in tables(tmp_path / str(place)).values()}
    assert len(names) == 4
    assert [(name, word) for name in names for word in SWITCHES if word in name.lower()] == []


def test_questions_may_have_two_options_or_eight(tmp_path: Path) -> None:
    made = with_options([f"option {number}" for number in range(8)], ["yes", "no"])
    export("vlmevalkit", tmp_path, [ExportPair(made, "benchmark")])
    table = tables(tmp_path)["Leadproof"]
    assert list(table.options(0)) == list("ABCDEFGH")
    assert table.options(1) == {"A": "yes", "B": "no"}


@pytest.mark.parametrize("word", ["None", "N/A", "nan", "null", "NA"])
def test_an_option_that_pandas_takes_for_nothing_is_left_out_with_its_pair(word: str, tmp_path: Path) -> None:
    pairs = [
        ExportPair(with_options([word, "one", "two"], ["one", "two"]), "benchmark"),
        ExportPair(pair("path:b.jpg"), "benchmark"),
    ]
    counts = export("vlmevalkit", tmp_path, pairs)
    assert counts == {"benchmark pairs": 1, "left out, pandas would misread it": 1}
    assert len(tables(tmp_path)["Leadproof"].rows) == 2


def test_numbers_stay_where_they_come_back_as_they_are(tmp_path: Path) -> None:
    numbers = ExportPair(with_options(["2", "3"], ["3", "4"]), "benchmark")
    gap = ExportPair(with_options(["2", "3", "4"], ["3", "5"]), "benchmark")  # a column of 4 and nothing is 4.0
    for name, given_pairs, left_out in (("a", [numbers], 0), ("b", [gap], 1), ("c", [gap, PAIRS[1]], 0)):
        (tmp_path / name).mkdir()
        counts = export("vlmevalkit", tmp_path / name, given_pairs)
        assert counts.get("left out, pandas would misread it", 0) == left_out
    assert tables(tmp_path / "c")["Leadproof"].options(0) == {"A": "2", "B": "3", "C": "4"}


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip),
    st.sampled_from(["2", "2.0", "-1e5", "True", "None", "a\tb", 'a "b"', "a\r\nb", "a\rb", "'", "=1+1", "\x00", "#"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=5, max_size=5, unique=True), min_size=1, max_size=4))
def test_whatever_the_texts_no_row_is_read_otherwise_than_it_was_made(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("table")
    pairs = [with_options(texts[:4], texts[1:3], texts[4]) for texts in drawn]
    counts = export("vlmevalkit", folder, [ExportPair(one, "benchmark") for one in pairs])
    assert counts.get("benchmark pairs", 0) + counts.get("left out, pandas would misread it", 0) == len(pairs)
    made = {one.pair_id: one for one in pairs}
    for table in tables(folder).values():
        for place, row in enumerate(table.rows):
            half = made[row["id"].split("/")[-1]].halves[place % 2]
            assert f"{row['question']}" == half.text
            assert table.options(place) == dict(zip("ABCDEFGH", half.shown, strict=False))
            assert row["answer"] == half.letter


def test_what_the_table_cannot_hold_is_left_out_and_counted(tmp_path: Path) -> None:
    open_pair = with_options(["blue"], ["No, blue."])
    pairs = [ExportPair(pair(kind="contrast"), "benchmark"), ExportPair(open_pair, "benchmark"), PAIRS[0]]
    assert export("vlmevalkit", tmp_path, pairs) == {
        "left out, contrast": 1, "left out, open-question": 1, "left out, of other splits": 1,
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_images_come_stripped_from_the_run_and_stand_in_no_file_of_their_own(mode: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret description"
    source = tmp_path / "a.jpg"
    Image.new("RGB", (20, 10), "red").convert(mode).save(source, exif=exif)
    ref, missing = image_ref(source.read_bytes()), "path:gone.jpg"
    rows: dict[str, dict[str, Any]] = {
        ref: {"path": str(source), "name": "a.jpg", "format": "JPEG"},
        missing: {"path": None, "name": "gone.jpg", "format": None},
    }
    folder = tmp_path / "export"
    folder.mkdir()
    with ImagePlacer(tmp_path, rows, folder) as placer:
        pairs = [ExportPair(pair(one), "benchmark") for one in (ref, missing)]
        counts = export_vlmevalkit(pairs, folder, placer, ExportOptions())
    assert counts == {"benchmark pairs": 1, "left out, image not at hand": 1}
    assert set(placer.placed) == {ref}
    assert [path.suffix for path in folder.iterdir()] == [".tsv"]
    content = base64.b64decode(tables(folder)["Leadproof"].images[0])
    assert b"secret" not in content
    with Image.open(BytesIO(content)) as found:
        assert (found.mode, found.size) == ("RGB", (20, 10))  # the harness cannot save CMYK as PNG
        found.save(folder / "as-the-harness-saves-it.png")


def test_predictions_become_replies_that_score_reads_as_the_docs_say(tmp_path: Path) -> None:
    pairs = [ExportPair(pair("path:b.jpg", color=color), "benchmark") for color in ("blue", "black", "grey")]
    export("vlmevalkit", tmp_path, pairs)
    export("mmr", tmp_path, pairs)
    predictions = [
        {name: value for name, value in row.items() if name != "image"}
        | {"prediction": f"{row['answer']}." if row["index"] != 1 else "I cannot tell."}
        for row in tables(tmp_path)["Leadproof"].rows
    ]
    (tmp_path / "predictions.json").write_text(json.dumps(predictions))
    subprocess.run(
        [sys.executable, "-c", script_of_docs("VLMEvalKit"), "predictions.json", "replies.json"],
        cwd=tmp_path,
        check=True,
    )
    table = score(tmp_path / "benchmark.json", tmp_path / "replies.json").overall.table
    assert (table.right_right, table.right_wrong) == (2, 1)
