"""What a command said, for the tests of the command line."""

from collections.abc import Callable
from typing import NamedTuple


class Said(NamedTuple):
    code: int
    out: str
    err: str


Leadproof = Callable[..., Said]
