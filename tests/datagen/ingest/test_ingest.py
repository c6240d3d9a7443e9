import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter

from datagen.ingest import IngestOptions, ingest
from schemas.errors import BadInput, InvalidRecord, UnreadableFile
from schemas.ledger import read_ledger
from schemas.run import RunFolder

Files = Callable[..., Path]


def photo(path: Path, seed: int, size: int = 96, **save: Any) -> Path:
    """A picture with structure of its own: blurred noise, as a photograph is to a perceptual hash."""
    import random

    chance = random.Random(seed)
    image = Image.frombytes("RGB", (size, size), chance.randbytes(size * size * 3)).filter(ImageFilter.GaussianBlur(6))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **save)
    return path


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


@pytest.fixture
def source(tmp_path: Path) -> Files:
    def write(*records: object, name: str = "captions.jsonl") -> Path:
        path = tmp_path / "data" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return path

    return write


def images_of(run: RunFolder) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run.require("ingest").table("images").to_pylist()
    return rows


def test_images_come_in_with_identity_size_licence_and_split(run: RunFolder, source: Files, tmp_path: Path) -> None:
    photo(tmp_path / "data/a.png", 1, 120)
    path = source({"image": "a.png", "captions": ["A dog.", " A  dog. ", "A cat."], "license": "CC BY 4.0"})
    done = ingest(run, [path])
    (row,) = images_of(run)
    assert row["image"].startswith("sha256:")
    assert (row["width"], row["height"], row["format"], row["license"]) == (120, 120, "PNG", "CC BY 4.0")
    assert row["split"] in ("train", "validation", "benchmark")
    assert run.require("ingest").table("captions")["text"].to_pylist() == ["A cat.", "A dog."]
    assert done.changed


def test_repeating_changes_nothing_and_says_so(run: RunFolder, source: Files, tmp_path: Path) -> None:
    photo(tmp_path / "data/a.png", 1)
    path = source({"image": "a.png", "caption": "A dog."})
    assert ingest(run, [path]).changed
    assert not ingest(run, [path]).changed
    assert len(run.numbered("ingest")) == 1


def test_an_image_that_was_replaced_on_disk_is_noticed(run: RunFolder, source: Files, tmp_path: Path) -> None:
    photo(tmp_path / "data/a.png", 1)
    path = source({"image": "a.png", "caption": "A dog."})
    ingest(run, [path])
    photo(tmp_path / "data/a.png", 2)
    assert ingest(run, [path]).changed
    assert len(images_of(run)) == 2


def test_growing_keeps_clusters_and_splits(run: RunFolder, source: Files, tmp_path: Path) -> None:
    for n in range(12):
        photo(tmp_path / f"data/{n}.png", n)
    records = [{"image": f"{n}.png", "caption": f"Picture {n}."} for n in range(12)]
    ingest(run, [source(*records[:6], name="first.jsonl")])
    before = {row["image"]: (row["cluster"], row["split"]) for row in images_of(run)}
    ingest(run, [source(*records[6:], name="second.jsonl")])
    after = {row["image"]: (row["cluster"], row["split"]) for row in images_of(run)}
    assert len(after) == 12
    assert before.items() <= after.items()


def test_a_recompressed_copy_joins_its_cluster(run: RunFolder, source: Files, tmp_path: Path) -> None:
    photo(tmp_path / "data/a.png", 1)
    Image.open(tmp_path / "data/a.png").resize((64, 64)).save(tmp_path / "data/b.jpg", quality=70)
    ingest(run, [source({"image": "a.png"}, {"image": "b.jpg"})])
    rows = images_of(run)
    assert len(rows) == 2
    assert len({row["cluster"] for row in rows}) == 1


