"""Guidelines: what people are told before they verify pairs, with examples from the run.

In: kept pairs. Out: Markdown that the owner edits, its numbered versions, and safe HTML for Label Studio. A verdict
names the version that its author had read.
"""

from annotation.guidelines.as_html import render_html
from annotation.guidelines.choosing import examples
from annotation.guidelines.example import Example, Examples, Half
from annotation.guidelines.versions import Guidelines, current_version, write_first
from annotation.guidelines.writing import guidelines_text

__all__ = [
    "Example",
    "Examples",
    "Guidelines",
    "Half",
    "current_version",
    "examples",
    "guidelines_text",
    "render_html",
    "write_first",
]
