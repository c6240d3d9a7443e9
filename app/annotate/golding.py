"""Building gold: pulling what the owner has solved, making gold of it, asking for more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotation.assigning import Assignment, read_assignments
from annotation.at_hand import AtHand
from annotation.gold import GoldPair, read_gold
from annotation.gold.build import Solving, made_gold, to_solve
from annotation.places import GOLD
from annotation.pulling import pull, read_verdicts
from annotation.pushing import Posting, Pushed, push
from annotation.studio import live_projects
from app.annotate.wiring import shown_examples
from schemas.appended import append


@dataclass(frozen=True)
class Built:
    """What ``gold`` did: gold that is new, all of it, what the owner is still to solve."""

    fresh: tuple[GoldPair, ...]
    gold: tuple[GoldPair, ...]
    solving: Solving
    pushed: Pushed


def build_gold(
    hand: AtHand, owner: str, wanted: int, posting: Posting,
    *, on_tasks: Callable[[int], None], on_progress: Callable[[int], None],
) -> Built:  # fmt: skip
    """Make gold of what the owner has solved, and ask for so many in all. The run is locked."""
    run, seed = hand.run, hand.run.settings.run.seed
    pull(run, posting.studio)
    verdicts, assigned = read_verdicts(run.path), read_assignments(run)
    asked = hand.by_id({one.pair_id for one in assigned if one.annotator == owner and one.solving})
    fresh = made_gold(verdicts, owner, asked, read_gold(run), seed=seed)
    append(run.path / GOLD, fresh)
    fit = [pair for pair in hand.kept.values() if hand.group(pair) == "train" and hand.shown(pair)]
    solving = to_solve(fit, wanted, owner, assigned, verdicts, shown_examples(run.path), seed=seed)
    pushed = push(hand, solving.fresh, posting, on_tasks=on_tasks, on_progress=on_progress)
    if not solving.waiting and not solving.fresh:
        _take_away(hand, owner, posting, assigned)
    return Built(tuple(fresh), tuple(read_gold(run)), solving, pushed)


def _take_away(hand: AtHand, owner: str, posting: Posting, assigned: Sequence[Assignment]) -> None:
    """Delete the owner's project once all of it is gold: whoever opened it would know what is hidden among their tasks.

    The verdicts are in ``verdicts.jsonl``. Where the owner also solves benchmark pairs in it, it stays.
    """
    if all(one.solving for one in assigned if one.annotator == owner and one.mode == "blind"):
        for project in live_projects(hand.run, posting.studio, owner, "blind"):
            posting.studio.remove(project.project)
