"""``leadproof annotate plan``."""

from datetime import datetime
from typing import Annotated

import typer

from app.options import JsonOption, RunOption


def plan(
    run: RunOption,
    want: Annotated[int, typer.Option(help="Verified pairs in all, the benchmark's among them.")],
    benchmark: Annotated[int, typer.Option(help="Of these for the benchmark split.")] = 0,
    annotators: Annotated[int | None, typer.Option(help="How many judge.", show_default="those added so far")] = None,
    start: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day.", show_default="today")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Say how many pairs, judgements and hours it takes, and when it ends; `push --until-plan` keeps to it."""
    from annotation.planning import Wanted
    from annotation.roster import read_roster
    from app.annotate.plan_view import show_plan
    from app.annotate.planned import make_plan
    from app.console import say_json
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    people = annotators if annotators is not None else len(read_roster(folder.path)) or 1
    wanted = Wanted(total=want, benchmark=benchmark, annotators=people)
    with folder.writing():
        made = make_plan(folder, wanted, (start or datetime.now()).date())
    if json:
        say_json(made.model_dump(mode="json"))
    else:
        show_plan(made)
