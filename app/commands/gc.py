"""``leadproof gc``."""

from typing import Annotated

import typer

from app.options import RunOption


def gc(
    run: RunOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Delete older numbers of each stage; the current one stays."""
    from app.console import say
    from schemas.run import RunFolder
    from schemas.text import plain

    folder = RunFolder.open(run)
    with folder.writing():
        gone = folder.outdated()
        for stage in gone:
            say(f"{'would delete' if dry_run else 'deleted'} {plain(str(stage.relative_to(folder.path)))}")
            if not dry_run:
                folder.remove(stage)
    if not gone:
        say("Nothing to delete.")
