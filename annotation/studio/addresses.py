"""The ways to images, by a user's word."""

from pathlib import Path

from annotation.studio.bucket import Bucket
from annotation.studio.images import ImageAddresses, LocalFiles, Write
from annotation.studio.uploads import Uploads
from schemas.errors import BadConfig


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
