"""Two evaluations of the same pairs, side by side: what changed, and whether chance would do that.

In: two results. Out: differences with tests by image, pairs that flipped, what the pairs at hand could show.
"""

from evaluation.comparing.compare import Comparison, compare
from evaluation.comparing.figures import Difference, Flips, Shown

__all__ = ["Comparison", "Difference", "Flips", "Shown", "compare"]
