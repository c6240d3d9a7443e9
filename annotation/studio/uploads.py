"""Images uploaded to a server, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from annotation.server.process import IMAGES
from annotation.studio.images import Write
from annotation.studio.sdk import studio_errors
from annotation.studio.studio import Studio
from schemas.appended import append, read_appended
from schemas.errors import WorkFailed
from schemas.pair import Pair

UPLOADS = Path("annotate/uploads.jsonl")
_TITLE = "Images of leadproof's tasks"
_ONE_KEY = '<View><Image name="image" value="$image"/></View>'


class Uploaded(BaseModel):
    """An image that a server holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: str
    project: int
    made: str
    name: str
    url: str


@dataclass
class Uploads:
    """Uploaded to the server, each image once, into a project of their own: those with tasks take no bare files."""

    run: Path
    write: Write

    def __post_init__(self) -> None:
        known = read_appended(self.run / UPLOADS, Uploaded)
        self._urls = {(one.server, one.project, one.made, one.name): one.url for one in known}
        self._last = {one.server: (one.project, one.made) for one in known}
        self._homes: dict[str, tuple[int, str]] = {}  # found to be there

    def hosts(self, studio: Studio) -> frozenset[str]:
        """The server's."""
        return frozenset({studio.host})

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Nothing to be done beforehand."""

    def attach(self, studio: Studio, project: int) -> None:
        """Nothing to be told."""

    def address(self, studio: Studio, project: int, pair: Pair) -> str:
        """The uploaded file's address at the server."""
        name = self.write(pair, self.run / IMAGES)
        home, made = self._home(studio)
        place = (studio.url, home, made, name)
        if place not in self._urls:
            url = _upload(studio, home, self.run / IMAGES / name)
            append(self.run / UPLOADS, [Uploaded(server=studio.url, project=home, made=made, name=name, url=url)])
            self._urls[place] = url
        return self._urls[place]

    def _home(self, studio: Studio) -> tuple[int, str]:
        """The project that images go to, made where there is none."""
        if studio.url not in self._homes:
            number, made = self._last.get(studio.url, (-1, ""))
            if number < 0 or studio.made_at(number) != made:
                with studio_errors(studio.url):
                    number = int(studio.client.projects.create(title=_TITLE, label_config=_ONE_KEY).id)
                made = studio.made_at(number) or ""
            self._homes[studio.url] = (number, made)
        return self._homes[studio.url]


def _upload(studio: Studio, project: int, path: Path) -> str:
    with studio_errors(studio.url), path.open("rb") as file:
        answer = studio.connection.request(
            f"api/projects/{project}/import",
            method="POST",
            params={"commit_to_project": "false"},
            files={path.name: (path.name, file)},
        )
        found = answer.json() if answer.status_code in (200, 201) else {}
        numbers = found.get("file_upload_ids") or []
        if not numbers:
            fix = "See the server's log; repeat the command to go on."
            raise WorkFailed(f"{path.name} was not taken ({answer.status_code})", where=studio.url, fix=fix)
        return f"/data/{studio.client.files.get(id=numbers[0]).file}"
