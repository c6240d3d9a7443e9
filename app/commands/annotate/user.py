"""``leadproof annotate user``."""

from pathlib import Path
from typing import Annotated

import typer

from app.annotate.options import UrlOption
from app.options import JsonOption, RunOption

user = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode="rich", help="Who judges.")
EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="Their address.")]


@user.command("add")
def add(
    email: EmailArgument,
    run: RunOption,
    url: UrlOption = None,
    password_file: Annotated[
        Path | None, typer.Option(help="Whose first line is the password.", show_default="one is made and printed")
    ] = None,
) -> None:
    """Make an account that can log in, and have them judge from the next push on."""
    import sys

    from annotation.roster import address, join
    from annotation.settings import annotate_settings
    from annotation.studio import make_account, open_studio
    from app.annotate.passwords import new_password, read_password
    from app.console import say
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    with folder.writing():
        who = address(email)
        password = new_password() if password_file is None else read_password(password_file)

        def tell() -> None:
            if password_file is None:
                say(f"Password (shown once): {password}")
                sys.stdout.flush()

        with open_studio(folder.path, url) as studio:
            made = make_account(studio, who, password, on_making=tell)
        join(folder.path, who)
    if made:
        say(f"{who} can log in at {studio.url}")
    else:
        say(f"{who} has an account at {studio.url} already, with its own password, and judges from now on.")
    if who == annotate_settings(folder).owner.lower():
        say("As the run's owner they also make gold and settle what others disagree on.")


@user.command("list")
def list_(run: RunOption, json: JsonOption = False) -> None:
    """Who judges for this run."""
    from annotation.roster import read_roster
    from app.console import say, say_json
    from schemas.run import RunFolder

    found = read_roster(RunFolder.open(run).path)
    if json:
        say_json(found)
        return
    for one in found:
        say(one)
    if not found:
        say("Nobody yet: leadproof annotate user add EMAIL")


@user.command("remove")
def remove(email: EmailArgument, run: RunOption) -> None:
    """Deal no more pairs to somebody; what they judged stays, and so does their account."""
    from annotation.roster import address, leave
    from annotation.settings import annotate_settings
    from app.console import say
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    with folder.writing():
        leave(folder.path, address(email))
    say(f"{email} is dealt no more pairs.")
    say("What waits for them goes to others with the next `leadproof annotate push`.")
    if address(email) == annotate_settings(folder).owner.lower():
        say("As the run's owner they still make gold and settle what others disagree on.")
