"""What is planned for on its own: a category, for training or for the benchmark."""

from typing import Literal, NamedTuple, get_args

from schemas.config import Split

Group = Literal["train", "benchmark"]
"""``train``: pairs of the splits train and validation, which are reviewed. ``benchmark``: those of that split, which
are solved blind."""
GROUPS: tuple[Group, ...] = get_args(Group)
Way = Literal["review", "blind"]
"""How pairs are judged; adjudication is the owner's, and not planned for."""
WAYS: tuple[Way, ...] = get_args(Way)
WAY_OF: dict[Group, Way] = {"train": "review", "benchmark": "blind"}


class Cell(NamedTuple):
    """A category and a group of splits."""

    category: str
    group: Group


def group_of(split: Split) -> Group:
    """The group of a split."""
    return "benchmark" if split == "benchmark" else "train"
