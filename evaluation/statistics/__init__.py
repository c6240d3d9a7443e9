"""How far a figure can be trusted: intervals, tests between two models, and how many pairs they need.

In: the image and the outcome of every pair, or counts. Out: intervals, p-values, numbers of pairs. All pure,
with numpy at most; docs/statistics.md says which is used where and what was measured.
"""

from evaluation.statistics.bootstrap import bootstrap
from evaluation.statistics.clusters import design_effect
from evaluation.statistics.holm import holm
from evaluation.statistics.interval import LEVEL, How, Interval, Intervals
from evaluation.statistics.mcnemar import McNemar, mcnemar
from evaluation.statistics.permutation import Permuted, permute_mean, permute_mr, permute_ra
from evaluation.statistics.power import difference_shown, pairs_for_difference, pairs_for_half_width
from evaluation.statistics.wilson import wilson, wilson_of_share, wilson_rates

__all__ = [
    "LEVEL",
    "How",
    "Interval",
    "Intervals",
    "McNemar",
    "Permuted",
    "bootstrap",
    "design_effect",
    "difference_shown",
    "holm",
    "mcnemar",
    "pairs_for_difference",
    "pairs_for_half_width",
    "permute_mean",
    "permute_mr",
    "permute_ra",
    "wilson",
    "wilson_of_share",
    "wilson_rates",
]
