"""``leadproof init``."""

from pathlib import Path
from typing import Annotated

import typer


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")]) -> None:
    """Make a run folder with a commented leadproof.toml."""
    from app.console import say
    from schemas.run import RunFolder
    from schemas.text import plain

    run = RunFolder.create(folder)
    say(f"{plain(str(run.path))} is a run folder; its settings are in leadproof.toml.")
    say(f"Next: leadproof ingest CAPTIONS --images DIR --run {plain(str(folder))}")
