"""Images from a bucket that ``annotate/served/images`` is copied to; Label Studio signs their addresses."""

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotation.server.process import IMAGES
from annotation.studio.images import Write
from annotation.studio.sdk import StudioRefused, studio_errors
from annotation.studio.studio import Studio
from schemas.errors import BadConfig, UnreadableFile, WorkFailed
from schemas.pair import Pair


@dataclass
class Bucket:
    """From a bucket that ``annotate/served/images`` is copied to; Label Studio signs the addresses."""

    run: Path
    write: Write
    prefix: str  # s3://bucket/folder, without a slash at its end

    def hosts(self, studio: Studio) -> frozenset[str]:
        """The server, and the bucket by its name."""
        return frozenset({studio.host, self.prefix.removeprefix("s3://").partition("/")[0]})

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Write them to disk, to be copied to the bucket: Label Studio connects to no empty folder."""
        for pair in pairs:
            with contextlib.suppress(UnreadableFile):  # one that is gone keeps its own task away, and no other
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
