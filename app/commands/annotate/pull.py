"""``leadproof annotate pull``."""

from typing import Annotated

import typer

from app.annotate.options import UrlOption
from app.options import JsonOption, RunOption


def pull(
    run: RunOption,
    url: UrlOption = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until Ctrl+C.")] = False,
    every: Annotated[float, typer.Option(min=1, max=86_400, help="Seconds between two looks, with --watch.")] = 30,
    json: JsonOption = False,
) -> None:
    """Bring verdicts into verdicts.jsonl, each once; edits come as new versions."""
    import contextlib
    import time

    from annotation.pulling import pull as pull_verdicts
    from annotation.studio import open_studio
    from annotation.studio.sdk import StudioUnreachable
    from app.annotate.pull_view import show_missed, show_pulled, show_watched
    from app.console import progress
    from schemas.errors import RunLocked
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    with open_studio(folder.path, url) as studio:
        if not watch:
            with progress("Reading projects") as (total, more):
                found = pull_verdicts(folder, studio, locked=folder.writing, on_projects=total, on_progress=more)
            show_pulled(found, run, json=json)
            return
        with contextlib.suppress(KeyboardInterrupt):  # as its help says
            while True:
                try:
                    show_watched(pull_verdicts(folder, studio, locked=folder.writing), json=json)
                except (RunLocked, StudioUnreachable) as error:  # a push, or a server that is started again: both pass
                    show_missed(error)
                time.sleep(every)
