import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from datagen.export import EXPORTERS, ExportOptions, ExportPair
from datagen.export.images import ImagePlacer
from schemas import Option, Pair, Provenance, Question
from schemas.errors import BadConfig, UnreadableFile
from schemas.identity import image_ref, short
from schemas.mmr import read_rows, rows_to_pairs


def question(text: str, options: Sequence[str], image: str, order: Sequence[int]) -> Question:
    listed = tuple(Option(text=one) for one in options)
    return Question(text=text, image=image, options=listed, answer=0, order=tuple(order))


def pair(image: str = "path:a.jpg", kind: str = "false-premise", color: str = "blue", extra: str = "") -> Pair:
    options = (f"The car is {color}.", "The car is red.", "The car is green.", "The car is white.")
    return Pair.model_validate(
        {
            "kind": kind,
            "category": "attribute/color&texture",
            "positive": question(f"What color is the car?{extra}", options, image, (2, 0, 1, 3)),
            "negative": question("Isn't the car red?", options, image, (3, 1, 2, 0)),
            "provenance": Provenance(generator="test"),
        }
    )


PAIRS = [
    ExportPair(pair(), "train"),
    ExportPair(pair("path:b.jpg"), "benchmark"),
    ExportPair(pair("path:b.jpg", "true-premise"), "benchmark"),
    ExportPair(pair("path:c.jpg", "true-premise"), "train"),
]


def written(folder: Path) -> dict[str, Any]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


class Named:
    """Images that keep their names; each shows a colour of its own."""

    def __call__(self, ref: str) -> str:
        return ref.removeprefix("path:")

    def content(self, ref: str) -> bytes | None:
        saved = BytesIO()
        Image.new("RGB", (8, 6), (ord(self(ref)[0]), 0, 90)).save(saved, "PNG")
        return saved.getvalue()


def export(name: str, folder: Path, pairs: Sequence[ExportPair] = PAIRS, **options: str) -> dict[str, int]:
    chosen = ExportOptions.checked(target=options.get("target", "text"), turns=options.get("turns", "single"))
    return dict(EXPORTERS.get(name)(pairs, folder, Named(), chosen))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_every_exporter_keeps_the_benchmark_in_files_of_its_own_and_counts_it(name: str, tmp_path: Path) -> None:
    counts = export(name, tmp_path)
    assert all(isinstance(number, int) for number in counts.values())
    of_benchmark = {
        place for place, content in bytes_of(tmp_path).items()
        if any(one.pair.pair_id.encode() in content for one in PAIRS if one.split == "benchmark")
        or b"b.jpg" in content
    }  # fmt: skip
    assert of_benchmark
    assert not any(b"a.jpg" in bytes_of(tmp_path)[place] for place in of_benchmark)
    assert not any(PAIRS[0].pair.pair_id.encode() in bytes_of(tmp_path)[place] for place in of_benchmark)


@pytest.mark.parametrize("name", ["mmr", "llava"])
def test_formats_to_train_on_are_a_json_file_a_split(name: str, tmp_path: Path) -> None:
    export(name, tmp_path)
    assert {"train.json", "benchmark.json"} <= set(written(tmp_path))
    assert "a.jpg" in (tmp_path / "train.json").read_text()


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_the_same_pairs_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        export(name, tmp_path / place)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two") != {}


def test_mmr_holds_false_premises_alone_and_true_ones_beside(tmp_path: Path) -> None:
    counts = export("mmr", tmp_path)
    files = written(tmp_path)
    assert set(files) == {"train.json", "benchmark.json", "true_premise.json", "train_true_premise.json"}
    assert counts == {
        "train pairs": 1, "benchmark pairs": 1, "true_premise pairs": 1, "train_true_premise pairs": 1, "left out": 0
    }  # fmt: skip
    assert {row["question_type"] for row in files["benchmark.json"]} == {"POS", "NEG"}
    assert all(
        row.keys() == {"id", "image", "question", "ground_truth", "question_type"} for row in files["benchmark.json"]
    )
    assert all(row["premise"] == "true" for row in files["true_premise.json"])


def test_mmr_rows_come_back_as_the_pairs_they_were(tmp_path: Path) -> None:
    export("mmr", tmp_path)
    (back,) = rows_to_pairs(read_rows(tmp_path / "benchmark.json"), image_ref=lambda name: f"path:{name}").pairs
    assert back.pair_id == PAIRS[1].pair.pair_id
    assert (back.positive.letter, back.negative.letter) == ("B", "D")


def test_what_the_format_cannot_hold_is_left_out_and_counted(tmp_path: Path) -> None:
    assert export("mmr", tmp_path, [ExportPair(pair(kind="contrast"), "train"), *PAIRS])["left out"] == 1


