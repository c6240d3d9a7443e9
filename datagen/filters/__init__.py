"""Filters over pairs: each scores batches and decides over the whole set.

In: the pairs of ``generate/``. Out: ``filter/`` with scores, drops with reasons, and what is kept.
One file and one line in the registry a filter.
"""

from datagen.filters.choices import Choices, Thinning
from datagen.filters.contract import Filter
from datagen.filters.registry import FILTERS
from datagen.filters.stage import Filtered, Verifying, filter_pairs, select_pairs

__all__ = ["FILTERS", "Choices", "Filter", "Filtered", "Thinning", "Verifying", "filter_pairs", "select_pairs"]
