"""The embedded generator: no model, one fact changed at a time by contrast sets.

In: captions, boxes and exact facts of one image. Out: pairs that are surely right, or none.
Contrast sets: Gardner et al., "Evaluating Models' Local Decision Boundaries via Contrast Sets", 2020.
"""

from datagen.generators.rules.generator import RULES, Rules

__all__ = ["RULES", "Rules"]
