"""``leadproof annotate serve``."""

from typing import Annotated

import typer

from app.options import RunOption


def serve(
    run: RunOption,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of the web page.")] = 8080,
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            envvar="LEADPROOF_DATABASE",
            help="postgresql://user:password@host/name.",
            show_default="SQLite in the run",
        ),
    ] = None,
) -> None:
    """Run a Label Studio for this run until Ctrl+C; the first start installs it."""
    from annotation.server import (
        Wanted,
        ensure_environment,
        refuse_second,
        running_server,
        secrets_for,
        working_key,
    )
    from annotation.settings import annotate_settings, require_owner
    from annotation.studio import open_studio
    from annotation.studio.sdk import require_sdk
    from app.annotate.serve_view import show_served, waiting
    from app.console import say
    from schemas.errors import WorkFailed
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    owner = require_owner(annotate_settings(folder))
    wanted = Wanted(host=host, port=port, database=database)
    require_sdk()
    refuse_second(folder.path)
    wanted.check()
    environment = ensure_environment(say)
    secrets = secrets_for(folder.path, owner=owner, url=wanted.url)
    with waiting() as on_wait, running_server(folder.path, wanted, secrets, environment, on_wait=on_wait) as server:
        secrets = working_key(folder.path, secrets)
        with open_studio(folder.path) as studio:
            show_served(server, secrets, run, studio)
        try:
            code = server.wait()
        except KeyboardInterrupt:  # as its help says
            say("Stopped.")
            return
    raise WorkFailed(f"Label Studio has ended ({code})", where=str(server.log), fix="Read that log.")
