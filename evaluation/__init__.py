"""Measuring: benchmarks asked, replies read, pairs scored, models compared, benchmark files checked.

In: a benchmark, and a model or its replies. Out: RA, MR and the 2×2 table with intervals, per level and category,
what could not be read or matched, blind baselines, and the faults of a file.

Inside: ``benchmarks/`` reads them, ``strategies/`` and ``asking/`` ask them, ``readers/`` read replies, ``guard/`` is
for general ability, ``statistics/`` is pure, ``internals/`` looks into local models, ``comparing/`` and ``board/``
put results side by side, ``leaks/`` audits.
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
