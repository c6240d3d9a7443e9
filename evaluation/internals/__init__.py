"""What goes on inside a local model when it answers: attention to image and words, and the margin of the right option.

In: an evaluation's items with what was measured of each. Out: means by polarity and category, and pictures.
"""

from evaluation.internals.picture import draw_attention
from evaluation.internals.summary import Inside, inside, summarise

__all__ = ["Inside", "draw_attention", "inside", "summarise"]
