"""Scenes as files: images, captions, facts and the worlds themselves."""

import json
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from datagen.scenes.captions import captions
from datagen.scenes.compose import make_world
from datagen.scenes.drawing import draw
from datagen.scenes.holdout import Holdout
from datagen.scenes.statements import facts
from schemas.durable import sync_folder
from schemas.errors import BadConfig

LICENSE = "CC0-1.0"
_PARALLEL_FROM = 200  # scenes; below, starting processes takes longer than it saves
_CHUNK = 25
_COMPRESSION = 3  # higher levels take twice as long for 4 % less


class SceneLines(NamedTuple):
    """What one scene adds to each of the files beside its image."""

    captions: str
    facts: str
    worlds: str


def write_scenes(
    folder: Path,
    count: int,
    *,
    seed: int,
    size: int,
    holdout: Holdout = "none",
    on_progress: Callable[[int], None] | None = None,
) -> None:
    """Write ``images/000001.png`` and on, ``captions.jsonl``, ``facts.jsonl`` and ``worlds.jsonl``.

    The files are complete when this returns; if it raises, the caller removes the folder. From 200
    scenes on, every core draws: a script that calls this needs ``if __name__ == "__main__":``.

    Args:
        folder: Where to write; made if it is not there.
        count: How many scenes; zero gives empty files.
        seed: With a scene's number it decides everything.
        size: Side of the images in pixels, at least 32.
        holdout: Which half of the combinations to draw, as ``make_world`` has it.
        on_progress: Called with how many more are done.
    """
    (folder / "images").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        streams = [
            stack.enter_context((folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n"))
            for name in SceneLines._fields
        ]
        write_one = partial(write_scene, folder, seed=seed, size=size, holdout=holdout)
        scenes = stack.enter_context(closing(_drawn(write_one, count)))
        for lines in scenes:
            for stream, text in zip(streams, lines, strict=True):
                stream.write(text)
            if on_progress is not None:
                on_progress(1)


def write_scenes_whole(
    folder: Path,
    count: int,
    *,
    seed: int,
    size: int,
    holdout: Holdout = "none",
    on_progress: Callable[[int], None] | None = None,
) -> None:
    """Like ``write_scenes``, into a folder that is there with all its files or not at all.

    Raises:
        BadConfig: The folder is there already and not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadConfig("is there already", where=str(folder), fix="Name a new folder for the scenes.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent) as draft:
        write_scenes(Path(draft) / "whole", count, seed=seed, size=size, holdout=holdout, on_progress=on_progress)
        (Path(draft) / "whole").replace(folder)
    sync_folder(folder.parent)


def write_scene(folder: Path, index: int, *, seed: int, size: int, holdout: Holdout = "none") -> SceneLines:
    """Write one image into ``folder/images``; the lines for the other files are handed back."""
    name = f"images/{index:06d}.png"
    world = make_world(seed, index, holdout)
    draw(world, size).save(folder / name, compress_level=_COMPRESSION)
    caption = {"image": name, "captions": captions(world), "license": LICENSE, "drawn": True}
    return SceneLines(
        captions=_line(caption),
        facts="".join(_line(fact.model_dump()) for fact in facts(world, name)),
        worlds=_line({"image": name, **world.as_dict()}),
    )


def _drawn(write_one: Callable[[int], SceneLines], count: int) -> Generator[SceneLines]:
    """The scenes' lines in order, drawn in as many processes as there are cores, if it is worth it."""
    numbers = range(1, count + 1)
    if count < _PARALLEL_FROM:
        yield from map(write_one, numbers)
        return
    from datagen.workers import worker_pool  # not needed by the workers themselves, and not light

    with worker_pool() as pool:
        yield from pool.map(write_one, numbers, chunksize=_CHUNK)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
