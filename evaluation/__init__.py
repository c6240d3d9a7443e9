"""Measuring: replies read, pairs scored, benchmark files checked.

In: a benchmark's rows and a model's replies. Out: RA, MR and the 2×2 table with intervals, per level and
category, what could not be read or matched, blind baselines, and the faults of a file.
"""

from evaluation.baselines import Baseline, score_baselines
from evaluation.lint import Fault, lint
from evaluation.metrics import Outcome, Table, outcome, tabulate
from evaluation.readers import READERS
from evaluation.replies import Reply, match_replies, read_replies
from evaluation.score import score, score_rows
from evaluation.scores import SCORERS, Scorer, ScoreResult, Scores
from evaluation.statistics import Interval, bootstrap

__all__ = [
    "READERS",
    "SCORERS",
    "Baseline",
    "Fault",
    "Interval",
    "Outcome",
    "Reply",
    "ScoreResult",
    "Scorer",
    "Scores",
    "Table",
    "bootstrap",
    "lint",
    "match_replies",
    "outcome",
    "read_replies",
    "score",
    "score_baselines",
    "score_rows",
    "tabulate",
]
