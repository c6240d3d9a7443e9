"""``leadproof annotate guidelines``."""

from typing import Annotated

import typer

from app.options import RunOption


def guidelines(
    run: RunOption,
    again: Annotated[
        bool, typer.Option("--again", help="Write them anew from the run; yours stays a version.")
    ] = False,
) -> None:
    """Write what annotators are told, with examples from the run; edit it, and the next push shows it."""
    from annotation.at_hand import at_hand
    from annotation.guidelines.versions import EDITED, FOLDER
    from app.annotate.wiring import ensure_guidelines
    from app.console import say
    from schemas.run import RunFolder
    from schemas.text import plain

    folder = RunFolder.open(run)
    with folder.writing():
        found = ensure_guidelines(at_hand(folder), again=again)
    say(f"Version {found.version}: {plain(str(run / FOLDER / EDITED))}")
    say(f"Edit that file; `leadproof annotate push --run {plain(str(run))}` shows it in Label Studio.")
