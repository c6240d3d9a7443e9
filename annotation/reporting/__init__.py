"""All that people's verdicts say, in one record: who did what, how far they agree, what is wrong with the pairs.

In: verdicts, pairs, gold labels. Out: a :class:`Report`, for the terminal, the dashboard and files.
"""

from annotation.reporting.assemble import report
from annotation.reporting.disagreement import Disagreement
from annotation.reporting.record import Acceptance, Decided, Report

__all__ = ["Acceptance", "Decided", "Disagreement", "Report", "report"]
