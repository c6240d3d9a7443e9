"""What an evaluation's folder is called."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.benchmarks.naming import fit

_LONGEST = 40  # characters of each part


def folder_name(benchmark: str, model: str, unusual: Sequence[str], config: Mapping[str, Any]) -> str:
    """``eval/<benchmark>/<model>[-<how>]-<hash>``: readable, and its own for each config.

    The names are untrusted: of each only letters, digits, dots, hyphens and underscores stay.
    """
    digest = hashlib.sha256(json.dumps(config, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"eval/{slug(benchmark)}/{'-'.join([slug(model), *map(slug, unusual), digest])}"


def slug(text: str) -> str:
    """A part of a file name: ASCII, at most 40 characters, never empty and never hidden."""
    return fit(text, longest=_LONGEST) or "unnamed"
