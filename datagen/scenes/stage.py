"""``scenes``: drawn scenes into a run, and from there into ``ingest/`` and ``facts/``."""

from collections.abc import Callable

from datagen.ingest import Ingested, IngestOptions, ingest
from datagen.scenes.holdout import Holdout
from datagen.scenes.write import write_scenes
from schemas.manifest import MANIFEST, read_manifest
from schemas.run import RunFolder, Stage


def draw_into(
    run: RunFolder,
    count: int,
    *,
    seed: int | None = None,
    size: int = 336,
    holdout: Holdout = "none",
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Ingested:
    """Draw scenes into ``scenes/`` and ingest them; the caller holds the run folder's lock.

    Scenes of the same count, seed, size and holdout are not drawn twice.

    Args:
        run: The run.
        count: Scenes to draw.
        seed: Instead of the run's.
        size: Side of the square images, in pixels.
        holdout: Which half of the combinations to draw: ``train``, ``test``, or ``none`` for all.
        on_images: Called with the number of scenes, once for drawing and once for ingesting.
        on_progress: Called with how many more are done.
    """
    seed = run.settings.run.seed if seed is None else seed
    config = {"count": count, "seed": seed, "size": size, "holdout": holdout}
    drawn = next((stage for stage in _drawn(run) if stage.manifest.config == config), None)
    if drawn is None:
        on_images(count)
        with run.stage("scenes") as writer:
            write_scenes(writer.path, count, seed=seed, size=size, holdout=holdout, on_progress=on_progress)
            for name in ("captions.jsonl", "facts.jsonl", "worlds.jsonl"):
                writer.add(writer.path / name)
            manifest = writer.commit(config=config, counts={"scenes": count}, seed=seed)
        drawn = Stage(writer.path, manifest)
    options = IngestOptions(format="jsonl", facts=drawn.path / "facts.jsonl")
    return ingest(run, [drawn.path / "captions.jsonl"], options, on_images=on_images, on_progress=on_progress)


def _drawn(run: RunFolder) -> list[Stage]:
    return [Stage(folder, read_manifest(folder)) for folder in run.numbered("scenes") if (folder / MANIFEST).is_file()]
