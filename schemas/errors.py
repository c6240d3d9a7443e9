"""Every error a user can meet, in one tree.

::

    LeadproofError
    ├── BadInput            exit 2: what was given cannot be used
    │   ├── InvalidPair     a pair, or a row of a pairs or benchmark file, is wrong
    │   ├── InvalidRecord   a record of any other file is wrong
    │   ├── UnreadableFile  a file or folder cannot be read, or is not what it should be
    │   ├── BadConfig       a setting, in leadproof.toml or a flag
    │   ├── BadRunFolder    the run folder is not one, was edited by hand, or is of another version
    │   ├── MissingStage    a stage that this one builds on has not run yet
    │   ├── RunLocked       another writing command is at work on the run folder
    │   ├── UnknownName     no filter, exporter, source… is registered under that name
    │   └── MissingExtra    an optional dependency is not installed
    └── WorkFailed          exit 1: the input was fine, the work was not
        └── LintFailed      ``lint`` found faults

A message says what, where and what to do next, in one line.
"""

from schemas.text import plain


class LeadproofError(Exception):
    """The root of the tree.

    Args:
        what: What is wrong, without a full stop.
        where: File, line, pair or flag it was met at.
        fix: What the user can do next, as a sentence.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, fix: str | None = None) -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(what)

    def __reduce__(self) -> tuple[object, ...]:
        """So that an error comes whole from a worker process."""
        return _revived, (type(self), self.what, self.where, self.fix)

    def __str__(self) -> str:
        """One line, with control characters of untrusted text escaped."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return plain(f"{head}. {self.fix}" if self.fix else f"{head}.", limit=2_000)


def _revived(kind: type[LeadproofError], what: str, where: str | None, fix: str | None) -> LeadproofError:
    error = kind.__new__(kind)
    LeadproofError.__init__(error, what, where=where, fix=fix)
    return error


class BadInput(LeadproofError):
    """What was given cannot be used; nothing was committed."""

    exit_code = 2


class InvalidPair(BadInput):
    """A pair, or a row of a pairs or benchmark file, is wrong."""


class InvalidRecord(BadInput):
    """A record of a captions, facts, replies or other file is wrong."""


class UnreadableFile(BadInput):
    """A file or folder cannot be read, or is not what it should be."""


class BadConfig(BadInput):
    """A setting, in leadproof.toml or a flag, is unknown or out of range."""


class BadRunFolder(BadInput):
    """The run folder is not one, was edited by hand, or is of another version."""


class MissingStage(BadInput):
    """A stage that this one builds on has not run yet."""


class RunLocked(BadInput):
    """Another writing command is at work on the run folder."""


class UnknownName(BadInput):
    """Nothing is registered under that name."""


class MissingExtra(BadInput):
    """An optional dependency is not installed."""

    def __init__(self, package: str, extra: str, *, what: str = "this") -> None:
        super().__init__(
            f"{what} needs the package {package}, which is not installed",
            fix=f'Run: pip install "leadproof[{extra}]"',
        )


class WorkFailed(LeadproofError):
    """The input was fine, the work was not."""


class LintFailed(WorkFailed):
    """``lint`` found faults."""
