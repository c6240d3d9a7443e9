"""Making a plan from what a run holds, and keeping it for ``push --until-plan``."""

from collections import Counter
from datetime import date

from annotation.at_hand import at_hand
from annotation.places import PLAN
from annotation.planning import GROUPS, Cell, Plan, SoFar, Supply, Wanted
from annotation.planning import plan as make
from annotation.settings import annotate_settings
from annotation.verifying import settle
from app.annotate.checking import correction_check
from app.annotate.dealing import measured
from schemas.durable import write_whole
from schemas.run import RunFolder


def make_plan(run: RunFolder, wanted: Wanted, start: date) -> Plan:
    """Plan for what is wanted, and keep the plan; the run is locked.

    Raises:
        BadConfig: What is wanted cannot be planned for.
        MissingStage: Pairs were not filtered yet.
    """
    settings = annotate_settings(run)
    hand = at_hand(run)
    settled = settle(hand, settings, correction_check(hand))
    names = dict.fromkeys([*run.settings.run.taxonomy.categories, *(pair.category for pair in hand.kept.values())])
    cells = Counter({Cell(name, group): 0 for name in names for group in GROUPS})
    cells.update(Cell(pair.category, hand.group(pair)) for pair in hand.kept.values() if hand.shown(pair))

    def count(ids: list[str]) -> Counter[Cell]:
        return Counter(Cell(settled.pairs[one].category, hand.group(settled.pairs[one])) for one in ids)

    so_far = SoFar(verified=count(settled.verified), judged=count([*settled.verified, *settled.rejected]))
    made = make(
        wanted, Supply(cells), measured(settled), settings, start=start, seed=run.settings.run.seed, so_far=so_far
    )
    (run.path / PLAN).parent.mkdir(parents=True, exist_ok=True)
    write_whole(run.path / PLAN, made.model_dump_json(indent=2) + "\n")
    return made
