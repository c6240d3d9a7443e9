"""What is said to a model: messages of text and images."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})  # hosts that are this machine
Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class ImagePart:
    """An image within a message."""

    ref: str  # ``sha256:…`` of the file's bytes
    path: Path
    may_leave: bool = True  # whether it may be sent to a host that is not named in allow_hosts


@dataclass(frozen=True, slots=True)
class Message:
    """One turn: pieces of text and images, in order."""

    role: Role
    parts: tuple[str | ImagePart, ...]

    @property
    def text(self) -> str:
        """Its text alone."""
        return "\n".join(part for part in self.parts if isinstance(part, str))
