"""Deciding who judges what: overlap, blind solves of the benchmark, hidden gold, the doubtful first. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from annotation.assigning.record import Assignment
from annotation.gold.record import GoldPair, known_labels
from annotation.labeling.task import showing
from annotation.settings import AnnotateSettings
from annotation.verdict import Mode
from schemas.errors import BadConfig
from schemas.identity import seeded, seeded_share
from schemas.pair import Pair

Group = Literal["train", "benchmark"]
"""The benchmark split, and the two others, which are judged alike."""


@dataclass(frozen=True)
class Candidate:
    """A pair that may be judged."""

    pair: Pair
    group: Group
    doubt: float = 0.0
    """In [0, 1]: how prone it is to disagreement, as far as anything was measured; the doubtful come first."""
    seen_by: frozenset[str] = frozenset()
    """Who must not judge it: a correction's author."""


@dataclass(frozen=True)
class Staff:
    """Who judges, how much of it, and what is decided already."""

    annotators: Sequence[str]
    settings: AnnotateSettings
    seed: int
    assigned: Sequence[Assignment] = ()
    gold: Sequence[GoldPair] = ()
    examples: frozenset[str] = frozenset()
    """Pairs that the guidelines show: no gold is made of them."""


@dataclass
class _Load:
    """What each annotator has to do, by mode."""

    tasks: Counter[tuple[str, str]] = field(default_factory=Counter)
    gold: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)  # of the gold: pairs that are not right
    bases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by annotator: pairs met in any form

    def add(self, one: Assignment, gold: GoldPair | None) -> None:
        self.tasks[one.annotator, one.mode] += 1
        self.bases[one.annotator] |= {one.pair_id, gold.base if gold else one.pair_id}
        if gold is not None:
            self.gold[one.annotator, one.mode] += 1
            self.wrong[one.annotator, one.mode] += gold.label == "invalid"


def assign(candidates: Sequence[Candidate], staff: Staff) -> list[Assignment]:
    """New assignments of pairs that nobody has yet, with gold among them, in the order they are to be judged.

    Benchmark pairs go to ``judges`` annotators, each to solve blind; other pairs to one reviewer and, a seeded share
    of them (``overlap``), to two. Whoever has the least to do comes first. What is assigned already stays as it is,
    whoever has joined since: only pairs that are new are dealt out.

    Args:
        candidates: In the order of their ranks.
        staff: Who judges, and what was decided before.

    Raises:
        BadConfig: There are fewer annotators than judges that a benchmark pair needs.
    """
    taken = {one.pair_id for one in staff.assigned if not one.gold}
    known = {known for one in staff.gold for known in (one.pair_id, one.base)}
    fresh = [one for one in candidates if one.pair.pair_id not in taken | known]
    fresh.sort(key=lambda one: -one.doubt)  # of equals the higher rank stays first
    load = _load(staff)
    _refuse_too_few(fresh, staff)
    dealt = [one for candidate in fresh for one in _deal(candidate, staff, load)]
    return _mixed(dealt, staff, load)


def mode_of(pair: Pair, group: Group) -> Mode:
    """How a pair is judged: a benchmark's is solved blind, unless it has no letters to choose from."""
    return "blind" if group == "benchmark" and not pair.open else "review"


def _refuse_too_few(fresh: Sequence[Candidate], staff: Staff) -> None:
    judges, there = staff.settings.judges, len(staff.annotators)
    if there < judges and any(one.group == "benchmark" for one in fresh):
        fix = "Add people with `leadproof annotate user add`, or ask for fewer with --judges."
        people = "1 person" if there == 1 else f"{there} people"
        raise BadConfig(f"a benchmark pair wants {judges} judges, and there would be {people}", fix=fix)


def _deal(candidate: Candidate, staff: Staff, load: _Load) -> list[Assignment]:
    pair, mode = candidate.pair, mode_of(candidate.pair, candidate.group)
    twice = seeded_share(staff.seed, "overlap", pair.pair_id) < staff.settings.overlap
    wanted = staff.settings.judges if candidate.group == "benchmark" else 1 + twice
    able = [one for one in staff.annotators if one not in candidate.seen_by]
    able.sort(key=lambda one: (load.tasks[one, mode], seeded(staff.seed, "deal", pair.pair_id, one)))
    judges = wanted if mode == "blind" else 1
    dealt = [assignment(pair, one, mode, judges=judges) for one in able[:wanted]]
    for one in dealt:
        load.add(one, None)
    return dealt


