"""What an evaluation's folder is called."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_ODD = re.compile(r"[^A-Za-z0-9.]+")
_LONGEST = 40


def folder_name(benchmark: str, model: str, unusual: Sequence[str], config: Mapping[str, Any]) -> str:
    """``eval/<benchmark>/<model>[-<how>]-<hash>``: readable, and its own for each config.

    The names are untrusted: of each only letters, digits, dots and hyphens stay.
    """
    digest = hashlib.sha256(json.dumps(config, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"eval/{slug(benchmark)}/{'-'.join([slug(model), *map(slug, unusual), digest])}"


def slug(text: str) -> str:
    """A part of a file name: ASCII, at most 40 characters, never empty and never hidden."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _ODD.sub("-", plain)[:_LONGEST].strip("-.") or "unnamed"
