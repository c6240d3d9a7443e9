"""Where annotation keeps what it appends, below a run folder. Stages commit; these files only grow."""

from pathlib import Path

from schemas.broken import GOLD

__all__ = ["ANNOTATORS", "ASSIGNMENTS", "GOLD", "MARK", "PLAN", "PROJECTS", "VERDICTS"]

VERDICTS = Path("verdicts.jsonl")
ASSIGNMENTS = Path("annotate/assignments.jsonl")
PROJECTS = Path("annotate/projects.jsonl")
ANNOTATORS = Path("annotate/annotators.jsonl")
PLAN = Path("annotate/plan.json")
MARK = Path("annotate/mark")
"""What tells this run's projects at a server from those of others."""
