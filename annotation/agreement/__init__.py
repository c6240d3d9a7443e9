"""How far people agree on pairs, whoever is right.

In: votes. Out: raw agreement, Krippendorff's alpha and Gwet's AC1, each with an interval. Pure, with numpy.
On skewed verdicts alpha is low however much people agree, and AC1 is not: read the three together.
"""

from annotation.agreement.ac1 import gwet_ac1
from annotation.agreement.alpha import krippendorff_alpha
from annotation.agreement.independent import independent
from annotation.agreement.measure import Agreement, Figure, agree, by_category
from annotation.agreement.raw import raw_agreement
from annotation.agreement.tally import Tally, tally

__all__ = [
    "Agreement",
    "Figure",
    "Tally",
    "agree",
    "by_category",
    "gwet_ac1",
    "independent",
    "krippendorff_alpha",
    "raw_agreement",
    "tally",
]
