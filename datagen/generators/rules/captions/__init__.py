"""Reads the captions of one photograph: what is surely true of it, and what they name.

In: all English captions of an image. Out: facts, the COCO classes that must not be claimed absent, and
for a fact the values that are surely false.
"""

from datagen.generators.rules.captions.absence import absent_safe, far_away
from datagen.generators.rules.captions.alternatives import alternatives, being_of
from datagen.generators.rules.captions.box_agreement import agrees_with_boxes
from datagen.generators.rules.captions.contrast_sets import ContrastSets, contrast_sets
from datagen.generators.rules.captions.reading import CaptionReading, read_captions

__all__ = [
    "CaptionReading",
    "ContrastSets",
    "absent_safe",
    "agrees_with_boxes",
    "alternatives",
    "being_of",
    "contrast_sets",
    "far_away",
    "read_captions",
]
