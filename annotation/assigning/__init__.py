"""Who judges what: decided once, appended, and made so at Label Studio.

In: pairs in the order of their ranks, annotators, gold. Out: assignments.
"""

from annotation.assigning.again import deal_again
from annotation.assigning.assign import Candidate, Group, Staff, assign, assignment, gold_short, mode_of
from annotation.assigning.record import Assignment, read_assignments

__all__ = [
    "Assignment",
    "Candidate",
    "Group",
    "Staff",
    "assign",
    "assignment",
    "deal_again",
    "gold_short",
    "mode_of",
    "read_assignments",
]
