"""The whole chain on real photographs, where they are at hand."""

import json
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.chain import ROOT, leadproof

COCO = ROOT.parent / "shared" / "coco"

pytestmark = pytest.mark.skipif(not COCO.is_dir(), reason="the shared photographs are not here")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photographs") / "run"
    given = ["ingest", COCO / "captions.json", "--images", COCO / "images", "--facts", COCO / "instances.json"]
    for stage in (given, ["generate"], ["filter"], ["export", "--format", "mmr", "--format", "llava"]):
        done = leadproof(*stage, "--run", folder)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    return folder


def test_at_least_150_false_premise_pairs_in_at_least_6_categories(run: Path) -> None:
    categories: Counter[str] = Counter()
    for split in ("train", "validation", "benchmark"):
        rows = json.loads((run / "export/mmr/001" / f"{split}.json").read_text(encoding="utf-8"))
        categories.update(row["id"].rpartition("/")[0] for row in rows if row["question_type"] == "NEG")
    assert sum(categories.values()) >= 150, categories
    assert len(categories) >= 6, categories


def test_the_manifest_says_that_no_model_was_used_and_nothing_is_verified(run: Path) -> None:
    generated = json.loads((run / "generate/001/manifest.json").read_text())
    assert (generated["generator"], generated["model"]) == ("rules", None)
    exported = json.loads((run / "export/mmr/001/manifest.json").read_text())
    assert exported["notes"]["verification"] == {"unverified": exported["counts"]["pairs"]}
    assert exported["notes"]["licenses"] == {"Attribution License": 29}


def test_exported_images_hold_no_metadata_and_are_the_photographs(run: Path) -> None:
    images = sorted((run / "export/mmr/001/images").iterdir())
    assert len(images) == 29
    for path in images:
        with Image.open(path) as image:
            image.load()
            assert not image.getexif()


def test_the_benchmark_lints_clean_and_perfect_replies_score_one(run: Path, tmp_path: Path) -> None:
    folder = run / "export/mmr/001"
    assert leadproof("lint", folder / "benchmark.json").returncode == 0
    replies = tmp_path / "replies.jsonl"
    with replies.open("w") as file:
        for name in ("benchmark.json", "true_premise.json"):
            for row in json.loads((folder / name).read_text()):
                answer = {"id": row["id"], "question_type": row["question_type"], "text": row["ground_truth"]}
                file.write(json.dumps(answer) + "\n")
    for scorer in ("official", "strict"):
        arguments = ["--true-premise", folder / "true_premise.json", "--scorer", scorer, "--json"]
        done = leadproof("score", folder / "benchmark.json", replies, *arguments)
        found = json.loads(done.stdout)
        assert (found["ra"], found["mr"], found["true_premise"], found["unread"]) == (1.0, 0.0, 1.0, 0)
