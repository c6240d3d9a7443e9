"""One ``generate --batch`` that kills itself at a named moment: ``python -m tests.mllm.batch.dying RUN URL MOMENT``."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from datagen.generators.mllm import generate_by_batches
from mllm import Ways
from mllm.batch import collecting
from mllm.journal.batches import BatchBook
from mllm.openai.batches import OpenAIBatches
from mllm.patience import Tries
from schemas.run import RunFolder


def die_before(owner: Any, name: str, *, calls: int = 1) -> None:
    """Kill this process just before a method is called for so many a time."""
    real, left = getattr(owner, name), [calls]

    async def call(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return await real(*arguments, **named)

    setattr(owner, name, call)


def main() -> None:
    run, url, moment = sys.argv[1:]
    collecting.GROUP = 3
    match moment:
        case "uploaded":
            die_before(BatchBook, "begin")
        case "noted":
            die_before(OpenAIBatches, "create")
        case "created":
            die_before(BatchBook, "created")
        case "collecting":
            die_before(BatchBook, "note", calls=3)
        case "collected":
            die_before(BatchBook, "ended")
    folder = RunFolder.open(Path(run))
    with folder.writing():
        generate_by_batches(folder, Ways("openai", "gpt-4o", url, batch=True, tries=Tries(first_wait=0.02)))


if __name__ == "__main__":
    main()
