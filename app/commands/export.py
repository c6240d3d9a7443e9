"""``leadproof export``."""

from typing import Annotated, Literal

import typer

from app.options import RunOption


def export(
    run: RunOption,
    format: Annotated[list[str], typer.Option(help="mmr, llava, vlmevalkit or lmms-eval; more than one may be given.")],
    target: Annotated[str, typer.Option(help="What a training sample answers with: text, letter or both.")] = "text",
    turns: Annotated[str, typer.Option(help="single: a question a sample; multi: all of an image's.")] = "single",
    include: Annotated[
        Literal["unverified"] | None,
        typer.Option(help="Pairs that nobody has verified too, once people have verified some.", show_default=False),
    ] = None,
) -> None:
    """Write the pairs in the formats that trainers and benchmarks read, a file a split.

    These are the kept ones or, once people have verified some, the verified ones.
    """
    from app.console import say, show_counts, show_named
    from app.freshness import unfiltered
    from datagen.export import ExportOptions
    from datagen.export import export as write
    from datagen.export.stage import DROPPED_LATER
    from schemas.run import RunFolder
    from schemas.text import plain

    folder = RunFolder.open(run)
    if hint := unfiltered(folder):
        say(hint)
    with folder.writing():
        options = ExportOptions.checked(target=target, turns=turns)
        for done in write(folder, format, options, unverified=include == "unverified"):
            if done.changed:
                states = done.manifest.notes["verification"]
                show_counts(f"Exported {done.format}", done.manifest.counts | states)
            else:
                say(f"Nothing to do for {done.format}: it was exported before, from the same pairs.")
            say(plain(str(done.path), limit=500))
    show_named("Verified, though a later filter would drop them", done.manifest.notes.get(DROPPED_LATER, []))
