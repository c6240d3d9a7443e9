"""Short lists of words, by the module and the name they are used under."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lists(package: str) -> dict[str, Any]:
    return tomllib.loads((files(package) / "data" / "words.toml").read_text(encoding="utf-8"))


def listed(package: str, part: str, name: str) -> frozenset[str]:
    """The words of a list in ``data/words.toml`` of a package.

    Raises:
        KeyError: There is no such list.
    """
    return frozenset(_lists(package)[part][name].split())
