"""Leadproof for scripts and plug-ins: its records and stage functions, imported when first used.

>>> from pathlib import Path
>>> import leadproof
>>> run = leadproof.RunFolder.open(Path("run"))
>>> with run.writing():
...     leadproof.generate(run, backend="rules")
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Drop": "schemas.ledger",
    "Evidence": "datagen.generators",
    "Fact": "schemas",
    "Filter": "datagen.filters",
    "LeadproofError": "schemas",
    "Made": "datagen.generators",
    "Option": "schemas",
    "Pair": "schemas",
    "Provenance": "schemas",
    "Question": "schemas",
    "RunFolder": "schemas",
    "Taxonomy": "schemas",
    "Verdict": "annotation",
    "compare": "evaluation.comparing",
    "evaluate": "evaluation.asking",
    "export": "datagen.export",
    "filter_pairs": "datagen.filters",
    "generate": "datagen.generators",
    "import_pairs": "datagen.importing",
    "ingest": "datagen.ingest",
    "open_benchmark": "evaluation.benchmarks",
    "read_ledger": "schemas.ledger",
    "read_verdicts": "annotation.pulling",
    "score": "evaluation",
    "verify": "annotation.verifying",
}

__all__ = [
    "Drop",
    "Evidence",
    "Fact",
    "Filter",
    "LeadproofError",
    "Made",
    "Option",
    "Pair",
    "Provenance",
    "Question",
    "RunFolder",
    "Taxonomy",
    "Verdict",
    "compare",
    "evaluate",
    "export",
    "filter_pairs",
    "generate",
    "import_pairs",
    "ingest",
    "open_benchmark",
    "read_ledger",
    "read_verdicts",
    "score",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Import a name from its room when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'leadproof' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
