"""Options that commands of ``annotate`` share."""

from typing import Annotated

import typer

UrlOption = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Another Label Studio; its key is in LABEL_STUDIO_API_KEY.", show_default=False),
]
ImagesOption = Annotated[
    str, typer.Option("--images", metavar="HOW", help="How it gets images: local-files, upload or s3://bucket/folder.")
]
