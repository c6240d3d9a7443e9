"""How large batches may be, and how often one request is put into one."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Of a batch's file, as OpenAI's public reference has them (200 MB; room is left), and of rounds."""

    lines: int = 50_000
    size: int = 150 * 2**20  # bytes
    rounds: int = 3  # batches that brought no reply to a request, after which a command gives it up
