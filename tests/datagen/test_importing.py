import json
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from datagen.importing import import_pairs, split_named_by
from datagen.ingest import IngestOptions
from datagen.ingest import place as real_place
from datagen.ingest.clusters import Bridge, Placed
from schemas.ledger import read_ledger
from schemas.run import RunFolder


def rows(name: str, image: str) -> list[dict[str, str]]:
    question = "What color is the car?\nA. It is blue.\nB. It is red.\nC. It is green.\nD. It is white."
    common = {"id": f"attribute/color&texture/{name}", "image": image, "ground_truth": "A"}
    return [
        {**common, "question": question, "question_type": "POS"},
        {
            **common,
            "question": question.replace("What color is the car?", "Isn't the car red?"),
            "question_type": "NEG",
        },
    ]


def picture(path: Path, seed: int) -> None:
    import random

    noise = Image.frombytes("RGB", (64, 64), random.Random(seed).randbytes(64 * 64 * 3))
    noise.filter(ImageFilter.GaussianBlur(5)).save(path)


@pytest.mark.parametrize(
    ("name", "split"),
    [("train.json", "train"), ("validation_true_premise.json", "validation"), ("MMR-benchmark.json", "benchmark")],
)
def test_a_file_that_is_not_named_for_another_split_is_a_benchmark(name: str, split: str) -> None:
    assert split_named_by(Path(name)) == split


def test_a_pair_whose_image_is_kept_out_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in enumerate(("a.png", "b.png")):
        picture(tmp_path / name, number)
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(rows("1", "a.png") + rows("2", "b.png")))

    def place(new, existing, **options):  # type: ignore[no-untyped-def]
        """As if the second image looked like images of two splits."""
        *first, last = sorted(new, key=lambda known: known.image)
        placed = real_place(first, existing, **options)
        return Placed(placed.placements, [Bridge(last.image, ("x", "y"))])

    monkeypatch.setattr("datagen.ingest.commit.place", place)
    run = RunFolder.create(tmp_path / "run")
    with run.writing():
        done = import_pairs(run, path, IngestOptions())
    assert done.manifest.counts["pairs"] == 1
    (image,) = run.require("ingest").table("images")["image"].to_pylist()
    (pair,) = run.require("generate").table("pairs").to_pylist()
    assert pair["positive"]["image"] == image
    reasons = read_ledger(run)["reason"].to_pylist()
    assert {"bridges-splits", "image-kept-out"} <= set(reasons)


def test_repeating_an_import_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(rows("1", "a.png")))
    run = RunFolder.create(tmp_path / "run")
    with run.writing():
        assert import_pairs(run, path).changed
        assert not import_pairs(run, path).changed
    assert len(run.numbered("generate")) == len(run.numbered("ingest")) == 1
