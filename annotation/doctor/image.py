"""Fetching one image as an annotator's browser would: through a project that is made for it, and taken away."""

import contextlib
from io import BytesIO
from typing import Any

from annotation.doctor.finding import Finding
from annotation.labeling import labeling_config, task_data
from annotation.server.process import IMAGES
from annotation.studio import ImageAddresses, Studio
from annotation.studio.sdk import studio_errors
from schemas.errors import LeadproofError
from schemas.pair import Pair

_MEND = (
    "local-files: the server needs LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true, its document root at "
    f"RUN/{IMAGES.rpartition('/')[0]}, and to run on this machine; else use --images upload. "
    f"s3: copy RUN/{IMAGES} to the bucket, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
)


def image_finding(studio: Studio, images: ImageAddresses, pair: Pair) -> Finding:
    """Whether an image of the run arrives at somebody who is logged in."""
    project = None
    try:
        project = _project(studio)
        images.prepare([pair])
        images.attach(studio, project)
        address = images.address(studio, project, pair)
        studio.add_tasks(project, [task_data(pair, "review", image=address)])
        return _fetched(studio, project)
    except LeadproofError as error:
        return Finding("image", error.what, error.fix if error.where != studio.url else _MEND)
    finally:
        if project is not None:
            with contextlib.suppress(LeadproofError), studio_errors(studio.url):
                studio.client.projects.delete(id=project)


def _project(studio: Studio) -> int:
    with studio_errors(studio.url):
        made = studio.client.projects.create(title="leadproof doctor", label_config=labeling_config("review").xml)
    return int(made.id)


def _fetched(studio: Studio, project: int) -> Finding:
    from PIL import Image, UnidentifiedImageError

    with studio_errors(studio.url):
        task = next(iter(studio.client.tasks.list(project=project, fields="all", resolve_uri=True)))
        address = str(task.data["image"])
        answer: Any = studio.fetch(address)
    if answer.status_code != 200:
        return Finding("image", f"{address} answers {answer.status_code}", _MEND)
    try:
        with Image.open(BytesIO(answer.content)) as found:
            return Finding("image", f"{found.format}, {found.width} × {found.height}, fetched from {address}")
    except UnidentifiedImageError:
        return Finding("image", f"{address} gives no image", _MEND)
