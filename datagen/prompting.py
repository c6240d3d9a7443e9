"""Prompts in files, and the data that goes with them.

A prompt is a Jinja file whose name holds its version: a change of wording is a new file with the next number. What
people or models wrote never enters it: it goes into the user's message as one JSON document between two lines that
JSON cannot hold.
"""

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_BREAKS = {ord(one): f"\\u{ord(one):04x}" for one in "\x85\u2028\u2029"}  # those that JSON leaves as they are


class Prompts:
    """The prompts of a folder."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read before it is asked for."""
        loader = FileSystemLoader(folder)
        self._files = Environment(loader=loader, undefined=StrictUndefined, autoescape=False)  # not HTML

    def __call__(self, version: str, **values: Any) -> str:
        """The text of the prompt of that name and version."""
        return self._files.get_template(f"{version}.jinja").render(**values).strip()


def fenced(data: dict[str, Any]) -> str:
    """Untrusted data as a message: JSON between two lines. It can't end the fence: all line breaks are escaped."""
    return f"<<<data\n{json.dumps(data, ensure_ascii=False).translate(_BREAKS)}\ndata>>>"
