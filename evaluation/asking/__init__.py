"""Asking a benchmark of a model: every question, in the ways wanted, journalled, scored and written.

In: a benchmark's items, a model, a way of asking. Out: a stage ``eval/<benchmark>/<model>-<config>/``.
"""

from evaluation.asking.estimating import Estimated, estimate_evaluation
from evaluation.asking.seeing import NOTHING, images_of, images_of_guard
from evaluation.asking.stage import Evaluated, evaluate
from evaluation.asking.way import Way
from evaluation.asking.writing import Findings

__all__ = [
    "NOTHING",
    "Estimated",
    "Evaluated",
    "Findings",
    "Way",
    "estimate_evaluation",
    "evaluate",
    "images_of",
    "images_of_guard",
]
