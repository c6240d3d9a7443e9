"""What a reader of benchmark files gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evaluation.item import Item


@dataclass(frozen=True)
class Benchmark:
    """A benchmark that was read: its questions, and where its images are.

    ``name`` is fit for a folder; ``digest`` (16 hex digits) is over all that decides what is asked and what is right,
    true premises apart: ``premises`` is theirs, empty where there are none, so that evaluations with and without them
    can be compared.
    ``images`` is the folder that images are named in, None where none was found: it can be asked blind alone.
    """

    name: str
    digest: str
    items: tuple[Item, ...]
    images: Path | None
    sources: tuple[Path, ...]  # files it was read from
    premises: str = ""
    left_out: tuple[str, ...] = ()  # what of it could not be taken, a line each


class BenchmarkReader(Protocol):
    """Reads one format. Registered under ``leadproof.benchmarks``."""

    def recognises(self, path: Path) -> bool:
        """Whether a file or folder looks like it; cheap, and never raises for what it holds."""

    def read(self, path: Path, *, true_premise: Path | None = None) -> tuple[Sequence[Item], Sequence[str]]:
        """Its items, in its order, and a line for each thing that could not be taken.

        Raises:
            BadInput: It is not of this format after all, or holds nothing that can be asked.
        """
