"""Who is in a picture: groups, single things, and features that show more than their kind.

In: a source of random choices. Out: plans of things, and the grid they are to stand on.
"""

from datagen.scenes.cast.casting import Plan
from datagen.scenes.cast.ensemble import cast

__all__ = ["Plan", "cast"]
