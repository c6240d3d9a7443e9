"""The ``transformers`` backend: requests that wait are answered in batches, by one thread."""

import asyncio
import hashlib
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mllm.failure import Lost
from mllm.local.batching import Batcher
from mllm.local.conversation import conversation
from mllm.local.prompt import Prompt
from mllm.local.veil import veiled
from mllm.local.weights import Weights
from mllm.message import Message
from mllm.picture import Picture
from mllm.probe import Ability, refuse_unmeasured
from mllm.reply import Reply
from mllm.request import Request

if TYPE_CHECKING:
    from mllm.local.engine import Engine


class TransformersModel:
    """Local weights; nothing leaves this process.

    A reply depends on its request and not on what shares its batch, up to rounding: greedy at temperature 0, else
    drawn with noise of the request's own seed.
    """

    host: str | None = None
    probes: frozenset[Ability] = frozenset({"choices", "attention", "veil", "efficiency"})

    def __init__(self, weights: Weights, *, batch_size: int = 8, trust_remote_code: bool = False) -> None:
        """A model; torch is imported and the weights are loaded when the first request comes.

        Args:
            weights: Where they are.
            batch_size: Requests answered together at most; halved where the memory is too small.
            trust_remote_code: Whether Python code that comes with the weights is run.
        """
        self.name, self.endpoint = weights.name, weights.endpoint
        self._weights, self._trust_remote_code, self._batch_size = weights, trust_remote_code, batch_size
        self._stop = threading.Event()
        self._engine: Engine | None = None
        self._batcher: Batcher[Prompt, Reply] | None = None

    async def ask(
        self, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], key: str
    ) -> Reply:
        """One attempt, together with others that wait.

        Raises:
            Failure: ``Rejected`` where the model cannot be loaded or run, ``Unwilling`` where it does not take this
                one request, ``Lost`` where the model was closed meanwhile.
        """
        if self._stop.is_set():
            raise Lost("the model is closed")
        if self._batcher is None:  # made here, for it belongs to one event loop
            self._batcher = Batcher(self._answer, most=self._batch_size, kind=lambda prompt: prompt.kind)
        began = time.monotonic()
        refuse_unmeasured(request.probe, request.veil, known=self.probes, name=self.name)
        prompt = await asyncio.to_thread(_prompt, request, messages, pictures, own_seed(request, key))
        reply = await self._batcher.do(prompt)
        return replace(reply, latency=time.monotonic() - began)

    async def close(self) -> None:
        """End what is being written at its next token, and let go of the weights."""
        self._stop.set()
        if self._batcher:
            await self._batcher.close()
        self._engine = None

    def _answer(self, prompts: Sequence[Prompt]) -> Sequence[Reply | Exception]:
        if self._engine is None:
            from mllm.local.engine import Engine

            self._engine = Engine(self._weights.folder, trust_remote_code=self._trust_remote_code, stop=self._stop)
        return self._engine.answer(prompts)


def _prompt(request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], seed: int) -> Prompt:
    said = conversation(request, messages, pictures)
    images = said.images if request.veil is None else [veiled(image, request.veil) for image in said.images]
    return Prompt(said.turns, images, request.max_tokens, request.temperature, seed, request.probe)


def own_seed(request: Request, key: str) -> int:
    """A seed of a request's own, in 63 bits: from its seed, its vote and its key."""
    digest = hashlib.sha256(f"{request.seed}/{request.vote}/{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
