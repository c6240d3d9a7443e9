"""``annotate gold``: the owner solves some pairs blind; each is gold, and so is a broken copy of each right one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from annotation.assigning.assign import assignment
from annotation.assigning.record import Assignment
from annotation.gold.breaking import breakable, broken
from annotation.gold.record import GoldPair
from annotation.verdict import Verdict
from annotation.votes import current, votes_of
from schemas.identity import seeded
from schemas.pair import Pair


@dataclass(frozen=True)
class Solving:
    """What the owner is still to solve, and has solved."""

    fresh: tuple[Assignment, ...]
    waiting: int
    """Asked earlier, not solved yet."""


def to_solve(
    pairs: Sequence[Pair], wanted: int, owner: str, assigned: Sequence[Assignment], verdicts: Sequence[Verdict],
    spared: Collection[str], *, seed: int,
) -> Solving:  # fmt: skip
    """Pairs that the owner is to solve blind, so that with those asked earlier it is so many.

    They are drawn by turns from the categories, seeded, among pairs that nobody was asked about.

    Args:
        pairs: That may become gold, of splits that people train on.
        wanted: How many in all.
        owner: E-mail address.
        assigned: All assignments so far.
        verdicts: All verdicts so far.
        spared: Pairs that the guidelines show.
        seed: Of the run.
    """
    asked = {one.pair_id for one in assigned if one.annotator == owner and one.solving}
    done = {one.pair_id for one in current(verdicts) if one.annotator == owner and one.mode == "blind"}
    taken = {one.pair_id for one in assigned}
    by_category: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda one: seeded(seed, "to solve", one.pair_id)):
        if pair.pair_id not in taken and pair.pair_id not in spared and not pair.open:
            by_category[pair.category].append(pair)
    turns = [(turn, name, pair) for name, found in by_category.items() for turn, pair in enumerate(found)]
    turns.sort(key=lambda one: (one[0], one[1]))
    chosen = [pair for _, _, pair in turns[: max(0, wanted - len(asked))]]
    fresh = tuple(assignment(pair, owner, "blind", solving=True) for pair in chosen)
    return Solving(fresh, waiting=len(asked - done))


def made_gold(
    verdicts: Sequence[Verdict], owner: str, pairs: dict[str, Pair], known: Sequence[GoldPair], *, seed: int
) -> list[GoldPair]:
    """Gold that is new or has changed: each pair that the owner solved blind, and of each right one a broken one.

    Where the owner's answers differ from the key, the pair is gold that is to be rejected.

    Args:
        verdicts: All verdicts.
        owner: E-mail address.
        pairs: Those that the owner was asked about, by id.
        known: Gold so far.
        seed: Of the run.
    """
    before = {one.pair_id: one for one in known}
    spoilt = {one.base for one in known if one.origin == "broken"}
    fresh: list[GoldPair] = []
    own = [one for one in verdicts if one.annotator == owner and one.mode == "blind"]
    for vote in votes_of(own, pairs):
        pair, label = pairs[vote.pair_id], vote.label
        if label is None:
            continue
        found = before.get(pair.pair_id)
        if found is None or found.label != label:
            fresh.append(GoldPair(pair=pair, label=label, origin="solved", base=pair.pair_id))
        if label == "valid" and pair.pair_id not in spoilt and breakable(pair):
            fresh.append(broken(pair, seed=seed))
    return fresh