def assignment(pair: Pair, annotator: str, mode: Mode, **more: Any) -> Assignment:
    """One assignment of a pair as it stands now; ``more`` are fields of :class:`Assignment`."""
    seen = showing(pair)
    return Assignment(
        annotator=annotator, mode=mode, pair_id=seen.pair_id, shown=seen.shown, content=seen.content, **more
    )


def _load(staff: Staff) -> _Load:
    known = {one.pair_id: one for one in staff.gold}
    load = _Load()
    for one in staff.assigned:
        load.add(one, known.get(one.pair_id) if one.gold else None)
    return load


def _mixed(dealt: Sequence[Assignment], staff: Staff, load: _Load) -> list[Assignment]:
    """Regular tasks with each annotator's gold strewn among them, at seeded places."""
    lanes: dict[tuple[str, Mode], list[Assignment]] = defaultdict(list)
    for before in staff.assigned:  # gold that was made since goes to their end
        if before.annotator in staff.annotators and before.mode != "adjudicate":
            lanes.setdefault((before.annotator, before.mode), [])
    for one in dealt:
        lanes[one.annotator, one.mode].append(one)
    mixed: list[Assignment] = []
    for (annotator, mode), lane in sorted(lanes.items()):
        hidden = _gold_for(annotator, mode, staff, load)
        placed = [((place + 0.5) / max(1, len(lane)), one) for place, one in enumerate(lane)]
        placed += [
            ((place + seeded_share(staff.seed, "place", annotator, one.pair_id)) / len(hidden), one)
            for place, one in enumerate(hidden)
        ]
        mixed += [one for _, one in sorted(placed, key=lambda found: (found[0], found[1].pair_id))]
    return mixed


def _gold_for(annotator: str, mode: Mode, staff: Staff, load: _Load) -> list[Assignment]:
    """Gold that an annotator has not met in either form, so much that it makes up its share of all they have."""
    if annotator == staff.settings.owner.lower():  # whose answers they are
        return []
    share = staff.settings.gold
    regular = load.tasks[annotator, mode] - load.gold[annotator, mode]
    wanted = round(share / (1 - share) * regular) - load.gold[annotator, mode]
    labels = known_labels(staff.gold)  # nothing is known of a broken pair whose base was not right after all
    fit = [one for one in staff.gold if one.pair_id in labels and _fits(one, mode) and one.base not in staff.examples]
    fit.sort(key=lambda one: seeded(staff.seed, "gold", annotator, one.pair_id))
    chosen: list[Assignment] = []
    lane = (annotator, mode)
    for _ in range(max(0, wanted)):
        left = [one for one in fit if not {one.pair_id, one.base} & load.bases[annotator]]
        if not left:
            break
        wrong_next = mode == "review" and load.wrong[lane] * 2 <= load.gold[lane]
        one = next((found for found in left if (found.label == "invalid") == wrong_next), left[0])
        chosen.append(assignment(one.pair, annotator, mode, gold=True))
        load.add(chosen[-1], one)
    return chosen


def _fits(one: GoldPair, mode: Mode) -> bool:
    """A pair with a wrong key looks right to somebody who is not shown the key: it tells nothing of a blind solver."""
    return mode == "review" or (one.label == "valid" and not one.pair.open)


def gold_short(assignments: Collection[Assignment], settings: AnnotateSettings) -> Mapping[str, int]:
    """By annotator: how many tasks with known answers are missing to the share that is wanted.

    The owner, whose answers they are, gets none and lacks none.
    """
    owner, share = settings.owner.lower(), settings.gold
    lanes = [(one.annotator, one.mode, one.gold) for one in assignments if one.annotator != owner]
    regular = Counter((name, mode) for name, mode, gold in lanes if not gold)
    known = Counter((name, mode) for name, mode, gold in lanes if gold)
    short: Counter[str] = Counter()
    for lane, number in sorted(regular.items()):
        short[lane[0]] += max(0, round(share / (1 - share) * number) - known[lane])
    return {name: number for name, number in short.items() if number}
