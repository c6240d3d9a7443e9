"""Reading the word lists that lie beside the code, each once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The word list ``data/<name>.toml``, parsed.

    Raises:
        FileNotFoundError: The installation lacks the file.
    """
    path = files("datagen.filters.english") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
