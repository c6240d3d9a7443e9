"""The files a run takes in."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from datagen.scenes import facts, make_world, write_scenes, write_scenes_whole
from datagen.scenes import write as writing_files
from schemas.errors import BadConfig
from schemas.fact import Fact


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_writes_images_captions_facts_and_worlds(tmp_path: Path) -> None:
    write_scenes(tmp_path, 3, seed=4, size=96)
    names = [f"images/{number:06d}.png" for number in (1, 2, 3)]
    captions = lines(tmp_path / "captions.jsonl")
    assert [line["image"] for line in captions] == names
    assert {(line["license"], line["drawn"], len(line["captions"])) for line in captions} == {("CC0-1.0", True, 5)}
    assert [line["image"] for line in lines(tmp_path / "worlds.jsonl")] == names
    for name in names:
        with Image.open(tmp_path / name) as image:
            assert (image.format, image.size) == ("PNG", (96, 96))


def test_facts_are_read_back_as_they_were_stated(tmp_path: Path) -> None:
    write_scenes(tmp_path, 2, seed=4, size=32)
    read = [Fact.model_validate(line) for line in lines(tmp_path / "facts.jsonl")]
    assert read == [fact for index in (1, 2) for fact in facts(make_world(4, index), f"images/{index:06d}.png")]


def test_same_seed_same_files(tmp_path: Path) -> None:
    write_scenes(tmp_path / "a", 4, seed=1, size=64)
    write_scenes(tmp_path / "b", 4, seed=1, size=64)
    write_scenes(tmp_path / "c", 4, seed=2, size=64)
    assert content(tmp_path / "a") == content(tmp_path / "b") != content(tmp_path / "c")


def test_several_processes_write_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_scenes(tmp_path / "one", 8, seed=1, size=32)
    monkeypatch.setattr(writing_files, "_PARALLEL_FROM", 2)
    monkeypatch.setattr(writing_files, "_CHUNK", 3)
    steps: list[int] = []
    write_scenes(tmp_path / "many", 8, seed=1, size=32, on_progress=steps.append)
    assert content(tmp_path / "one") == content(tmp_path / "many")
    assert steps == [1] * 8


def test_no_scenes_are_empty_files(tmp_path: Path) -> None:
    write_scenes(tmp_path, 0, seed=1, size=96)
    assert content(tmp_path) == {"captions.jsonl": b"", "facts.jsonl": b"", "worlds.jsonl": b""}


def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_scenes_whole(tmp_path / "out", 2, seed=1, size=32, on_progress=stop)
    assert list(tmp_path.iterdir()) == []
    write_scenes_whole(tmp_path / "out", 2, seed=1, size=32)
    assert len(content(tmp_path / "out")) == 5


def test_does_not_touch_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(BadConfig, match="is there already"):
        write_scenes_whole(tmp_path, 2, seed=1, size=32)
    assert content(tmp_path) == {"mine.txt": b"keep"}
