"""Making assignments so at Label Studio: tasks out, each once, whatever is killed in between.

In: assignments, pairs, images. Out: projects with tasks; ``annotate/`` knows what was asked of whom.
"""

from annotation.pushing.push import Posting, Pushed, push

__all__ = ["Posting", "Pushed", "push"]
