"""``leadproof export``."""

from typing import Annotated

import typer

from app.options import RunOption


def export(
    run: RunOption,
    format: Annotated[list[str], typer.Option(help="mmr, llava, vlmevalkit or lmms-eval; more than one may be given.")],
    target: Annotated[str, typer.Option(help="What a training sample answers with: text, letter or both.")] = "text",
    turns: Annotated[str, typer.Option(help="single: a question a sample; multi: all of an image's.")] = "single",
) -> None:
    """Write the kept pairs in the formats that trainers and benchmarks read, a file a split."""
    from app.console import say, show_counts
    from app.freshness import unfiltered
    from datagen.export import ExportOptions
    from datagen.export import export as write
    from schemas.run import RunFolder
    from schemas.text import plain

    folder = RunFolder.open(run)
    if hint := unfiltered(folder):
        say(hint)
    with folder.writing():
        for done in write(folder, format, ExportOptions.checked(target=target, turns=turns)):
            if done.changed:
                states = done.manifest.notes["verification"]
                show_counts(f"Exported {done.format}", done.manifest.counts | states)
            else:
                say(f"Nothing to do for {done.format}: it was exported before, from the same pairs.")
            say(plain(str(done.path), limit=500))
