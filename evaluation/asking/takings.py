"""What comes back of an evaluation, as it comes, and in the benchmark's order at the end."""

import json
from collections.abc import Callable, Sequence

from evaluation.asking.chain import OPEN, Asked
from evaluation.asking.guarding import GuardAnswer
from evaluation.asking.way import Way
from evaluation.asking.writing import Findings
from evaluation.item import Item
from mllm import Outcome
from mllm.tally import Tally


class Takings:
    """What came back, in the order of its coming."""

    def __init__(self, on_progress: Callable[[int, float | None], None], tally: Tally) -> None:
        self.asked: list[Asked] = []
        self.guarded: list[GuardAnswer] = []
        self.efficiency: Outcome | None = None
        self._told, self._tally = on_progress, tally

    def add(self, found: object) -> None:
        """Take in what one chain came to: an item, a guard's question, or what the weights take."""
        if isinstance(found, Asked):
            self.asked.append(found)
        elif isinstance(found, GuardAnswer):
            self.guarded.append(found)
        elif isinstance(found, Outcome):
            self.efficiency = found
        self._told(len(self.asked) + len(self.guarded), self._tally.usd)

    @property
    def unmeasured(self) -> bool:
        """Whether what the weights take was to be measured, and will be next time."""
        return self.efficiency is not None and self.efficiency.status in OPEN

    def why(self) -> str:
        """What became of the first that has no reply."""
        said = next((one for asked in self.asked for one in asked.rotations if one.open), None)
        return said.outcome.detail if said else "see the journal"

    def findings(self, items: Sequence[Item], way: Way) -> Findings:
        """Everything in the benchmark's order."""
        places = {id(item): place for place, item in enumerate(items)}
        asked = tuple(sorted(self.asked, key=lambda one: places[id(one.item)]))
        guarded = tuple(sorted(self.guarded, key=lambda one: one.place))
        efficiency = json.loads(self.efficiency.text) if self.efficiency and self.efficiency.status == "ok" else None
        return Findings(way, asked, guarded, efficiency)
