"""Showing a server of one's own."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from annotation.server import LocalServer, ServerSecrets
from annotation.studio import Studio
from app.console import say
from schemas.text import plain


@contextlib.contextmanager
def waiting() -> Iterator[Callable[[float], None]]:
    """A spinner with seconds while a server starts; nothing in a pipe. It ends with the first line that is said."""
    console = Console(stderr=True)
    spinner = console.status("Starting Label Studio")
    if console.is_terminal:
        spinner.start()
    try:
        yield lambda seconds: spinner.update(f"Starting Label Studio: {seconds:.0f} s")
    finally:
        spinner.stop()


def show_served(server: LocalServer, secrets: ServerSecrets, run: Path, studio: Studio) -> None:
    """Where it is, how its owner logs in, and what to do next."""
    name = plain(str(run))
    say(f"Label Studio {studio.version()} is at {server.url}")
    say(f"Log in as {secrets.owner} with the password in")
    say(f"  {name}/annotate/server/server.json")
    say("In another terminal:")
    say(f"  leadproof annotate user add anna@example.org --run {name}")
    say(f"  leadproof annotate push --run {name}")
    say("Ctrl+C stops it; all that was judged stays.")
