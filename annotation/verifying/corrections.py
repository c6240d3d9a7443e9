"""What fixes make: new pairs, each voted for by whoever wrote it, and none that is known to be wrong."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import ValidationError

from annotation.corrections import corrected
from annotation.labeling import as_shown
from annotation.verdict import Verdict
from annotation.votes import Label, Vote
from schemas.ledger import Drop
from schemas.pair import Pair

Check = Callable[[Sequence[Pair]], Mapping[str, str]]
"""The filters that corrections pass: from pairs to a reason, by id, for those that are refused; what comes first stays.
"""
ById = Callable[[Collection[str]], Mapping[str, Pair]]
"""The pairs that a run holds, of these ids."""


def unchecked(_: Sequence[Pair]) -> Mapping[str, str]:
    """No filter."""
    return {}


@dataclass
class Corrections:
    """What fixes made, and what became of the others."""

    pairs: dict[str, Pair] = field(default_factory=dict)
    """New ones. A fix into a pair that the run has already is no more than a vote for that."""
    sources: dict[str, list[str]] = field(default_factory=dict)
    """By what a fix made, new or not: the pairs that it was made of."""
    authors: dict[str, list[str]] = field(default_factory=dict)
    votes: list[Vote] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


def corrections(
    verdicts: Sequence[Verdict],
    pairs: Mapping[str, Pair],
    by_id: ById,
    *,
    broken: Collection[str],
    wrong: Collection[str],
    check: Check,
) -> Corrections:
    """The pairs that fixes make of others, and of one another.

    A fix of a pair that was broken on purpose mends nothing, and one that would make such a pair, or another that is
    known to be wrong, is refused. Of several corrections of a pair an adjudicator's stays, else the one that most
    people wrote or accepted, else the first.

    Args:
        verdicts: Current ones, in the order they came.
        pairs: Those that the run has verdicts on, by id.
        by_id: All that the run has.
        broken: Pairs that were broken on purpose.
        wrong: Pairs that are known to be wrong, the broken ones among them.
        check: The filters that corrections pass.
    """
    found = Corrections()
    waiting = [one for one in verdicts if one.fix is not None and one.pair_id not in broken]
    accepted: dict[str, set[str]] = defaultdict(set)
    for one in verdicts:
        if one.judgement == "accept":
            accepted[one.pair_id].add(one.annotator)
    while True:
        there = {**pairs, **found.pairs}
        fixes = [one for one in waiting if one.pair_id in there]
        if not fixes:
            break
        waiting = [one for one in waiting if one.pair_id not in there]
        written = [_Written(one, pair) for one in fixes if (pair := _made(one, there[one.pair_id], wrong, found))]
        known = by_id({one.pair.pair_id for one in written})
        _take(found, _chosen(found, written, accepted, known), known, check)
    found.drops = [one for one in found.drops if one.pair_id not in found.pairs]  # what one source lost, another made
    return found


class _Written(NamedTuple):
    """A verdict that is a fix, and the pair that it makes."""

    verdict: Verdict
    pair: Pair


def _chosen(
    found: Corrections,
    written: Sequence[_Written],
    accepted: Mapping[str, Collection[str]],
    known: Mapping[str, Pair],
) -> list[_Written]:
    """Of each source the fixes that make the best of it."""
    by_source: dict[str, dict[str, list[_Written]]] = defaultdict(lambda: defaultdict(list))
    for one in written:
        by_source[one.verdict.pair_id][one.pair.pair_id].append(one)
    chosen: list[_Written] = []
    for source, others in by_source.items():
        weights = {
            new: (
                any(one.verdict.mode == "adjudicate" for one in fixes),
                len({one.verdict.annotator for one in fixes} | set(accepted.get(new, ()))),
            )
            for new, fixes in others.items()
        }
        best = max(weights, key=weights.__getitem__)
        chosen += others[best]
        for other in others:
            if other != best and other not in known:
                found.drops.append(Drop("another-correction", pair_id=other, detail=f"of {source}", lost_to=best))
    return chosen


def _take(found: Corrections, chosen: Sequence[_Written], known: Mapping[str, Pair], check: Check) -> None:
    """Enter corrections that are not refused."""
    fresh = {one.pair.pair_id: one.pair for one in chosen if one.pair.pair_id not in found.pairs}
    refused = {new: why for new, why in check([*found.pairs.values(), *fresh.values()]).items() if new in fresh}
    for new in refused:
        gone = None if new in known else new  # what the run has already is not dropped here
        detail = f"{refused[new]}; of {fresh[new].corrected_from}"
        found.drops.append(_refused(fresh[new], detail, pair_id=gone))
    for one, pair in chosen:
        new = pair.pair_id
        if new in refused:
            continue
        if new not in known:
            found.pairs.setdefault(new, pair)
        if one.pair_id not in found.sources.setdefault(new, []):
            found.sources[new].append(one.pair_id)
        found.authors.setdefault(new, []).append(one.annotator)
        found.votes.append(Vote(new, one.annotator, "valid", "adjudicate" if one.mode == "adjudicate" else "review"))


def _made(one: Verdict, pair: Pair, wrong: Collection[str], found: Corrections) -> Pair | None:
    fix, shown = one.fix, one.shown
    if fix is None:
        return None
    new = None
    try:
        new = corrected(as_shown(pair, shown), fix)
        why = "it changes nothing" if new.pair_id == pair.pair_id else ""
        why = "known to be wrong" if new.pair_id in wrong else why
    except (ValidationError, IndexError) as error:
        why = f"it makes no pair: {error.errors()[0]['msg'] if isinstance(error, ValidationError) else error}"
    if why:
        found.drops.append(_refused(pair, f"{why}; of {pair.pair_id}"))
        return None
    return new


def _refused(pair: Pair, detail: str, *, pair_id: str | None = None) -> Drop:
    """A correction that did not come to be; the pair it would have been made of has a fate of its own."""
    return Drop("correction-refused", pair_id=pair_id, image=pair.positive.image, category=pair.category, detail=detail)


def take_back(found: Corrections, labels: Mapping[str, Label | None]) -> bool:
    """Take back corrections of pairs that the others accepted as they are, and what was made of those; whether any."""
    alive: set[str] = set()
    while True:
        more = {new for new in found.pairs.keys() - alive if _stands(new, found, alive, labels)}
        if not more:
            break
        alive |= more
    gone = [new for new in found.pairs if new not in alive]
    for new in gone:
        del found.pairs[new]
        found.drops.append(Drop("original-accepted", pair_id=new, lost_to=found.sources[new][0]))
    found.votes = [one for one in found.votes if one.pair_id not in gone]
    found.sources = {new: sources for new, sources in found.sources.items() if new not in gone}
    return bool(gone)


def _stands(new: str, found: Corrections, alive: Collection[str], labels: Mapping[str, Label | None]) -> bool:
    """Whether a pair it was made of is not accepted, and is not taken back itself."""
    return any(labels.get(one) != "valid" and (one not in found.pairs or one in alive) for one in found.sources[new])
