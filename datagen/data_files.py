"""Reading the data files that lie beside the code, each once.

In: a package and a name. Out: the parsed TOML.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(package: str, name: str) -> dict[str, Any]:
    """The data file ``data/<name>.toml`` of a package, parsed.

    Raises:
        FileNotFoundError: The installation lacks the file.
    """
    path = files(package) / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
