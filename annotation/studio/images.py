"""How annotators get the images: from the server's disk, uploaded, or from a bucket."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from annotation.server.process import IMAGES
from annotation.studio.sdk import StudioRefused, studio_errors
from annotation.studio.studio import Studio
from schemas.appended import append, read_appended
from schemas.errors import BadConfig, WorkFailed
from schemas.identity import short
from schemas.pair import Pair

How = Literal["local-files", "upload", "s3"]
_TITLE = "Images of leadproof's tasks"
_ONE_KEY = '<View><Image name="image" value="$image"/></View>'
UPLOADS = Path("annotate/uploads.jsonl")
Write = Callable[[Pair, Path], str]
"""Writes the image of a pair into a folder, bare of metadata, and gives its file name; each image once."""


class Uploaded(BaseModel):
    """An image that a server holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: str
    project: int
    made: str
    name: str
    url: str


class ImageAddresses(Protocol):
    """Where tasks find images."""

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """See to it that the images of these pairs can be had from where tasks will look for them."""

    def attach(self, studio: Studio, project: int) -> None:
        """Tell a new project where its images come from."""

    def address(self, studio: Studio, project: int, pair: Pair) -> str:
        """A pair's image as a task of that project names it; it is there once this returns."""


@dataclass
class LocalFiles:
    """From ``annotate/served``, which the server must have as its document root."""

    run: Path
    write: Write

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Nothing to be done beforehand."""

    def attach(self, studio: Studio, project: int) -> None:
        """Connect the folder as a storage of the project: without one Label Studio serves none of it."""
        folder = self.run / IMAGES
        folder.mkdir(parents=True, exist_ok=True)
        with studio_errors(studio.url):
            studio.client.import_storage.local.create(
                project=project, path=str(folder), title="Images", use_blob_urls=True
            )

    def address(self, studio: Studio, project: int, pair: Pair) -> str:
        """The image's place below the document root."""
        return f"/data/local-files/?d=images/{self.write(pair, self.run / IMAGES)}"


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


@dataclass
class Bucket:
    """From a bucket that ``annotate/served/images`` is copied to; Label Studio signs the addresses."""

    run: Path
    write: Write
    prefix: str  # s3://bucket/folder, without a slash at its end

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Write them to disk, to be copied to the bucket: Label Studio connects to no empty folder."""
        for pair in pairs:
            self.write(pair, self.run / IMAGES)

    def attach(self, studio: Studio, project: int) -> None:
        """Connect the bucket as a storage of the project, with the keys of the environment.

        Raises:
            BadConfig: Label Studio cannot read it, which it says of an empty folder too.
        """
        bucket, _, folder = self.prefix.removeprefix("s3://").partition("/")
        try:
            with studio_errors(studio.url):
                studio.client.import_storage.s3.create(
                    project=project,
                    bucket=bucket,
                    prefix=folder or None,
                    title="Images",
                    use_blob_urls=True,
                    presign=True,
                    aws_access_key_id=os.environ.get("AWS_ACCESS_KEY_ID"),
                    aws_secret_access_key=os.environ.get("AWS_SECRET_ACCESS_KEY"),
                    aws_session_token=os.environ.get("AWS_SESSION_TOKEN"),
                    region_name=os.environ.get("AWS_DEFAULT_REGION"),
                    s3endpoint=os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"),
                )
        except (WorkFailed, StudioRefused) as error:
            fix = (
                f"Copy {self.run / IMAGES} there (aws s3 sync), see that AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
                "may read it, and repeat."
            )
            raise BadConfig(f"Label Studio cannot read it: {error.what}", where=self.prefix, fix=fix) from error

    def address(self, studio: Studio, project: int, pair: Pair) -> str:
        """The image's address in the bucket."""
        return f"{self.prefix}/{self.write(pair, self.run / IMAGES)}"


def image_addresses(how: str, run: Path, write: Write) -> ImageAddresses:
    """By a user's word: ``local-files``, ``upload`` or ``s3://bucket/folder``.

    Raises:
        BadConfig: None of these.
    """
    check_way(how)
    if how == "local-files":
        return LocalFiles(run, write)
    if how == "upload":
        return Uploads(run, write)
    return Bucket(run, write, how.rstrip("/"))


def check_way(how: str) -> None:
    """Refuse what is no way to images, before anything is asked of a server.

    Raises:
        BadConfig: It is none of those that :func:`image_addresses` knows.
    """
    bucket = how.startswith("s3://") and how.removeprefix("s3://").strip("/")
    if how not in ("local-files", "upload") and not bucket:
        fix = "Use local-files, upload or s3://bucket/folder."
        raise BadConfig(f"{how!r} is no way to images", where="--images", fix=fix)


def image_name(pair: Pair, ending: str = "jpg") -> str:
    """The file name of a pair's image; of a pair over two images, that of both side by side."""
    return f"{'+'.join(short(ref) for ref in pair.images)}.{ending}"


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
