"""``leadproof lint``."""

from pathlib import Path
from typing import Annotated

import typer

from app.options import JsonOption


def lint(
    file: Annotated[Path, typer.Argument(help="A benchmark file (JSON, JSONL) or pairs (JSONL, pairs.parquet).")],
    json: JsonOption = False,
) -> None:
    """What is wrong with a benchmark file or a file of pairs, a line a fault; exit 1 if anything is."""
    from app.console import say, say_json
    from evaluation.lint import lint as find_faults
    from schemas.errors import LintFailed
    from schemas.text import plain

    faults = find_faults(file)
    if json:
        say_json([{"row": fault.row, "id": fault.id, "what": fault.what} for fault in faults])
    else:
        for fault in faults:
            say(str(fault))
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
        raise LintFailed(count, where=str(file), fix="Mend the rows named above")
    if not json:
        say(f"No faults in {plain(str(file))}.")
