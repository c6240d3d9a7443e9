"""Dealing pairs to somebody else: whoever had them has left, or is named by the report."""

from collections import Counter
from collections.abc import Collection, Mapping

from annotation.assigning.assign import Staff, assignment
from annotation.assigning.record import Assignment
from schemas.identity import seeded
from schemas.pair import Pair


def deal_again(
    lacking: Mapping[str, int], pairs: Mapping[str, Pair], staff: Staff, doubtful: Collection[str]
) -> list[Assignment]:
    """New assignments of pairs that lack judges, as far as there is somebody who was not asked about them.

    They are asked in the mode and sample that the pair was dealt in; whoever has the least to do comes first.

    Args:
        lacking: How many judges each pair lacks.
        pairs: By id; those that are not given are left out.
        staff: Who judges, and what was decided before.
        doubtful: Who is not to be asked.
    """
    before = {one.pair_id: one for one in staff.assigned if one.regular}
    asked = {(one.pair_id, one.annotator) for one in staff.assigned}
    load = Counter(one.annotator for one in staff.assigned)
    dealt = []
    for pair_id, number in sorted(lacking.items()):
        if pair_id not in before or pair_id not in pairs:
            continue
        able = [one for one in staff.annotators if one not in doubtful and (pair_id, one) not in asked]
        able.sort(key=lambda one, pair_id=pair_id: (load[one], seeded(staff.seed, "again", pair_id, one)))  # type: ignore[misc]
        first = before[pair_id]
        for one in able[:number]:
            dealt.append(assignment(pairs[pair_id], one, first.mode, judges=first.judges, sample=first.sample))
            load[one] += 1
    return dealt
