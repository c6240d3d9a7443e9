"""How much work a wanted number of verified pairs is, said before anything is pushed.

In: what is wanted, how many kept pairs there are, and what verdicts have shown so far. Out: quotas by category,
pairs to judge, judgements, hours and the day it ends, each with a 95 % interval; later, how many more to push.
"""

from annotation.planning.cells import GROUPS, Cell, Group
from annotation.planning.making import plan
from annotation.planning.measured import Measured, measure
from annotation.planning.pushing import still_to_push
from annotation.planning.record import Basis, Estimate, Plan, Row
from annotation.planning.supply import SoFar, Supply
from annotation.planning.wanted import Wanted

__all__ = [
    "GROUPS",
    "Basis",
    "Cell",
    "Estimate",
    "Group",
    "Measured",
    "Plan",
    "Row",
    "SoFar",
    "Supply",
    "Wanted",
    "measure",
    "plan",
    "still_to_push",
]
