"""Leaks: how often the right option can be picked without the image, and by what.

In: pairs. Out: an audit (blind strategies against chance, by polarity and category, with intervals) and
telltales (the single signs that give options away, for whoever wants to mend what made the pairs).
"""

from evaluation.leaks.asked import Asked, AskedPairs, asked_of
from evaluation.leaks.audit import Audit, Group, audit
from evaluation.leaks.classifiers import BLIND_READERS, blind_scores
from evaluation.leaks.rates import BlindRate
from evaluation.leaks.telltales import Telltale, Told, find_telltales

__all__ = [
    "BLIND_READERS",
    "Asked",
    "AskedPairs",
    "Audit",
    "BlindRate",
    "Group",
    "Telltale",
    "Told",
    "asked_of",
    "audit",
    "blind_scores",
    "find_telltales",
]
