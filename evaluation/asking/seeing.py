"""The images of a benchmark and of a guard, as they may be sent."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.benchmarks.contract import Benchmark
from evaluation.benchmarks.images import Located, locate_all, said_of
from evaluation.benchmarks.leaving import marks_of
from evaluation.guard import Guard
from evaluation.item import Item
from mllm import Asker, Message, Request
from schemas.errors import BadInput

NOTHING = Located({}, ())


def images_of(benchmark: Benchmark) -> Located:
    """A benchmark's images; those of a run's export keep the run's marks of what may leave.

    Raises:
        BadRunFolder: The run's table of images is gone or damaged.
    """
    return _located([item.image for item in benchmark.items], benchmark.images, benchmark.sources)


def images_of_guard(guard: Guard) -> Located:
    """A guard's images, marked as a benchmark's are; questions may have none."""
    return _located([item.image for item in guard.items if item.image], guard.images, guard.sources)


def _located(named: Sequence[str], root: Path | None, sources: Sequence[Path]) -> Located:
    """Images under the marks of the export that the file lies in, and of the one that the images lie in."""
    beside = () if root is None else (root / "_", root)  # the folder itself, and the one above it
    marks = [found for found in (marks_of(sources), marks_of(beside)) if found is not None]
    return locate_all(named, root, may_leave=lambda name, ref: all(one(name, ref) for one in marks))


def refuse_unseen(
    items: Sequence[Item], images: Located, benchmark: Benchmark, guard: Guard | None, guard_images: Located,
    asker: Asker,
) -> None:  # fmt: skip
    """Refuse questions whose images cannot all be shown to the model: its answers would be half blind.

    Args:
        items: The benchmark's questions; none where they are asked blind.
        images: Theirs.
        benchmark: Where they are from, for messages.
        guard: Further questions, always asked with their images.
        guard_images: Theirs.
        asker: Knows where images would be sent.

    Raises:
        BadInput: One cannot be used, or may not be sent where the model is; the message names some.
    """
    refuse_missing(items, images, benchmark)
    if guard is not None and guard_images.absent:
        raise BadInput(said_of(guard_images.absent), where=guard.name, fix="Name their folder with --guard-images.")
    wanted = {item.image for item in items}
    parts = {name: one for name, one in images.parts.items() if name in wanted} | dict(guard_images.parts)
    staying = [name for name, one in parts.items() if asker.must_stay(Request("", "", (Message("user", (one,)),)))]
    if staying:
        raise BadInput(
            f"{len(staying):,} images may not be sent to {asker.model.host}, {staying[0]} among them",
            where=benchmark.name,
            fix="Ask a model on this machine, or name the host under allow_hosts in leadproof.toml.",
        )


def refuse_missing(items: Sequence[Item], images: Located, benchmark: Benchmark) -> None:
    """Refuse a benchmark whose images are not all at hand.

    Raises:
        BadInput: One cannot be used; the message names some and why.
    """
    wanted = {item.image for item in items}
    missing = [one for one in images.absent if one.name in wanted]
    if missing:
        fix = "Name their folder with --images, or ask without them: --blind."
        raise BadInput(said_of(missing), where=benchmark.name, fix=fix)
