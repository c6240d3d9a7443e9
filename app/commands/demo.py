"""``leadproof demo``."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="The run folder to make.")] = Path("demo-run"),
    count: Annotated[int, typer.Option("--scenes", min=20, max=100_000, help="How many scenes to draw.")] = 600,
) -> None:
    """The whole chain on drawn scenes: no network, key or account."""
    from app.chain import run_demo
    from schemas.run import RunFolder

    run_demo(RunFolder.create(out), out, count)
