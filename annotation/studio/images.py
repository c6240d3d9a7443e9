"""How annotators get the images: from the server's disk, uploaded, or from a bucket."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotation.server.process import IMAGES
from annotation.studio.sdk import studio_errors
from annotation.studio.studio import Studio
from schemas.identity import short
from schemas.pair import Pair

Write = Callable[[Pair, Path], str]
"""Writes the image of a pair into a folder, bare of metadata, and gives its file name; each image once."""


class ImageAddresses(Protocol):
    """Where tasks find images."""

    def hosts(self, studio: Studio) -> frozenset[str]:
        """Where images go to: hosts, or buckets."""

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

    def hosts(self, studio: Studio) -> frozenset[str]:
        """The server's."""
        return frozenset({studio.host})

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


def image_name(pair: Pair, ending: str = "jpg") -> str:
    """The file name of a pair's image; of a pair over two images, that of both side by side."""
    return f"{'+'.join(short(ref) for ref in pair.images)}.{ending}"
