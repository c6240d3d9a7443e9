"""What is out in batches."""

from dataclasses import dataclass

from mllm.asking import Asker
from schemas.errors import WorkFailed


@dataclass(frozen=True, slots=True)
class Out:
    """Batches that are not taken in yet."""

    batches: int
    ended: int  # of them, at the server
    requests: int
    answered: int  # of them, as the server counts
    oldest: float  # seconds since the oldest was sent
    over_budget: bool = False  # whether more is to be asked, for which the budget has no room now


def check_nothing_out(asker: Asker) -> None:
    """Make sure that asking live pays for nothing that is out in batches.

    Raises:
        WorkFailed: Batches to this model are out.
    """
    batches = asker.journal.batches.open(asker.asked.endpoint, asker.asked.model)
    if batches:
        requests = sum(batch.requests for batch in batches)
        out = f"{len(batches)} {'batch' if len(batches) == 1 else 'batches'} with {requests:,} requests"
        fix = "Repeat the command with --batch to collect them; those that you cancel at the server are let go."
        raise WorkFailed(f"{out} to this model out", fix=fix)
