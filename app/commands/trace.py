"""``leadproof trace``."""

from typing import Annotated

import typer

from app.options import JsonOption, RunOption


def trace(
    pair_id: Annotated[str, typer.Argument(help="A pair's id, or its beginning.")],
    run: RunOption,
    json: JsonOption = False,
) -> None:
    """A pair's whole story: image, captions, facts, questions, scores, what people said, and what became of it."""
    from app.console import say_json
    from app.story import show_story, tell
    from schemas.run import RunFolder

    story = tell(RunFolder.open(run), pair_id)
    if json:
        say_json(story.to_json())
    else:
        show_story(story)
