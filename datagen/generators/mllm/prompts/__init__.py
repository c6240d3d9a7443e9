"""The prompts, and what they say of each category."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from datagen.prompting import Prompts, fenced

__all__ = ["EXTRACTION", "PAIRS", "CategoryGuide", "category_guides", "fenced", "prompt"]

EXTRACTION, PAIRS = "extraction.v1", "pairs.v1"
_HERE = Path(__file__).parent
prompt = Prompts(_HERE)


class CategoryGuide(NamedTuple):
    """What a category is about, and the kinds of facts that bear it."""

    meaning: str
    slots: tuple[str, ...]


@lru_cache
def category_guides() -> dict[str, CategoryGuide]:
    """The default taxonomy's categories."""
    raw = tomllib.loads((_HERE / "categories.toml").read_text(encoding="utf-8"))
    return {name: CategoryGuide(entry["meaning"], tuple(entry["slots"])) for name, entry in raw.items()}
