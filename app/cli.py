"""The commands by name, and what an error looks like to a user."""

import errno
import io
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core
import typer.main

# Name, module below app.commands, panel of the help. The function bears the module's name.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("demo", "demo", "Start"),
    ("init", "init", "Start"),
    ("ingest", "ingest", "Make data"),
    ("import", "import_", "Make data"),
    ("scenes", "scenes", "Make data"),
    ("generate", "generate", "Make data"),
    ("filter", "filter_", "Make data"),
    ("select", "select", "Make data"),
    ("annotate", "annotate", "Make data"),
    ("export", "export", "Make data"),
    ("lint", "lint", "Measure"),
    ("audit", "audit", "Measure"),
    ("eval", "eval_", "Measure"),
    ("score", "score", "Measure"),
    ("compare", "compare", "Measure"),
    ("board", "board", "Measure"),
    ("status", "status", "Look"),
    ("trace", "trace", "Look"),
    ("gc", "gc", "Look"),
)


INTERRUPTED = 130
WHEN_INTERRUPTED = "interrupted; what was committed stays, repeat the command to go on."


class LazyCommands(typer.core.TyperGroup):
    """A group that imports a command's module when that command is asked for."""

    package = "app.commands"
    commands_known = COMMANDS

    def list_commands(self, ctx: Any) -> list[str]:
        """All commands, in the order of the chain."""
        return [name for name, _, _ in self.commands_known]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name."""
        for name, module, panel in self.commands_known:
            if name == cmd_name:
                return _command(self.package, name, module, panel)
        return None


def _command(package: str, name: str, module: str, panel: str) -> Any:
    function: Any = getattr(
        import_module(f"{package}.{module}"), module.rstrip("_") if module != "import_" else "import_pairs"
    )
    if isinstance(function, typer.Typer):  # a group of commands
        found: Any = typer.main.get_command(function)
        found.rich_help_panel = panel
    else:
        one = typer.Typer(add_completion=False, rich_markup_mode="rich")
        one.command(name, rich_help_panel=panel)(function)
        found = typer.main.get_command(one)
    found.name = name
    return found


app = typer.Typer(
    cls=LazyCommands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Make multimodal models leadproof: able to hold on to what they see when a question leads them astray.",
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"leadproof {version('leadproof')}")
        raise typer.Exit


@app.callback()
def main(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options before the command."""


def run(arguments: list[str] | None = None) -> None:
    """Run a command line; every error is one line on standard error and an exit code.

    Exit codes: 0 done, 1 the work failed or ``lint`` found faults, 2 usage or bad input, 130 interrupted.
    """
    given = sys.argv[1:] if arguments is None else arguments
    _mend_streams()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that workers are let go
    debug = "--debug" in given
    given = [one for one in given if one != "--debug"]
    if "" in given:  # as a path it would mean the folder one is in
        _say("an argument is empty. Give a value; if it came from a variable, that is not set.")
        sys.exit(2)
    try:
        code = app(args=given, standalone_mode=False, prog_name="leadproof")
        sys.stdout.flush()
        if code == INTERRUPTED:
            _say(WHEN_INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)
    except typer.TyperException as error:
        sys.exit(_usage(error))
    except (typer.Abort, KeyboardInterrupt):
        _say(WHEN_INTERRUPTED)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        if debug:
            raise
        sys.exit(_failed(error))


def _mend_streams() -> None:
    """Make output that is closed, or that knows few characters, take whatever is printed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _usage(error: typer.TyperException) -> int:
    from schemas.text import plain

    message = error.format_message() if isinstance(error, typer.BadParameter.__base__ or ()) else str(error)
    context = getattr(error, "ctx", None)
    hint = f" Try `{context.command_path} --help`." if context is not None else ""
    message = message.replace("Value error, ", "")
    if message:  # without one, the help was shown
        end = "" if message.endswith((".", "?", "!")) else "."
        _say(f"{plain(message, limit=500)}{end}{hint}")
    return 2


# What the system says of a path that cannot be used, rather than of work that failed.
_USERS_ERRNOS = {
    errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP,
    errno.EEXIST, errno.EROFS, errno.EINVAL,
}  # fmt: skip


def _failed(error: Exception) -> int:
    from schemas.errors import LeadproofError
    from schemas.text import plain

    if isinstance(error, LeadproofError):
        _say(f"{type(error).__name__}: {error}")
        return error.exit_code
    if isinstance(error, UnicodeError):
        _say("a text, name or path is not valid Unicode (half of a surrogate pair). Mend or rename it.")
        return 2
    if isinstance(error, RecursionError):
        _say("a file is nested too deeply. Flatten it.")
        return 2
    if isinstance(error, RuntimeError) and "Symlink loop" in str(error):  # so pathlib of Python 3.11 and 3.12
        _say(plain(f"{error}. Mend the link, or name what it should lead to.", limit=500))
        return 2
    if isinstance(error, OSError):
        place = f": {error.filename}" if error.filename is not None else ""
        fix = "Check the path, its rights and the space left."
        _say(plain(f"{error.strerror or error}{place}. {fix}", limit=500))
        return 2 if error.errno in _USERS_ERRNOS else 1
    _say(
        plain(
            f"a fault of leadproof itself: {type(error).__name__}: {error}. Please report it, with --debug.", limit=500
        )
    )
    return 1


def _say(line: str) -> None:
    sys.stderr.write(f"leadproof: {line}\n")
