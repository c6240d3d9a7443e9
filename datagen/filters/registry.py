"""The filters, in the order they decide."""

from datagen.filters.contract import Filter
from schemas.registry import Registry

FILTERS: Registry[type[Filter]] = Registry(
    kind="filter",
    group="leadproof.filters",
    builtin={
        "structure": "datagen.filters.structure:Structure",
        "hedging": "datagen.filters.hedging:Hedging",
        "duplicates": "datagen.filters.duplicates:Duplicates",
    },
)
