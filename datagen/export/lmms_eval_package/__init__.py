"""What the lmms-eval export writes beside the data: the two tasks, and ``task.py`` under the name ``utils.py``.

Nothing is filled in: these files go out as they are.
"""
