"""A row of the table: what is bad, how it is made, how it is given, and what must be said of it."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Content = str | bytes | Callable[[Path], object]
Given = Literal["nothing", "run"]


@dataclass(frozen=True)
class Case:
    """One kind of bad input.

    Args:
        name: What is bad, in words; the command or the format comes first.
        command: The command line below ``work/``, where ``a.png`` and ``b.png`` lie; a string is split as a shell does.
        says: What the one line must mention.
        files: What is made beforehand, by path below ``work/``: its content, or a function of its path.
        given: ``run``: a whole run, from scenes to an export, lies in ``run/``.
        code: 2 for bad input, 1 for ``lint`` and work that failed, 0 for images that are skipped.
        out: What standard output must mention; where ``code`` is 0 or ``lint`` found faults.
    """

    name: str
    command: str | tuple[str, ...]
    says: str = ""
    files: Mapping[str, Content] = field(default_factory=dict)
    given: Given = "nothing"
    code: int = 2
    out: str = ""

    @property
    def argv(self) -> list[str]:
        """The command line in words."""
        return shlex.split(self.command) if isinstance(self.command, str) else list(self.command)

    def make(self, work: Path) -> None:
        """Lay out the files."""
        for name, content in self.files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.unlink(missing_ok=True)  # it may be a link into what all rows share
                path.write_bytes(content.encode() if isinstance(content, str) else content)
