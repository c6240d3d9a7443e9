"""Dealing pairs out: which are new, which the plan lacks, which are disputed; then pushing."""

import errno
import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from annotation.assigning import (
    Assignment,
    Candidate,
    Staff,
    assign,
    assignment,
    deal_again,
    gold_short,
    read_assignments,
)
from annotation.assigning.sample import draw_sample
from annotation.at_hand import AtHand, at_hand, measured_doubt
from annotation.gold import read_gold
from annotation.places import PLAN
from annotation.planning import Cell, Measured, Plan, measure, still_to_push
from annotation.pushing import Pushed
from annotation.pushing import push as push_tasks
from annotation.roster import read_roster
from annotation.settings import AnnotateSettings, require_owner
from annotation.studio import Studio
from annotation.verifying import Settled, settle
from app.annotate.checking import correction_check
from app.annotate.wiring import posting, shown_examples
from schemas.errors import MissingStage
from schemas.run import RunFolder

_SOME = 10
"""Pairs of a category that two have judged, from which on it is said how often people disagree in it."""


@dataclass(frozen=True)
class Dealing:
    """What ``push`` was asked for."""

    settings: AnnotateSettings
    limit: int | None = None
    until_plan: bool = False
    share: float | None = None
    """Of each category, where a sample is wanted."""


@dataclass(frozen=True)
class Dealt:
    """What ``push`` did."""

    pushed: Pushed
    fresh: tuple[Assignment, ...]
    again: int
    """Assignments of pairs to somebody else."""
    lacking: int
    """Pairs that wanted somebody else."""
    disputed: int
    """Pairs that went to adjudication."""
    gold_short: dict[str, int]
    """By annotator: gold that is missing to its share."""
    passed_over: tuple[str, ...]
    """Whom the report names: they are dealt nothing new, where there are enough others."""


def deal(
    run: RunFolder, studio: Studio, images: str, dealing: Dealing,
    *, on_tasks: Callable[[int], None], on_progress: Callable[[int], None],
) -> Dealt:  # fmt: skip
    """Assign what is new and push all that is missing; the run is locked.

    Raises:
        BadConfig: There are too few annotators, or no owner is named.
        MissingStage: There is no plan to go by.
    """
    hand = at_hand(run)
    settled = settle(hand, dealing.settings, correction_check(hand))
    hand = replace(hand, corrections=settled.corrections.pairs)
    assigned = read_assignments(run)
    staff = _staff(run, dealing.settings, assigned, settled.doubtful)
    candidates = _candidates(hand, settled, dealing, assigned)
    share = dealing.share
    fresh = assign(candidates, staff) if share is None else draw_sample(candidates, staff, share)
    again = deal_again(settled.lacking, hand.by_id(settled.lacking), staff, settled.doubtful)
    disputes = _disputes(hand, settled, dealing.settings, assigned)
    said = {one.pair_id: settled.said_of(one.pair_id) for one in [*disputes, *assigned] if one.mode == "adjudicate"}
    target = replace(posting(hand, studio, images), said=said)
    dealt = (*fresh, *again, *disputes)
    pushed = push_tasks(hand, dealt, target, on_tasks=on_tasks, on_progress=on_progress)
    short = gold_short([*assigned, *fresh], dealing.settings)
    passed_over = tuple(one for one in read_roster(run.path) if one not in staff.annotators)
    return Dealt(pushed, dealt, len(again), len(settled.lacking), len(disputes), dict(short), passed_over)


def _staff(
    run: RunFolder, settings: AnnotateSettings, assigned: Sequence[Assignment], doubtful: Collection[str]
) -> Staff:
    people = read_roster(run.path) or [require_owner(settings)]
    sound = [one for one in people if one not in doubtful]
    return Staff(
        annotators=sound if len(sound) >= settings.judges else people,
        settings=settings,
        seed=run.settings.run.seed,
        assigned=assigned,
        gold=read_gold(run),
        examples=shown_examples(run.path),
    )


