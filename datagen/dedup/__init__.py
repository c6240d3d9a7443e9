"""Near-duplicates among vectors, exactly: which pairs are alike, how they hang together, which of each group stays.

In: L2-normalised float32 vectors, scores, ids. Out: edges, components, survivors and what the others lost to, as
arrays. Pure: knows nothing of pairs, files or models; scipy and threadpoolctl load where they are used.
"""

from datagen.dedup.components import components, forest
from datagen.dedup.edges import Edges, edges_above
from datagen.dedup.search import Plan
from datagen.dedup.semdedup import CellDuplicates, Keep, Recall, recall_on_sample, semdedup
from datagen.dedup.survivors import STRATEGIES, Losses, Strategy, losses, survivors
from datagen.dedup.vectors import checked, similarities

__all__ = [
    "STRATEGIES",
    "CellDuplicates",
    "Edges",
    "Keep",
    "Losses",
    "Plan",
    "Recall",
    "Strategy",
    "checked",
    "components",
    "edges_above",
    "forest",
    "losses",
    "recall_on_sample",
    "semdedup",
    "similarities",
    "survivors",
]
