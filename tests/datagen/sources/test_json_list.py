import json
from pathlib import Path

import pytest

from datagen.ingest import IngestOptions, ingest
from datagen.sources import SourceRecord, detect
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be


def write(folder: Path, whole: object, *, indent: int | None = None, name: str = "captions.json") -> Path:
    path = folder / name
    path.write_text(whole if isinstance(whole, str) else json.dumps(whole, indent=indent), encoding="utf-8")
    return path


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_as_blip_has_it_comes_in(tmp_path: Path, taken: Ingest, indent: int | None) -> None:
    """COCO's Karpathy split: one caption an item for training, all of an image for validation."""
    (tmp_path / "val2014").mkdir()
    for n in (1, 2):
        (tmp_path / f"val2014/{n}.jpg").write_bytes(picture(n, "JPEG"))
    whole = [
        {"caption": "A dog runs. ", "image": "val2014/1.jpg", "image_id": "coco_1"},
        {"caption": "A dog.", "image": "val2014/1.jpg", "image_id": "coco_1"},
        {"image": "val2014/2.jpg", "caption": ["A black cat.", "A cat."]},
    ]
    path = write(tmp_path, whole, indent=indent)
    assert detect(path) == "json"
    assert taken(path) == {"val2014/1.jpg": ["A dog runs.", "A dog."], "val2014/2.jpg": ["A black cat.", "A cat."]}


@pytest.mark.parametrize("indent", [None, 2])
def test_an_object_of_images_comes_in(tmp_path: Path, taken: Ingest, indent: int | None) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.png").write_bytes(picture(n))
    path = write(tmp_path, {"1.png": ["A dog runs.", "A dog."], "2.png": "A cat."}, indent=indent)
    assert detect(path) == "json"
    assert taken(path) == {"1.png": ["A dog runs.", "A dog."], "2.png": ["A cat."]}


def test_a_key_that_stands_twice_loses_no_caption(tmp_path: Path) -> None:
    path = write(tmp_path, '{"a.png": ["One."], "a.png": ["Two."]}')
    assert read_all("json", path) == [SourceRecord("a.png", ("One.",), 1), SourceRecord("a.png", ("Two.",), 2)]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ('[\n {"image": "a.jpg", "caption": "x"}]', "json"),
        ('[{"id": "1", "image": "a.jpg", "conversations": []}]', "llava"),
        ('{"x/a.JPG": ["x"]}', "json"),
        ('{"image": "a.jpg", "caption": "x"}\n', "jsonl"),
        ('{"images": [], "annotations": []}', "coco"),
    ],
)
def test_shapes_of_json_are_told_apart(tmp_path: Path, content: str, form: str) -> None:
    assert detect(write(tmp_path, content)) == form


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (5, "not an object"),
        (["b.jpg", "A dog."], "not an object"),
        ({"caption": "A dog."}, "no key image"),
        ({"image_id": 391895, "caption": "A dog."}, "image_id is a number"),
        ({"image": {"path": "b.jpg"}, "caption": "A dog."}, "not a file name"),
        ({"image": "b.jpg", "caption": [["A dog."]]}, "neither a string nor a list"),
        ({"id": "1", "image": "b.jpg", "question": "Why?", "ground_truth": "A"}, "a question.*leadproof import"),
    ],
)
def test_a_bad_item_is_named_or_left_out(tmp_path: Path, item: object, fault: str) -> None:
    path = write(tmp_path, [{"image": "a.jpg"}, item, {"image": "c.jpg"}])
    with pytest.raises(InvalidRecord, match=r"captions\.json: item 2: ") as raised:
        read_all("json", path)
    assert raised.match(fault)
    found, bad = read_what_can_be("json", path)
    assert ([one.image for one in found], len(bad)) == (["a.jpg", "c.jpg"], 1)


@pytest.mark.parametrize("value", [5, None, {"en": "A dog."}, ["A dog.", 5], "\ud800"])
def test_a_bad_value_of_an_object_is_named_or_left_out(tmp_path: Path, value: object) -> None:
    path = write(tmp_path, {"a.jpg": "x", "b.jpg": value, "../c.jpg": "x"})
    found, bad = read_what_can_be("json", path)
    assert [one.image for one in found] == ["a.jpg"]
    assert [one.split(": ")[1] for one in bad] == ["image 2", "image 3"]


def test_a_list_cut_in_the_middle_keeps_its_beginning_only_if_that_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps([{"image": f"{n}.jpg", "caption": "A dog."} for n in range(9)])[:-60])
    with pytest.raises(InvalidRecord, match="item 8: not JSON from here on"):
        read_all("json", path)
    assert len(read_what_can_be("json", path)[0]) == 7


@pytest.mark.parametrize("content", ["", "[]", "{}", "[1", '{"a.jpg": ["x"', "7", '{"images": [], "annotations": []}'])
def test_a_file_without_captions_says_so(tmp_path: Path, run: RunFolder, content: str) -> None:
    with pytest.raises(UnreadableFile):
        ingest(run, [write(tmp_path, content)], IngestOptions(format="json", skip_invalid=True))
    assert run.current("ingest") is None
