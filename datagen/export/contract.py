"""What an exporter is given and gives back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args

from schemas.config import Split
from schemas.errors import BadConfig
from schemas.pair import Pair

Target = Literal["text", "letter", "both"]
Turns = Literal["single", "multi"]


@dataclass(frozen=True)
class ExportOptions:
    """What training samples look like: what they answer with, and how many turns they have."""

    target: Target = "text"
    turns: Turns = "single"

    @classmethod
    def checked(cls, *, target: str, turns: str) -> "ExportOptions":
        """Options from a user's words.

        Raises:
            BadConfig: Not one of the words that are known.
        """
        for name, value, known in (("--target", target, get_args(Target)), ("--turns", turns, get_args(Turns))):
            if value not in known:
                raise BadConfig(f"{name} {value!r} is not known", fix=f"Use one of: {', '.join(known)}.")
        return cls(target=target, turns=turns)  # type: ignore[arg-type]


@dataclass(frozen=True)
class ExportPair:
    """A kept pair with the split of its image."""

    pair: Pair
    split: Split


class Images(Protocol):
    """Where an image stands in the export."""

    def __call__(self, ref: str) -> str:
        """Its path relative to the export's folder; the image is put there when first asked for."""

    def content(self, ref: str) -> bytes | None:
        """The file itself, upright and without metadata, for formats that hold images inside; None if not at hand."""


def left_open(pairs: int) -> dict[str, int]:
    """How many pairs a format of options and letters had to leave out as open questions, as a count by name."""
    return {"left out, open-question": pairs} if pairs else {}


class Exporter(Protocol):
    """Writes one format into a folder of its own."""

    def __call__(
        self, pairs: Iterable[ExportPair], folder: Path, images: Images, options: ExportOptions
    ) -> Mapping[str, int]:
        """Write the files.

        Args:
            pairs: All kept pairs, by rank.
            folder: Where to.
            images: Places an image and says where.
            options: For formats of training samples.

        Returns:
            What was written, by name.
        """
