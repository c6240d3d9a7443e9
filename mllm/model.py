"""What a backend is: something that answers one request at a time."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from mllm.message import Message
from mllm.picture import Picture
from mllm.reply import Reply
from mllm.request import Request


@runtime_checkable
class Learning(Protocol):
    """A model that finds out by its first request what the next ones may hold."""

    def knows(self, request: Request) -> bool:
        """Whether that is found out for requests like this one."""


@runtime_checkable
class Model(Protocol):
    """A multimodal model, wherever it runs."""

    endpoint: str  # where it is, as it enters keys: a server's URL, or how local weights are run
    name: str
    host: str | None  # that images are sent to; None where they stay in this process

    async def ask(
        self, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], key: str
    ) -> Reply:
        """One attempt.

        Args:
            request: Form, bounds and sampling.
            messages: What to say: the request's messages, or those and a turn of repair.
            pictures: Encoded images by reference.
            key: The request's key, to tell repetitions apart.

        Raises:
            Failure: There is no reply; its kind says what to do next.
        """

    async def close(self) -> None:
        """Let go of connections and memory."""
