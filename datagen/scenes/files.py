"""Scenes as files: images, captions, facts and the worlds themselves."""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from datagen.scenes.captions import captions
from datagen.scenes.compose import make_world
from datagen.scenes.drawing import draw
from datagen.scenes.statements import facts

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
    folder: Path, count: int, *, seed: int, size: int, on_progress: Callable[[int], None] | None = None
) -> None:
    """Write ``images/000001.png`` and on, ``captions.jsonl``, ``facts.jsonl`` and ``worlds.jsonl``.

    The files are complete when this returns; if it raises, the caller removes the folder. From 200
    scenes on, every core draws: a script that calls this needs ``if __name__ == "__main__":``.

    Args:
        folder: Where to write; made if it is not there.
        count: How many scenes; zero gives empty files.
        seed: With a scene's number it decides everything.
        size: Side of the images in pixels, at least 32.
        on_progress: Called with the number of scenes done so far.
    """
    (folder / "images").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        streams = [
            stack.enter_context((folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n"))
            for name in SceneLines._fields
        ]
        scenes = stack.enter_context(closing(_drawn(partial(write_scene, folder, seed=seed, size=size), count)))
        for done, lines in enumerate(scenes, start=1):
            for stream, text in zip(streams, lines, strict=True):
                stream.write(text)
            if on_progress is not None:
                on_progress(done)


def write_scene(folder: Path, index: int, *, seed: int, size: int) -> SceneLines:
    """Write one image into ``folder/images``; the lines for the other files are handed back."""
    name = f"images/{index:06d}.png"
    world = make_world(seed, index)
    draw(world, size).save(folder / name, compress_level=_COMPRESSION)
    caption = {"image": name, "captions": captions(world), "license": LICENSE, "drawn": True}
    return SceneLines(
        captions=_line(caption),
        facts="".join(_line(fact.model_dump()) for fact in facts(world, name)),
        worlds=_line({"image": name, **world.as_dict()}),
    )


def _drawn(write_one: Callable[[int], SceneLines], count: int) -> Iterator[SceneLines]:
    """The scenes' lines in order, drawn in as many processes as there are cores, if it is worth it."""
    numbers = range(1, count + 1)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if count < _PARALLEL_FROM or cores < 2:
        yield from map(write_one, numbers)
        return
    # Not forked: the caller may have threads (Arrow, torch), whose locks a forked child would inherit.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        yield from pool.map(write_one, numbers, chunksize=_CHUNK)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
