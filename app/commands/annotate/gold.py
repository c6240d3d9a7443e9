"""``leadproof annotate gold``."""

from typing import Annotated

import typer

from app.annotate.options import ImagesOption, UrlOption
from app.options import RunOption


def gold(
    run: RunOption,
    pairs: Annotated[int, typer.Option(min=1, max=10_000, help="So many are solved by the owner in all.")] = 40,
    url: UrlOption = None,
    images: ImagesOption = "local-files",
) -> None:
    """Have the owner solve pairs blind; gold is each of them, and a copy of it that is broken on purpose."""
    from annotation.at_hand import at_hand
    from annotation.settings import annotate_settings, require_owner
    from annotation.studio import check_way, open_studio
    from app.annotate.gold_view import show_gold
    from app.annotate.golding import build_gold
    from app.annotate.wiring import posting
    from app.console import progress
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    owner = require_owner(annotate_settings(folder))
    check_way(images)
    with folder.writing(), open_studio(folder.path, url) as studio:
        hand = at_hand(folder)
        studio.whoami()
        with progress("Pushing") as (total, more):
            built = build_gold(hand, owner, pairs, posting(hand, studio, images), on_tasks=total, on_progress=more)
    show_gold(built, owner)
