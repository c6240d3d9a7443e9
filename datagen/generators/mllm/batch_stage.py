"""``generate`` with a model by the Batch API: half the price, in a day or so, collected by repeating the command."""

from collections.abc import Callable, Sequence

from datagen.generators.mllm.forms import Extraction, PairsReply
from datagen.generators.mllm.stage import Asked, Pilot, Progress, preparing
from mllm.batch import Limits, Out, run_batches
from mllm.session import Ways
from schemas.run import RunFolder

ALL_IMAGES = Pilot()


def generate_by_batches(
    run: RunFolder,
    ways: Ways,
    pilot: Pilot = ALL_IMAGES,
    *,
    wait: bool = False,
    poll: float = 60.0,
    per_image: int | None = None,
    categories: Sequence[str] = (),
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_out: Callable[[Out], None] = lambda _: None,
    limits: Limits = Limits(),  # noqa: B008 - a tuple
) -> Asked | Out:
    """Have a model make pairs by batches; the caller holds the run folder's lock.

    Each call takes in what has ended and sends what can be asked next: first what images show, then pairs. Nothing
    is committed while batches are out; the journal holds all they brought.

    Args:
        run: The run.
        ways: The model, with ``batch`` set.
        pilot: Which images.
        wait: Whether to stay until all is answered.
        poll: Seconds between looks at the batches, at most.
        per_image: Pairs per image at most, instead of the setting.
        categories: Only these, in full or without their level; none means all.
        on_images: Called once with the number of images.
        on_progress: Called after each image.
        on_out: Told what is out, while waiting.
        limits: How large batches are.

    Returns:
        What was committed, or what is still out.

    Raises:
        MissingStage: Nothing was ingested, or no image is at hand.
        BadConfig: A flag or setting cannot be used, or the backend takes no batches.
        WorkFailed: A batch failed as a whole, or the server fails on and on; nothing is committed.
    """
    with preparing(run, ways, pilot, per_image=per_image, categories=categories, on_progress=on_progress) as work:
        if work.done:
            return work.done
        on_images(len(work.images))
        forms = (Extraction, PairsReply)
        out = run_batches(
            work.chains, work.asker, work.takings.add, forms=forms, wait=wait, poll=poll, on_state=on_out, limits=limits
        )
        return out or work.commit()
