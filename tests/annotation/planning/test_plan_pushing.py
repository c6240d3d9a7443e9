"""Pushing in rounds stops every category at its quota."""

from datetime import date
from math import ceil, sqrt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.planning import Cell, Measured, Plan, Supply, Wanted, plan, still_to_push
from annotation.planning.cells import WAY_OF, WAYS
from annotation.planning.measured import Accepted
from annotation.settings import AnnotateSettings
from schemas.taxonomy import MMR_CATEGORIES

NAMES = MMR_CATEGORIES[:6]
RATES = dict(zip(NAMES, (0.95, 0.8, 0.7, 0.6, 0.4, 0.15), strict=True))


def plan_for(train: int, benchmark: int, supply: dict[Cell, int]) -> Plan:
    return plan(
        Wanted(train + benchmark, benchmark, 3), Supply(supply), Measured(), AnnotateSettings(), start=date(2026, 11, 2)
    )


def cells(train: int, benchmark: int) -> dict[Cell, int]:
    return {Cell(name, "train"): train for name in NAMES} | {Cell(name, "benchmark"): benchmark for name in NAMES}


def test_rounds_stop_at_the_quota_and_overshoot_by_no_more_than_the_last_brings_by_chance() -> None:
    for seed in range(20):
        random = np.random.default_rng(seed)
        left, none = cells(20_000, 3_000), cells(0, 0)
        found = plan_for(3_000, 300, left)
        verified, judged, last = dict(none), dict(none), dict(none)
        for _ in range(40):
            votes = {
                way: {
                    cell.category: Accepted(verified[cell], judged[cell], judged[cell])
                    for cell in none if WAY_OF[cell.group] == way
                } for way in WAYS
            }  # fmt: skip
            pushed = still_to_push(found, verified, none, left, Measured(votes))
            # Half of it at a time, so that what comes back is learned from.
            pushed = {cell: min(many, max(10, many // 2)) for cell, many in pushed.items()}
            if not any(pushed.values()):
                break
            for cell, many in pushed.items():
                right = int(random.binomial(many, RATES[cell.category]))
                left[cell] -= many
                judged[cell] += many
                verified[cell] += right
                last[cell] = many or last[cell]
        else:
            raise AssertionError("it never stops")
        for cell, quota in found.quotas.items():
            noise = sqrt(last[cell] * RATES[cell.category] * (1 - RATES[cell.category]))
            assert quota <= verified[cell] <= quota + 1 + 4 * noise + 0.1 * last[cell], cell


def test_those_in_flight_are_counted_on_at_the_rate() -> None:
    found = plan_for(600, 0, cells(5_000, 0))
    cell = Cell(NAMES[0], "train")
    none = cells(0, 0)
    plenty = cells(5_000, 0)
    assert found.quotas[cell] == 100

    def more(verified: int, flying: int, left: int = 5_000) -> int:
        pushed = still_to_push(
            found, none | {cell: verified}, none | {cell: flying}, plenty | {cell: left}, Measured()
        )  # fmt: skip
        return pushed[cell]

    assert more(0, 0) == ceil(100 / 0.75)
    assert more(40, 0) == 80
    assert more(40, 60) == 20
    assert more(40, 80) == 0
    assert more(40, 500) == 0
    assert more(40, 0, left=7) == 7
    assert more(100, 0) == more(130, 0) == 0
    assert more(130, 40) == 0


def test_the_first_push_is_what_the_plan_has_to_judge() -> None:
    supply = cells(900, 60)
    found = plan_for(3_000, 200, supply)
    pushed = still_to_push(found, {}, {}, supply, Measured())
    assert pushed == {Cell(row.category, row.group): row.to_judge.value for row in found.rows}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_never_pushes_below_nothing_or_above_what_is_left(data: st.DataObject) -> None:
    found = plan_for(600, 60, cells(900, 60))
    some = st.dictionaries(st.sampled_from(sorted(found.quotas)), st.integers(0, 300))
    verified, flying, left = data.draw(some), data.draw(some), data.draw(some)
    pushed = still_to_push(found, verified, flying, left, Measured())
    assert pushed.keys() == found.quotas.keys()
    for cell, many in pushed.items():
        assert 0 <= many <= left.get(cell, 0)
        assert many == 0 or verified.get(cell, 0) < found.quotas[cell]
