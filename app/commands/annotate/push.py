"""``leadproof annotate push``."""

from typing import Annotated, Literal

import typer

from app.annotate.options import ImagesOption, UrlOption
from app.options import JsonOption, RunOption


def push(
    run: RunOption,
    limit: Annotated[int | None, typer.Option(min=1, help="New pairs at most; gold and others come on top.")] = None,
    until_plan: Annotated[bool, typer.Option("--until-plan", help="Only what the last plan's quotas lack.")] = False,
    mode: Annotated[
        Literal["all", "sample"], typer.Option(help="sample: only a random share of each category.")
    ] = "all",
    share: Annotated[float, typer.Option(min=0.001, max=1, help="Of each category, for --mode sample.")] = 0.1,
    judges: Annotated[int | None, typer.Option(min=1, max=20, help="Blind solves of a benchmark pair.")] = None,
    url: UrlOption = None,
    images: ImagesOption = "local-files",
    json: JsonOption = False,
) -> None:
    """Deal new pairs out to annotators, and make every task that is missing; repeating it makes no double."""
    from annotation.settings import annotate_settings
    from annotation.studio import check_way, open_studio
    from app.annotate.dealing import Dealing, deal, read_plan
    from app.annotate.push_view import show_pushed
    from app.console import progress
    from schemas.errors import BadConfig
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    if until_plan and mode == "sample":
        raise BadConfig("a sample has no quotas", where="--until-plan", fix="Leave one of the two out.")
    check_way(images)
    if until_plan:
        read_plan(folder)  # whether there is one is said before a server is asked anything
    settings = annotate_settings(folder)
    if judges is not None:
        settings = settings.model_copy(update={"judges": judges})
    dealing = Dealing(settings, limit=limit, until_plan=until_plan, share=share if mode == "sample" else None)
    with folder.writing(), open_studio(folder.path, url) as studio:
        studio.whoami()
        with progress("Pushing") as (total, more):
            dealt = deal(folder, studio, images, dealing, on_tasks=total, on_progress=more)
    show_pushed(dealt, run, json=json)
