"""The guard: questions of general ability beside a benchmark, so that a gain there is not a loss here.

In: any file of questions about images, and replies to them. Out: questions as they are asked, and how well each was
answered, in [0, 1].
"""

from evaluation.guard.asking import guard_prompt
from evaluation.guard.contract import Guard, GuardItem
from evaluation.guard.reading import read_guard
from evaluation.guard.scoring import guard_score

__all__ = ["Guard", "GuardItem", "guard_prompt", "guard_score", "read_guard"]
