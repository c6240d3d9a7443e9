"""A tiny real model, a run to ask it in, and pictures to ask about."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from mllm import Chain, ImagePart, Message, Outcome, Request, Ways, open_asker, run_chains
from mllm.patience import Tries
from mllm.tally import Tally
from schemas.identity import image_ref
from schemas.run import RunFolder
from tests.app.conftest import leadproof  # noqa: F401 - a fixture
from tests.mllm.local.tiny import build

QUICK = Tries(failed=2, first_wait=0.01, longest_wait=0.02)
Ask = Callable[..., tuple[list[Outcome], Tally]]
Say = Callable[..., Request]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder; not to be written to."""
    import torch

    torch.set_num_threads(1)  # a tiny model's work is too little to be shared out
    return build(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Asks a backend, in a run of its own, each request as a chain of its own.

    Gives the outcomes in the order of the requests, and what was counted. ``again``: in the last call's run.
    """
    runs: list[RunFolder] = []

    def chain(number: int, one: Request) -> Chain[tuple[int, Outcome]]:
        return number, (yield [one])[0]

    def call(
        backend: str, model: Path | None, *requests: Request, again: bool = False, **flags: object
    ) -> tuple[list[Outcome], Tally]:
        if not again:
            runs.append(RunFolder.create(tmp_path / f"run-{len(runs)}"))
        ways = Ways(backend, None if model is None else str(model), tries=QUICK, **flags)  # type: ignore[arg-type]
        found: list[tuple[int, Outcome]] = []
        with open_asker(runs[-1], ways) as asker:
            run_chains([chain(number, one) for number, one in enumerate(requests)], asker, found.append)
        found.sort(key=lambda one: one[0])
        return [outcome for _, outcome in found], asker.till.tally

    return call


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """A request with a text and so many images of its own colours."""

    def make(text: str, images: int = 1, **options: object) -> Request:
        parts: list[ImagePart | str] = []
        for number in range(images):
            path = tmp_path / f"{len(text)}-{number}.png"
            Image.new("RGB", (40, 24), (len(text) * 40 % 256, number * 90 % 256, 120)).save(path)
            parts.append(ImagePart(image_ref(path.read_bytes()), path))
        messages = (Message("user", (*parts, text)),)
        return Request("about", "step", messages, **{"max_tokens": 12, **options})  # type: ignore[arg-type]

    return make
