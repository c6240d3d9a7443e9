"""Passwords of annotators: made here, or read from a file; they are kept nowhere."""

import secrets
from pathlib import Path

from schemas.errors import BadConfig, UnreadableFile

LEAST = 8


def new_password() -> str:
    """One that nobody guesses."""
    return secrets.token_urlsafe(9)


def read_password(path: Path) -> str:
    """The first line of a file.

    Raises:
        UnreadableFile: It cannot be read.
        BadConfig: The line is too short.
    """
    try:
        with path.open(encoding="utf-8") as file:
            found = file.readline(1_000).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile("cannot be read as text", where=str(path), fix="Name a text file.") from error
    if len(found) < LEAST:
        fix = f"Label Studio wants {LEAST} characters at least."
        raise BadConfig("its first line is too short for a password", where=str(path), fix=fix)
    return found
