"""Ranking and selection: one score per pair, so many pairs under quotas, coresets.

In: pairs with the scores that filters stored, and vectors where there are some. Out: scores with their parts, ids by
rank, and a reason for every pair that was not chosen. Pure: nothing here reads or writes a file.
"""

from datagen.select.coreset import (
    CENTROID_BAND,
    SCORE_BAND,
    THRESHOLD,
    Coreset,
    dataset_pruning,
    refuse_empty_bands,
    within_bands,
)
from datagen.select.parts import PARTS
from datagen.select.pool import Pool, pool_of
from datagen.select.quality import QualityScores, quality
from datagen.select.quotas import Quota, quotas
from datagen.select.sampling import random_sample
from datagen.select.settings import QualitySettings, SelectSettings
from datagen.select.target import Selection, select

__all__ = [
    "CENTROID_BAND",
    "PARTS",
    "SCORE_BAND",
    "THRESHOLD",
    "Coreset",
    "Pool",
    "QualityScores",
    "QualitySettings",
    "Quota",
    "SelectSettings",
    "Selection",
    "dataset_pruning",
    "pool_of",
    "quality",
    "quotas",
    "random_sample",
    "refuse_empty_bands",
    "select",
    "within_bands",
]
