"""``leadproof annotate``: people verify pairs, in Label Studio."""

import typer

from app.cli import LazyCommands

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("plan", "plan", "Before"),
    ("serve", "serve", "Before"),
    ("user", "user", "Before"),
    ("guidelines", "guidelines", "Before"),
    ("gold", "gold", "Before"),
    ("doctor", "doctor", "Before"),
    ("push", "push", "Work"),
    ("pull", "pull", "Work"),
    ("report", "report", "Work"),
    ("verified", "verified", "Work"),
)


class AnnotateCommands(LazyCommands):
    """The commands below ``annotate``."""

    package = "app.commands.annotate"
    commands_known = COMMANDS


annotate = typer.Typer(
    cls=AnnotateCommands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Have people verify pairs, in Label Studio.",
)


@annotate.callback()
def _group() -> None:
    """Have people verify pairs, in Label Studio."""
