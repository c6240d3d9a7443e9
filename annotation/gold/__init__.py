"""Gold: tasks whose answer is known, hidden among the others.

In: blind solves by the run's owner. Out: ``annotate/gold.jsonl``; broken copies among it.
"""

from annotation.gold.breaking import broken
from annotation.gold.record import GoldPair, broken_ids, known_labels, read_gold

__all__ = ["GoldPair", "broken", "broken_ids", "known_labels", "read_gold"]
