"""What can be said of a world: a file a slot, or a few that belong together.

In: a world and the reference of its image. Out: facts, no two on the same question.
"""

from datagen.scenes.statements.everything import facts

__all__ = ["facts"]
