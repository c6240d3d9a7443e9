"""What a file of JSON rows looks like from its beginning, without reading all of it."""

import json
from collections.abc import Mapping
from pathlib import Path

_BEGINNING = 1_000_000  # bytes; a first row beyond that is none of a benchmark's


def first_keys(path: Path) -> frozenset[str]:
    """The keys of a file's first row, plain: in lower case, with ``_`` for spaces and hyphens; else nothing.

    Never raises: what is no file, cannot be read or holds no JSON object at its beginning has no keys.
    """
    return frozenset(plain_key(key) for key in _first_object(path))


def plain_key(key: str) -> str:
    """A key as keys are compared: ``Question Type`` is ``question_type``."""
    return key.strip().lower().replace(" ", "_").replace("-", "_")


def _first_object(path: Path) -> Mapping[str, object]:
    try:
        if not path.is_file():  # nor a pipe, which would be waited for
            return {}
        with path.open("rb") as file:
            text = file.read(_BEGINNING).decode("utf-8-sig", "replace").lstrip()
        found, _ = json.JSONDecoder().raw_decode(text.removeprefix("[").lstrip())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
