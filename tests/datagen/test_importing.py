import json
from pathlib import Path

import pytest
from imagehash import phash
from PIL import Image, ImageFilter

from datagen.importing import import_pairs, split_named_by
from datagen.ingest import IngestOptions
from schemas.config import SPLITS
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


def noise(seed: int) -> Image.Image:
    import random

    return Image.frombytes("RGB", (64, 64), random.Random(seed).randbytes(64 * 64 * 3)).filter(
        ImageFilter.GaussianBlur(5)
    )


def a_bridge_and_its_ends() -> list[Image.Image]:
    """Three pictures: the first looks like both others, which do not look alike to a perceptual hash."""
    steps = [Image.blend(noise(0), noise(1), step / 300) for step in range(300)]
    hashes = [phash(step) for step in steps]
    end = next(at for at, found in enumerate(hashes) if found - hashes[0] > 4)
    return [steps[end - 1], steps[0], steps[end]]


@pytest.mark.parametrize(
    ("name", "split"),
    [("train.json", "train"), ("validation_true_premise.json", "validation"), ("MMR-benchmark.json", "benchmark")],
)
def test_a_file_that_is_not_named_for_another_split_is_a_benchmark(name: str, split: str) -> None:
    assert split_named_by(Path(name)) == split


def test_a_pair_whose_image_is_kept_out_goes_with_it(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path / "run")
    bridge, *ends = a_bridge_and_its_ends()
    for split, image in (("train", ends[0]), ("benchmark", ends[1]), ("validation", noise(7))):
        image.save(tmp_path / f"{split}.png")
    bridge.save(tmp_path / "bridge.png")
    for split in SPLITS:
        path = tmp_path / f"{split}.json"
        named = ["bridge.png"] if split == "validation" else []
        path.write_text(json.dumps([row for name in (f"{split}.png", *named) for row in rows(name[:1], name)]))
    with run.writing():
        for split in ("train", "benchmark", "validation"):
            done = import_pairs(run, tmp_path / f"{split}.json", IngestOptions())
    assert done.manifest.counts["new pairs"] == 1
    names = run.require("ingest").table("images")["name"].to_pylist()
    assert sorted(names) == ["benchmark.png", "train.png", "validation.png"]
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


def test_a_pair_that_a_file_holds_again_is_taken_once_and_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    again = [{**row, "id": "attribute/color&texture/2"} for row in rows("1", "a.png")]
    path.write_text(json.dumps([*rows("1", "a.png"), *again]))
    run = RunFolder.create(tmp_path / "run")
    with run.writing():
        done = import_pairs(run, path)
    assert done.manifest.counts["pairs"] == 1
    (drop,) = [row for row in read_ledger(run).to_pylist() if row["reason"] == "repeated"]
    assert drop["lost_to"] == run.require("generate").table("pairs")["pair_id"][0].as_py()
    assert drop["detail"] == "pairs.json:3"