def _candidates(hand: AtHand, settled: Settled, dealing: Dealing, assigned: Sequence[Assignment]) -> list[Candidate]:
    """What may be dealt out, the corrections that still want judges first; no more than asked for."""
    authors = settled.corrections.authors
    enough = {pair_id for pair_id in hand.corrections if pair_id in settled.verified}
    doubt = _doubt(hand, settled)
    found = [one for one in hand.candidates(authors, doubt) if one.pair.pair_id not in enough]
    taken = {one.pair_id for one in assigned}
    found = [one for one in found if one.pair.pair_id not in taken]
    examples = shown_examples(hand.run.path)  # who has just read one as an example judges it last
    found = sorted(_by_turns(found), key=lambda one: one.pair.pair_id in examples)
    if dealing.until_plan:
        found = _of_plan(hand, settled, found, assigned)
    return found[: dealing.limit]


def _doubt(hand: AtHand, settled: Settled) -> dict[str, float]:
    """How prone pairs are to disagreement: as models showed, else how often people disagreed in their category."""
    twice = [one for one in settled.result.by_pair.values() if one.votes > 1 and one.pair_id in settled.pairs]
    judged = Counter(settled.pairs[one.pair_id].category for one in twice)
    split = Counter(settled.pairs[one.pair_id].category for one in twice if not one.unanimous)
    by_people = {
        pair_id: split[pair.category] / judged[pair.category]
        for pair_id, pair in hand.kept.items()
        if judged[pair.category] >= _SOME
    }
    return {**by_people, **measured_doubt(hand.run)}


def _by_turns(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The categories in turn, each with its most doubtful pair first: a pilot sees them all, and so do annotators."""
    turns: Counter[Cell] = Counter()
    placed = []
    for one in sorted(candidates, key=lambda found: -found.doubt):
        cell = Cell(one.pair.category, one.group)
        placed.append((turns[cell], one))
        turns[cell] += 1
    return [one for _, one in sorted(placed, key=lambda found: found[0])]


def _of_plan(
    hand: AtHand, settled: Settled, left: Sequence[Candidate], assigned: Sequence[Assignment]
) -> list[Candidate]:
    """As many of each category as its quota lacks beside what is under way: a quota is never exceeded.

    What is rejected is made up for by the next push.
    """
    plan = read_plan(hand.run)
    done = Counter(_cell(hand, settled, one) for one in settled.verified)
    judged = {*settled.verified, *settled.rejected}
    under_way = {one.pair_id for one in assigned if not one.gold} - judged
    flying = Counter(Cell(pair.category, hand.group(pair)) for pair in hand.by_id(under_way).values())
    supply = Counter(Cell(one.pair.category, one.group) for one in left)
    likely = still_to_push(plan, done, flying, supply, measured(settled))
    more = {cell: min(number, plan.quotas[cell] - done[cell] - flying[cell]) for cell, number in likely.items()}
    chosen: list[Candidate] = []
    for one in left:
        cell = Cell(one.pair.category, one.group)
        if more.get(cell, 0) > 0:
            more[cell] -= 1
            chosen.append(one)
    return chosen


def _cell(hand: AtHand, settled: Settled, pair_id: str) -> Cell:
    pair = settled.pairs[pair_id]
    return Cell(pair.category, hand.group(pair))


def measured(settled: Settled) -> Measured:
    """What verdicts say of accept rates and pace."""
    return measure(settled.verdicts, settled.pairs, settled.gold)


def _disputes(
    hand: AtHand, settled: Settled, settings: AnnotateSettings, assigned: Sequence[Assignment]
) -> list[Assignment]:
    """What the owner is to settle."""
    if not settled.disputed:
        return []
    owner = require_owner(settings)
    asked = {one.pair_id for one in assigned if one.mode == "adjudicate"}
    fresh = [one for one in settled.disputed if one not in asked]
    return [assignment(settled.pairs[one], owner, "adjudicate") for one in fresh if hand.shown(settled.pairs[one])]


def read_plan(run: RunFolder) -> Plan:
    """The plan that was made last.

    Raises:
        MissingStage: There is none, or it was edited by hand.
    """
    path = run.path / PLAN
    fix = f"Make one: leadproof annotate plan --want 1000 --run {run.path}"
    if not os.path.lexists(path):
        raise MissingStage("no plan yet", where=str(path), fix=fix)
    try:
        if path.is_symlink() or not path.is_file():
            raise OSError(errno.EINVAL, "not an ordinary file")
        return Plan.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        raise MissingStage("not a plan that leadproof wrote", where=str(path), fix=fix) from error
