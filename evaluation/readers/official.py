"""The released benchmark's reading rule, to compare with published figures. It misreads a good deal."""

from collections.abc import Mapping

LETTERS = "ABCD"
NONE = "E"


def official(reply: str) -> str:
    """The letter that the released rule finds in a reply, or ``E`` where it finds none.

    The reply is cut at its first full stop, commas become spaces, and the rest is split at single
    spaces; then A is taken if it is one of the words, else B, else C, else D. So "Not A, but B" is read
    as A, and "(B)" and "No. B" are not read at all.
    """
    words = reply.split(".", 1)[0].replace(",", " ").split(" ")
    return next((letter for letter in LETTERS if letter in words), NONE)


def read(reply: str, options: Mapping[str, str]) -> str | None:
    """The rule in the shape that all readers share: None where it finds no letter, options unused."""
    letter = official(reply)
    return None if letter == NONE else letter
