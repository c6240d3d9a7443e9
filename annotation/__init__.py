"""People verify pairs: a pair becomes data when people have agreed on it.

In: kept pairs. Through Label Studio: tasks out, verdicts back. Out: ``verdicts.jsonl``, and ``verify/`` with the
consensus of people's verdicts.
"""

from annotation.verdict import Verdict

__all__ = ["Verdict"]
