"""What is taken for granted before anyone has judged anything, and how much that is worth beside verdicts.

Each is a guess with a wide interval, for a team whose first project this is. A pilot of some hundred verdicts
outweighs all of them.
"""

from typing import NamedTuple

from annotation.planning.cells import Way


class Assumed(NamedTuple):
    """A guess and its 95 % interval."""

    value: float
    low: float
    high: float


ACCEPT = Assumed(0.75, 0.55, 0.90)
"""The share of pairs that people find right, over all categories."""
ACCEPT_WORTH = 20.0
"""As many pairs judged as the guess is worth: Beta(15, 5) has the interval above to within 0.01."""
CATEGORY_WORTHS = (4, 8, 16, 32, 64, 128)
"""As many pairs judged as the overall rate may be worth as a guess at a category's, each as likely before anything
is measured: categories differ by a standard deviation of 0.19 around 0.75 with the first, of 0.04 with the last."""

SECONDS: dict[Way, Assumed] = {"review": Assumed(25, 12, 45), "blind": Assumed(45, 20, 80)}
"""Seconds a verdict takes a whole team, on average."""
PEOPLE_DIFFER = 0.35
"""Standard deviation between people of the log of their seconds: of three people, one is 1.4 times off the middle."""
VERDICTS_DIFFER = 0.5
"""Squared coefficient of variation of one person's seconds (log-normal with 0.64)."""
VERDICTS_DIFFER_WORTH = 20.0
"""As many timed verdicts as that is worth."""

LONGEST = 900.0
"""Seconds. Nobody looks at one pair for longer: the page was left open."""
BREAK = 10.0
"""Nor for so many times as long as the median of that person and mode, which is 1 in 500 of log-normal times."""
