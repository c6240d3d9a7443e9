"""The pages annotators see, what a task holds, and reading what came of it.

In: pairs. Out: Label Studio's labeling configs and task data; back: verdicts, or why an annotation is none.
"""

from annotation.labeling.config import LabelingConfig, faults_of, labeling_config
from annotation.labeling.task import Showing, as_shown, showing, task_data

__all__ = ["LabelingConfig", "Showing", "as_shown", "faults_of", "labeling_config", "showing", "task_data"]
