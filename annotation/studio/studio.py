"""A Label Studio server, as far as annotation needs it."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from annotation.server.secrets import FILE, FOLDER, read_secrets
from annotation.studio.sdk import StudioClient, StudioUnreachable, studio_errors
from schemas.errors import BadConfig, BadRunFolder, WorkFailed

KEY = "LABEL_STUDIO_API_KEY"
_PAGE = 1_000


@dataclass(frozen=True)
class Studio:
    """A server and the key that opens it; every call raises what :func:`.studio_errors` says."""

    url: str
    connection: StudioClient = field(repr=False)
    key: str = field(repr=False)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self.connection.__exit__()

    @property
    def client(self) -> Any:
        """The SDK's client."""
        return self.connection.api

    @property
    def host(self) -> str:
        """Its name or address."""
        return urlsplit(self.url).hostname or ""

    def whoami(self) -> str:
        """The e-mail address of the key's owner, in lower case."""
        with studio_errors(self.url):
            return str(self.client.users.whoami().email).lower()

    def rights(self) -> frozenset[str]:
        """What the key's owner may do, as Label Studio names it."""
        with studio_errors(self.url):
            return frozenset(str(one) for one in self.client.users.whoami().permissions or ())

    def fetch(self, address: str) -> Any:
        """The answer to a request for what a task names, made as somebody who is logged in; redirects are followed."""
        place = address if urlsplit(address).scheme else f"{self.url}{address}"
        own = urlsplit(place).netloc == urlsplit(self.url).netloc
        with studio_errors(self.url):
            return self.connection.http.get(place, headers=self.connection.headers() if own else {})

    def version(self) -> str:
        """Its version."""
        with studio_errors(self.url):
            return str(self.client.versions.get().release)

    def people(self) -> dict[int, str]:
        """The e-mail addresses of all accounts, in lower case, by their numbers."""
        with studio_errors(self.url):
            return {int(one.id): str(one.email).lower() for one in self.client.users.list()}

    def shown_in(self, project: int) -> set[tuple[str, str]]:
        """Pair and content of every task of a project."""
        with studio_errors(self.url):
            pages = self.client.tasks.list(project=project, fields="task_only", page_size=_PAGE, resolve_uri=False)
            return {_mark(task.data) for task in pages}

    def made_at(self, project: int) -> str | None:
        """When the project of that number was made, by the server's clock; None where there is none.

        A server whose database was made anew gives the same numbers again.
        """
        from label_studio_sdk.core.api_error import ApiError

        with studio_errors(self.url):
            try:
                return str(self.client.projects.get(id=project).created_at)
            except ApiError as error:
                if error.status_code == 404:
                    return None
                raise

    def remove(self, project: int) -> None:
        """Delete a project with all it holds."""
        with studio_errors(self.url):
            self.client.projects.delete(id=project)

    def add_tasks(self, project: int, data: Sequence[Mapping[str, Any]]) -> None:
        """Add tasks to a project, at its end."""
        with studio_errors(self.url):
            self.client.projects.import_tasks(id=project, request=[{"data": one} for one in data])

    def annotated(self, project: int) -> Iterator[dict[str, Any]]:
        """The tasks of a project that have annotations, as plain values from outside: anything."""
        with studio_errors(self.url):
            raw = b"".join(self.client.projects.exports.download_sync(project, export_type="JSON"))
        try:
            found = json.loads(raw or b"[]")
        except ValueError:
            found = None
        if not isinstance(found, list):  # an error told as an answer: it must not look like an empty project
            what = f"what it tells of project {project} is no list of tasks"
            raise WorkFailed(what, where=self.url, fix="See the server's log; repeat the command to go on.")
        yield from (task for task in found if isinstance(task, dict))


def _mark(data: object) -> tuple[str, str]:
    held = data if isinstance(data, Mapping) else {}
    return str(held.get("pair")), str(held.get("content"))


def open_studio(run: Path, url: str | None = None) -> Studio:
    """The Label Studio of a run: the one that ``annotate serve`` runs, or the one at ``url``.

    Raises:
        BadConfig: No address, or no key for it.
        StudioUnreachable: Nothing answers there.
    """
    own = read_secrets(run)
    if url is None and own is None:
        fix = f"Start one with `leadproof annotate serve --run {run}`, or name one with --url."
        raise StudioUnreachable("no Label Studio was started for this run", where=str(run), fix=fix)
    if own is not None and url in (None, own.url):
        if not _is_address(own.url):
            fix = "It was edited by hand: put the address back as it was."
            raise BadRunFolder(f"{own.url!r} is no address", where=str(run / FOLDER / FILE), fix=fix)
        return Studio(own.url, StudioClient(own.url, own.token), own.token)
    address = (url or "").rstrip("/")
    if not _is_address(address):
        raise BadConfig(f"{address!r} is no address", where="--url", fix="Write it as https://studio.example.org.")
    key = os.environ.get(KEY, "").strip()
    if not key:
        fix = f"Set {KEY} to a token of that server's owner: Account & Settings, Access Token."
        raise BadConfig("there is no API key for it", where=address, fix=fix)
    return Studio(address, StudioClient(address, key), key)


def _is_address(url: str) -> bool:
    """Whether it names a web server, and no more than that: a key in it would stand in every line about it."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return named and not (parts.username or parts.password or parts.query or parts.fragment)
