"""What fixes make: new pairs, each voted for by whoever wrote it, and none that is broken gold."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from annotation.corrections import corrected
from annotation.verdict import Verdict
from annotation.votes import Label, Vote
from schemas.ledger import Drop
from schemas.pair import Pair

Check = Callable[[Sequence[Pair]], Mapping[str, str]]
"""The filters that a correction passes: from pairs to a reason, by id, for those that are refused."""


def unchecked(_: Sequence[Pair]) -> Mapping[str, str]:
    """No filter."""
    return {}


@dataclass
class Corrections:
    """What fixes made, and what became of the others."""

    pairs: dict[str, Pair] = field(default_factory=dict)
    authors: dict[str, list[str]] = field(default_factory=dict)
    votes: list[Vote] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


def corrections(
    verdicts: Sequence[Verdict], pairs: Mapping[str, Pair], broken: Collection[str], check: Check
) -> Corrections:
    """The pairs that fixes make of others.

    A fix of a pair that was broken on purpose mends nothing, and one that would make such a pair is refused. Of several
    corrections of a pair the one that most people wrote stays; of equals the adjudicator's, then the first.

    Args:
        verdicts: Current ones, in the order they came.
        pairs: By id, as they are now.
        broken: Pairs that were broken on purpose.
        check: The filters that a correction passes.
    """
    found = Corrections()
    made: dict[str, dict[str, Pair]] = defaultdict(dict)  # by the pair it was made from, then by its own id
    for one in verdicts:
        if one.fix is None or one.pair_id in broken or one.pair_id not in pairs:
            continue
        pair = _made(one, pairs[one.pair_id], broken, found)
        if pair is not None:
            made[one.pair_id].setdefault(pair.pair_id, pair)
            found.authors.setdefault(pair.pair_id, []).append(one.annotator)
            mode = "adjudicate" if one.mode == "adjudicate" else "review"
            found.votes.append(Vote(pair.pair_id, one.annotator, "valid", mode))
    settled = {one.pair_id for one in found.votes if one.mode == "adjudicate"}
    for source, others in made.items():
        best = max(others, key=lambda new: (new in settled, len(found.authors[new])))
        found.pairs[best] = others[best]
        for other in others:
            if other != best:
                found.drops.append(Drop("another-correction", pair_id=other, detail=f"of {source}", lost_to=best))
    for pair_id, reason in check(list(found.pairs.values())).items():
        source = found.pairs.pop(pair_id).corrected_from or ""
        found.drops.append(Drop("correction-refused", pair_id=pair_id, detail=f"{reason}; of {source}"))
    found.votes = [one for one in found.votes if one.pair_id in found.pairs]
    return found


def _made(one: Verdict, pair: Pair, broken: Collection[str], found: Corrections) -> Pair | None:
    fix, shown = one.fix, one.shown
    if fix is None:
        return None
    try:
        new = corrected(_as_shown(pair, shown.positive.order, shown.negative.order), fix)
    except (ValidationError, IndexError) as error:
        why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        found.drops.append(Drop("correction-refused", pair_id=pair.pair_id, detail=f"it makes no pair: {why}"))
        return None
    if new.pair_id == pair.pair_id:
        found.drops.append(Drop("correction-refused", pair_id=pair.pair_id, detail="it changes nothing"))
        return None
    if new.pair_id in broken:
        found.drops.append(
            Drop("correction-refused", pair_id=new.pair_id, detail=f"known to be wrong; of {pair.pair_id}")
        )
        return None
    return new


def _as_shown(pair: Pair, positive: tuple[int, ...], negative: tuple[int, ...]) -> Pair:
    """Letters of a fix are those that were shown."""
    return pair.model_copy(
        update={
            "positive": pair.positive.model_copy(update={"order": positive}),
            "negative": pair.negative.model_copy(update={"order": negative}),
        }
    )


def corrected_labels(found: Corrections, labels: Mapping[str, Label | None]) -> list[Drop]:
    """Take back corrections of pairs that the others accepted as they are."""
    drops = []
    for pair_id, pair in list(found.pairs.items()):
        if labels.get(pair.corrected_from or "") == "valid":
            del found.pairs[pair_id]
            drops.append(Drop("original-accepted", pair_id=pair_id, lost_to=pair.corrected_from))
    found.votes = [one for one in found.votes if one.pair_id in found.pairs]
    return drops
