"""Verdicts back from Label Studio, into ``verdicts.jsonl``: each once, edits as new versions.

In: projects of a run. Out: verdicts, and by name what is none.
"""

from annotation.pulling.log import read_verdicts
from annotation.pulling.pull import Odd, Pulled, pull

__all__ = ["Odd", "Pulled", "pull", "read_verdicts"]
