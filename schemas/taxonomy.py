"""Categories of visual facts. The default taxonomy is MMR's: 12 categories in 3 levels.

Source: "Seeing Clearly, Answering Incorrectly" (arXiv 2406.10638), section 3.1.
"""

import re
from dataclasses import dataclass

from schemas.errors import BadConfig

_CATEGORY = re.compile(r"[a-z0-9][a-z0-9&+_-]*/[a-z0-9][a-z0-9&+_-]*")

MMR_CATEGORIES = (
    "character/character",
    "attribute/existence",
    "attribute/color&texture",
    "attribute/number",
    "attribute/shape",
    "attribute/posture",
    "attribute/position",
    "context/abstract",
    "context/concrete",
    "context/expert",
    "context/activity",
    "context/relation",
)

UNSORTED = "unsorted/unsorted"
"""The category of imported pairs whose file names none, as MMR-data. It is in no taxonomy: nothing is generated
for it, and it stands beside the levels rather than in one that would be a guess."""


@dataclass(frozen=True)
class Taxonomy:
    """The categories a run knows, each ``level/name``."""

    categories: tuple[str, ...] = MMR_CATEGORIES

    def __post_init__(self) -> None:
        """Refuse names that could not be an id prefix or a folder name.

        Raises:
            BadConfig: A category is not of the form ``level/name`` or stands twice.
        """
        for category in self.categories:
            if not is_category(category):
                raise BadConfig(
                    f"category {category!r} is not of the form level/name",
                    fix="Use lower-case letters, digits, & + _ -, as in attribute/number.",
                )
        if len(set(self.categories)) < len(self.categories):
            raise BadConfig("a category stands twice in the taxonomy", fix="Remove one of the two.")

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels, in the order of their first category."""
        return tuple(dict.fromkeys(category.split("/")[0] for category in self.categories))

    def extended(self, more: tuple[str, ...]) -> "Taxonomy":
        """This taxonomy with a user's own categories added at the end."""
        return Taxonomy((*self.categories, *(name for name in more if name not in self.categories)))

    def find(self, name: str) -> str:
        """The category of that name, given in full or without its level.

        Raises:
            BadConfig: No category has that name, or two levels have it.
        """
        found = [full for full in self.categories if name in (full, full.split("/")[1])]
        if len(found) == 1:
            return found[0]
        known = ", ".join(full.split("/")[1] for full in self.categories)
        raise BadConfig(f"no category {name!r}", fix=f"The run's categories are: {known}.")


def is_category(name: str) -> bool:
    """Whether a string has the form ``level/name``."""
    return _CATEGORY.fullmatch(name) is not None


DEFAULT_TAXONOMY = Taxonomy()
