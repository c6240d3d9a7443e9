"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and, where that is not as it should be, what to do.

    Attributes:
        what: What was looked at.
        found: What it is.
        mend: None where all is well.
        serious: Whether work cannot go on like this.
    """

    what: str
    found: str
    mend: str | None = None
    serious: bool = True

    @property
    def well(self) -> bool:
        """Whether nothing need be done."""
        return self.mend is None
