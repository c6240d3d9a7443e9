"""How many more pairs to push, so that every category stops at its quota."""

from collections.abc import Mapping
from math import ceil

from annotation.planning.cells import WAY_OF, WAYS, Cell
from annotation.planning.measured import Measured
from annotation.planning.rates import believe
from annotation.planning.record import Plan

_SPECK = 1e-9  # 600 / 0.75 must not be 801


def still_to_push(
    plan: Plan,
    verified: Mapping[Cell, int],
    in_flight: Mapping[Cell, int],
    supply_left: Mapping[Cell, int],
    measured: Measured,
) -> dict[Cell, int]:
    """Pairs to push now, by category and group, for each of the plan's: 0 where the quota is reached.

    Those in flight are expected to be accepted at the category's rate, as those to be pushed are. To reach the
    quotas with less to spare, push in rounds: what a round brings is known before the next.

    Args:
        plan: Whose quotas to stop at.
        verified: Verified pairs.
        in_flight: Pushed, and not judged to the end.
        supply_left: Kept, and never pushed.
        measured: What verdicts say by now.
    """
    believed = {way: believe(measured.of(way)) for way in WAYS}
    found = {}
    for cell, quota in plan.quotas.items():
        rate = believed[WAY_OF[cell.group]].rate(cell.category)
        missing = quota - verified.get(cell, 0)
        more = ceil(missing / rate - in_flight.get(cell, 0) - _SPECK) if missing > 0 else 0
        found[cell] = min(max(0, more), supply_left.get(cell, 0))
    return found
