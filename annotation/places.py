"""Where annotation keeps what it appends, below a run folder. Stages commit; these files only grow."""

from pathlib import Path

VERDICTS = Path("verdicts.jsonl")
ASSIGNMENTS = Path("annotate/assignments.jsonl")
PROJECTS = Path("annotate/projects.jsonl")
ANNOTATORS = Path("annotate/annotators.jsonl")
GOLD = Path("annotate/gold.jsonl")
PLAN = Path("annotate/plan.json")
