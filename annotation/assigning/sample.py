"""Dealing out a sample: a random share of each category, judged once each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from annotation.assigning.assign import Candidate, Staff, assign
from annotation.assigning.record import Assignment
from schemas.identity import seeded


def draw_sample(candidates: Sequence[Candidate], staff: Staff, share: float) -> list[Assignment]:
    """New assignments of a seeded share of each category, rounded up, among pairs that people train on.

    The benchmark's pairs are never sampled: each of them is solved by several. What was drawn before counts, so that
    the same share draws nothing more, and a larger one adds to it.

    Args:
        candidates: Pairs that nobody has yet; those whose answer is known are passed over.
        staff: Who judges, and what was decided before.
        share: In (0, 1].
    """
    drawn: dict[str, int] = defaultdict(int)
    for pair_id, category in {(one.pair_id, one.sample) for one in staff.assigned if one.sample}:
        drawn[category] += bool(pair_id)
    by_category: dict[str, list[Candidate]] = defaultdict(list)
    known = {known for one in staff.gold for known in (one.pair_id, one.base)}
    for one in candidates:
        if one.group == "train" and one.pair.pair_id not in known:
            by_category[one.pair.category].append(one)
    chosen: dict[str, Candidate] = {}
    for category, found in by_category.items():
        wanted = ceil(share * (len(found) + drawn[category]) - 1e-9) - drawn[category]
        found.sort(key=lambda one: seeded(staff.seed, "sample", one.pair.pair_id))
        chosen |= {one.pair.pair_id: one for one in found[: max(0, wanted)]}
    once = replace(staff, settings=staff.settings.model_copy(update={"overlap": 0.0}))
    dealt = assign(list(chosen.values()), once)
    return [one if one.gold else one.model_copy(update={"sample": chosen[one.pair_id].pair.category}) for one in dealt]
