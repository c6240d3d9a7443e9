"""The records everything flows in: pairs, facts, tables, the run folder, errors.

In: nothing of ours. Out: what every other room builds on.
"""

from schemas.errors import LeadproofError
from schemas.fact import Fact
from schemas.pair import Option, Pair, Provenance, Question
from schemas.registry import Registry
from schemas.run import RunFolder
from schemas.taxonomy import DEFAULT_TAXONOMY, Taxonomy

__all__ = [
    "DEFAULT_TAXONOMY",
    "Fact",
    "LeadproofError",
    "Option",
    "Pair",
    "Provenance",
    "Question",
    "Registry",
    "RunFolder",
    "Taxonomy",
]
