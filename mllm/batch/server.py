"""What a server of batches is, whoever runs it."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from mllm.failure import Failure, Rejected
from mllm.message import Message
from mllm.picture import Picture
from mllm.reply import Reply
from mllm.request import Request

ENDED = frozenset({"completed", "expired", "cancelled", "failed"})


@dataclass(frozen=True, slots=True)
class RemoteBatch:
    """A batch as its server shows it."""

    id: str
    mark: str | None  # ours, given when it was created
    state: str
    created: float  # seconds since 1970; inf where it is not said
    completed: int = 0  # lines with a reply
    failed: int = 0
    files: tuple[str, ...] = ()  # of outputs and errors
    said: str = ""  # why it failed as a whole

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED


class Answer(NamedTuple):
    """What a line of a batch came to; ``name`` is the ``custom_id``, empty where the line cannot be read."""

    name: str
    came: Reply | Failure


class Gone(Rejected):
    """A file of answers is not there any more; what stood in it may have been charged."""


class BatchServer(Protocol):
    """Takes files of requests and works them off within a day; each call may raise a Failure."""

    async def upload(self, path: Path, name: str) -> str:
        """Send a file of lines; returns the server's name for it."""

    async def create(self, file: str, mark: str) -> RemoteBatch:
        """Begin to work off a file."""

    async def retrieve(self, batch: str) -> RemoteBatch:
        """How a batch stands."""

    def newest(self) -> AsyncGenerator[RemoteBatch, None]:
        """All batches of the account, the newest first."""

    def answers(self, file: str) -> AsyncGenerator[Answer, None]:
        """The lines of a file of outputs or errors, as they come."""


@runtime_checkable
class BatchModel(Protocol):
    """A model whose server takes batches."""

    def knows(self, request: Request) -> bool:
        """Whether it is found out what the server takes of a request like this."""

    def batch_line(
        self, name: str, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture]
    ) -> bytes:
        """A request as a line of a batch's file."""

    def batches(self) -> BatchServer:
        """The server's batches."""
