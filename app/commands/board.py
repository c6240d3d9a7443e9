"""``leadproof board``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from app.options import JsonOption


def board(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Run folders, or what `leadproof eval` wrote in them.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where board.md, .csv and .html go.")] = Path("board"),
    published: Annotated[
        bool, typer.Option("--published/--no-published", help="List MMR's published figures too.")
    ] = True,
    scorer: Annotated[
        Literal["official", "strict"],
        typer.Option(help="Whose letters count. Beside published figures it is official always."),
    ] = "strict",
    json: JsonOption = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals.")] = 0,
) -> None:
    """Evaluations side by side, with the published figures of MMR, as a page, Markdown and CSV."""
    from app.board_view import show_board
    from app.console import say_json
    from evaluation.board import build_board
    from evaluation.board.writing import gather, write_board

    made = build_board(gather(folders), with_published=published, scorer=scorer, seed=seed)
    files = write_board(made, out)
    if json:
        say_json({**made.to_json(), "files": [str(path) for path in files]})
        return
    show_board(made, files)
