"""Reading the data files that lie beside the code, each once.

In: a name. Out: the parsed TOML.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The data file ``data/<name>.toml``, parsed.

    Raises:
        FileNotFoundError: If the installation lacks the file.
    """
    path = files("datagen.generators.rules") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
