"""Backends by name: how a model is opened for a command."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mllm.model import Model
from mllm.picture import Transform
from schemas.errors import UnreadableFile
from schemas.registry import Registry


@dataclass(frozen=True)
class Wanted:
    """What a user asks for: a model and how it is reached."""

    model: str | None = None
    base_url: str | None = None
    transform: Transform = field(default_factory=Transform)
    timeout: float = 120.0
    batch_size: int = 8
    trust_remote_code: bool = False


class Memory(Protocol):
    """Where what is found out of a server is kept."""

    def dialect(self, endpoint: str, model: str) -> str | None:
        """What was found out."""

    async def learn(self, endpoint: str, model: str, dialect: str) -> None:
        """Keep what was found out."""


Opener = Callable[[Wanted, Memory], Model]

BACKENDS: Registry[Opener] = Registry(
    kind="backend",
    group="leadproof.backends",
    builtin={
        "openai": "mllm.openai.opening:open_openai",
        "transformers": "mllm.local.opening:open_transformers",
    },
)


def refuse_unknown(name: str) -> None:
    """Refuse a name that no backend has, and a file that is not there.

    Raises:
        UnknownName: No backend has that name.
        UnreadableFile: There is no such file.
    """
    if not name.endswith(".py"):
        BACKENDS.get(name)
    elif not Path(name).is_file():
        raise UnreadableFile("no such file", where=name, fix="Name another with --backend.")


def open_backend(name: str, wanted: Wanted, memory: Memory) -> Model:
    """The model that a backend opens; a name that ends in ``.py`` is a user's own file.

    Naming a file is the consent to run it.

    Raises:
        UnknownName: No backend has that name.
        BadInput: It cannot be opened as it is wanted.
    """
    if name.endswith(".py"):
        from mllm.local.user_file import open_user_file

        return open_user_file(name, wanted, memory)
    return BACKENDS.get(name)(wanted, memory)
