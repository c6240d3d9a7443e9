"""Near-duplicates: pairs that say the same in other words.

In: pairs, their images' clusters, a text model. Out: edges between pairs that are alike, measured once by the stage;
then decisions from these edges alone, as often as thresholds move.
"""

from datagen.filters.near_duplicates.filter import Known, NearDuplicates, check_known
from datagen.filters.near_duplicates.measuring import Measured, measure
from datagen.filters.near_duplicates.settings import NearDuplicatesSettings

__all__ = [
    "Known",
    "Measured",
    "NearDuplicates",
    "NearDuplicatesSettings",
    "check_known",
    "measure",
]
