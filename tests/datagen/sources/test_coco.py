import json
from pathlib import Path
from typing import Any

import pytest

from datagen.sources import SOURCES, SourceRecord, detect, raise_invalid
from datagen.sources.facts import read_facts
from schemas.errors import InvalidRecord, UnreadableFile


def coco(**changes: Any) -> dict[str, Any]:
    return {
        "info": {"year": 2017},
        "licenses": [{"id": 4, "name": "CC BY 2.0", "url": "x"}],
        "images": [
            {"id": 9, "file_name": "a.jpg", "license": 4, "width": 10, "height": 10},
            {"id": 3, "file_name": "sub/b.jpg"},
        ],
        "annotations": [
            {"id": 1, "image_id": 3, "caption": "A cat.\n"},
            {"id": 2, "image_id": 9, "caption": "A dog  runs."},
            {"id": 3, "image_id": 9, "caption": "   "},
        ],
        **changes,
    }


def write(folder: Path, whole: object, *, bom: bool = False) -> Path:
    path = folder / "captions.json"
    path.write_text(json.dumps(whole), encoding="utf-8-sig" if bom else "utf-8")
    return path


def read(path: Path) -> list[SourceRecord]:
    return list(SOURCES.get("coco")(path, raise_invalid))


@pytest.mark.parametrize("bom", [False, True])
def test_captions_go_to_their_images_with_the_licence_by_name(tmp_path: Path, bom: bool) -> None:
    path = write(tmp_path, coco(), bom=bom)
    assert detect(path) == "coco"
    assert read(path) == [
        SourceRecord("a.jpg", ("A dog runs.",), 1, "CC BY 2.0"),
        SourceRecord("sub/b.jpg", ("A cat.",), 2, None),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"annotations": [{"image_id": 77, "caption": "x"}]},
        {"annotations": [{"image_id": 9}]},
        {"annotations": ["x"]},
        {"images": [{"file_name": "a.jpg"}], "annotations": []},
        {"images": [{"id": 1, "file_name": "../a.jpg"}], "annotations": []},
        {"images": ["a.jpg"], "annotations": []},
        {"licenses": [{"id": 4, "name": "CC \ud800"}]},
        {"annotations": [{"image_id": 9, "caption": "A \ud800."}]},
    ],
)
def test_bad_records_are_raised_by_name(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidRecord, match=r"captions\.json"):
        read(write(tmp_path, coco(**changes)))


@pytest.mark.parametrize("whole", [{}, [], {"images": [], "annotations": {}}, {"annotations": []}, 5])
def test_what_is_not_coco_says_so(tmp_path: Path, whole: object) -> None:
    with pytest.raises(UnreadableFile, match="not a COCO file"):
        read(write(tmp_path, whole))


def boxes_file(tmp_path: Path, **annotation: Any) -> Path:
    whole = coco(
        annotations=[{"image_id": 9, "category_id": 90, "bbox": [1, 2, 3, 4.5], "iscrowd": 1, **annotation}],
        categories=[{"id": 90, "name": "toothbrush"}, {"id": 91, "name": "\ud800"}],
    )
    return write(tmp_path, whole)


def test_boxes_are_read_with_sparse_category_ids_and_crowds(tmp_path: Path) -> None:
    boxes, facts = read_facts(boxes_file(tmp_path), raise_invalid)
    assert facts == []
    (box,) = boxes
    assert (box.image, box.label, box.x, box.height, box.crowd) == ("a.jpg", "toothbrush", 1.0, 4.5, True)


@pytest.mark.parametrize(
    "annotation",
    [
        {"bbox": [1, 2, 3]},
        {"bbox": [1, 2, -3, 4]},
        {"bbox": [1, 2, "3", 4]},
        {"bbox": [1, 2, float("nan"), 4]},
        {"bbox": None},
        {"category_id": 5},
        {"category_id": 91},
        {"image_id": 5},
    ],
)
def test_bad_boxes_are_raised_by_name(tmp_path: Path, annotation: dict[str, Any]) -> None:
    with pytest.raises(InvalidRecord, match=r"annotations\[0\]"):
        read_facts(boxes_file(tmp_path, **annotation), raise_invalid)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.jsonl", '{"image": "a.jpg"}', "jsonl"),
        ("a.json", '{"image": "a.jpg", "caption": "x"}\n{"image": "b.jpg"}', "jsonl"),
        ("a.json", '{\n "images": []}', "coco"),
        ("a.json", '{"info": {}, "images": [], "annotations": []}', "coco"),
    ],
)
def test_formats_are_told_apart(tmp_path: Path, name: str, content: str, form: str) -> None:
    (tmp_path / name).write_text(content)
    assert detect(tmp_path / name) == form


@pytest.mark.parametrize(("name", "content"), [("a.xyz", "x"), ("a.json", "[1]"), ("a.json", ""), ("a.json", "\0")])
def test_an_unknown_format_asks_for_it(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UnreadableFile):
        detect(tmp_path / name)