def test_llava_answers_with_text_letter_or_both(tmp_path: Path) -> None:
    for target, number in (("text", 2), ("letter", 2), ("both", 4)):
        (tmp_path / target).mkdir()
        export("llava", tmp_path / target, PAIRS[:1], target=target)
        samples = written(tmp_path / target)["train.json"]
        assert len(samples) == len({sample["id"] for sample in samples}) == number
    (sample, _) = written(tmp_path / "letter")["train.json"]
    human, model = sample["conversations"]
    assert human["value"].startswith("<image>\nWhat color is the car?\nA. The car is green.\nB. The car is blue.")
    assert (human["from"], model["from"], model["value"]) == ("human", "gpt", "B")


def test_llava_puts_the_image_mark_in_the_first_turn_only(tmp_path: Path) -> None:
    export("llava", tmp_path, [PAIRS[1], PAIRS[2]], turns="multi")
    (sample,) = written(tmp_path)["benchmark.json"]
    marks = [turn["value"].count("<image>") for turn in sample["conversations"]]
    assert marks == [1, 0, 0, 0, 0, 0, 0, 0]


def test_llava_texts_that_hold_an_image_mark_do_not_add_one(tmp_path: Path) -> None:
    export("llava", tmp_path, [ExportPair(pair(extra=" <image>"), "train")])
    assert (tmp_path / "train.json").read_text().count("<image>") == 2  # one a sample


def test_unknown_options_name_the_known() -> None:
    with pytest.raises(BadConfig, match="text, letter, both"):
        ExportOptions.checked(target="word", turns="single")


def placed(tmp_path: Path, source: Path, ref: str | None = None) -> Path:
    """Put one image into an export; where it lies there."""
    (tmp_path / "export").mkdir(exist_ok=True)
    ref = ref or image_ref(source.read_bytes())
    with Image.open(source) as found:
        row = {"path": str(source), "name": "x", "format": found.format}
    with ImagePlacer(tmp_path, {ref: row}, tmp_path / "export") as place:
        name = place(ref)
    assert name.startswith(f"images/{short(ref)}.")
    return tmp_path / "export" / name


def test_a_plain_image_is_copied_byte_for_byte(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    Image.new("RGB", (9, 9), "red").save(source)
    assert placed(tmp_path, source).read_bytes() == source.read_bytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_exports_hold_no_metadata_and_stand_upright(tmp_path: Path, form: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    exif[0x010E] = "secret description"
    source = tmp_path / f"a.{form.lower()}"
    half = Image.new("RGB", (40, 20), "red")
    half.paste("blue", (0, 0, 20, 20))
    half.save(source, form, exif=exif, **({"pnginfo": _note()} if form == "PNG" else {}))
    path = placed(tmp_path, source)
    assert b"secret" not in path.read_bytes()
    with Image.open(path) as found:
        assert not found.getexif()
        assert found.size == ((40, 20) if orientation == 1 else (20, 40))
        top_left = found.convert("RGB").getpixel((2, 2))
        assert isinstance(top_left, tuple)
        assert top_left[2] > 200


@pytest.mark.parametrize("mode", ["I;16", "F", "I"])
def test_deep_pictures_are_scaled_not_clipped(tmp_path: Path, mode: str) -> None:
    import numpy as np

    ramp = np.tile(np.linspace(0, 65_535, 64), (16, 1))
    source = tmp_path / "deep.tiff"
    kinds = {"I;16": np.uint16, "F": np.float32, "I": np.int32}
    Image.fromarray(ramp.astype(kinds[mode])).save(source)
    with Image.open(placed(tmp_path, source)) as found:
        values = np.asarray(found.convert("L"))
    assert values[0, 0] < 10
    assert values[0, -1] > 245
    assert 110 < values.mean() < 145


def _note() -> PngInfo:
    note = PngInfo()
    note.add_text("Comment", "secret")
    return note


def test_an_image_that_changed_since_ingest_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    Image.new("RGB", (9, 9), "red").save(source)
    ref = image_ref(source.read_bytes())
    Image.new("RGB", (9, 9), "blue").save(source)
    with pytest.raises(UnreadableFile, match="changed since"):
        placed(tmp_path, source, ref)


def test_an_image_that_is_gone_is_named(tmp_path: Path) -> None:
    row = {"path": "gone.png", "name": "x", "format": "PNG"}
    place = ImagePlacer(tmp_path, {"sha256:0": row}, tmp_path)
    with pytest.raises(UnreadableFile, match="ingest it again"), place:
        place("sha256:0")