def test_captions_of_a_source_that_changed_are_replaced(run: RunFolder, source: Files, tmp_path: Path) -> None:
    photo(tmp_path / "data/a.png", 1)
    ingest(run, [source({"image": "a.png", "caption": "A dog."})])
    ingest(run, [source({"image": "a.png", "caption": "A cat."})])
    assert run.require("ingest").table("captions")["text"].to_pylist() == ["A cat."]


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("gone.png", None, "missing"),
        ("zero.png", b"", "not-an-image"),
        ("text.png", b"no image at all", "not-an-image"),
        ("cut.png", "cut", "cut-or-damaged"),
        ("cut.jpg", "cut", "cut-or-damaged"),
        ("bomb.png", "bomb", "too-large"),
        ("link.png", "link", "outside-root"),
        ("folder.png", "folder", "not-an-image"),
    ],
)
def test_what_is_not_a_whole_image_is_named_and_skipped_or_stops_the_run(
    run: RunFolder, source: Files, tmp_path: Path, name: str, make: object, reason: str
) -> None:
    bad = tmp_path / "data" / name
    photo(tmp_path / "data/good.png", 1)
    if isinstance(make, bytes):
        bad.write_bytes(make)
    elif make == "cut":
        photo(bad, 2)
        bad.write_bytes(bad.read_bytes()[:-900])
    elif make == "bomb":
        Image.new("1", (12_000, 12_000)).save(bad)
    elif make == "link":
        bad.symlink_to(photo(tmp_path / "secret.png", 3))
    elif make == "folder":
        bad.mkdir()
    path = source({"image": "good.png"}, {"image": name})
    with pytest.raises(UnreadableFile, match=reason):
        ingest(run, [path], IngestOptions(strict=True))
    assert run.current("ingest") is None
    done = ingest(run, [path])
    assert done.skipped.counts == {reason: 1}
    assert len(images_of(run)) == 1
    (drop,) = read_ledger(run).to_pylist()
    assert name in drop["detail"]


@pytest.mark.parametrize(
    "record",
    [
        {"image": "../../etc/passwd"},
        {"image": "/etc/passwd"},
        {"image": "a/../../b.png"},
        {"image": "..\\..\\b.png"},
        {"image": "C:/x.png"},
        {"image": "a\0.png"},
        {"image": ""},
        {"image": 7},
        {},
        {"image": "a.png", "captions": {"en": "x"}},
        {"image": "a.png", "caption": 5},
        {"image": "a.png", "captions": ["x" * 200_000]},
        {"image": "a.png", "may_leave": "no"},
        {"image": "a.png", "license": ["x"]},
        ["not", "an", "object"],
    ],
)
def test_a_bad_record_stops_the_run_or_is_left_out_by_name(
    run: RunFolder, source: Files, tmp_path: Path, record: object
) -> None:
    photo(tmp_path / "data/good.png", 1)
    path = source({"image": "good.png", "caption": "A dog."}, record)
    with pytest.raises(InvalidRecord, match=r"captions\.jsonl:2"):
        ingest(run, [path])
    assert run.current("ingest") is None
    done = ingest(run, [path], IngestOptions(skip_invalid=True))
    assert done.skipped.counts == {"invalid-record": 1}
    assert len(images_of(run)) == 1


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe{}", b"{", b"\0\0"])
def test_a_file_that_cannot_be_read_commits_nothing(run: RunFolder, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "captions.jsonl"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        ingest(run, [path])
    assert run.current("ingest") is None


def test_no_image_that_can_be_used_is_an_error_not_an_empty_run(run: RunFolder, source: Files) -> None:
    with pytest.raises(UnreadableFile, match="Pass --images DIR"):
        ingest(run, [source({"image": "a.png"})])


def test_exif_rotation_is_in_the_recorded_size(run: RunFolder, source: Files, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "data").mkdir()
    Image.new("RGB", (80, 40), "red").save(tmp_path / "data/turned.jpg", exif=exif)
    ingest(run, [source({"image": "turned.jpg"})])
    (row,) = images_of(run)
    assert (row["width"], row["height"]) == (40, 80)


def test_copies_are_kept_in_the_run_folder(run: RunFolder, source: Files, tmp_path: Path) -> None:
    photo(tmp_path / "data/a.png", 1)
    ingest(run, [source({"image": "a.png"})], IngestOptions(copy=True))
    (row,) = images_of(run)
    assert (run.path / row["path"]).read_bytes() == (tmp_path / "data/a.png").read_bytes()
    assert row["path"].startswith("images/")


def test_an_image_once_marked_to_stay_stays(run: RunFolder, source: Files, tmp_path: Path) -> None:
    photo(tmp_path / "data/a.png", 1)
    ingest(run, [source({"image": "a.png", "may_leave": False})])
    ingest(run, [source({"image": "a.png"}, name="again.jsonl")])
    assert [row["may_leave"] for row in images_of(run)] == [False]
