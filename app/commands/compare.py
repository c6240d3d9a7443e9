"""``leadproof compare``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from app.options import JsonOption

_SCORES = "A folder that `eval` wrote, or a file of `score --rows`."


def compare(
    first: Annotated[Path, typer.Argument(metavar="SCORES_A", help=f"Before. {_SCORES}", show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="SCORES_B", help=f"After. {_SCORES}", show_default=False)],
    scorer: Annotated[Literal["official", "strict"], typer.Option(help="Whose letters count.")] = "strict",
    json: JsonOption = False,
    seed: Annotated[int, typer.Option(min=0, help="Of permutations that are drawn.")] = 0,
) -> None:
    """What changed from one evaluation to another, and whether chance would do that."""
    from app.compare_view import show_comparison
    from app.console import say_json
    from evaluation.comparing import compare as compare_results
    from evaluation.results import read_result

    found = compare_results(read_result(first), read_result(second), scorer=scorer, seed=seed)
    if json:
        say_json(found.to_json())
    else:
        show_comparison(found)
