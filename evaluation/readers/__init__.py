"""Readers: from a model's reply to the letter it commits to. Registered by name.

``official`` is the released benchmark's rule, ``strict`` reads as a careful person would and abstains
where the reply commits to no option. Third parties register under ``leadproof.readers``.
"""

from collections.abc import Callable, Mapping

from schemas.registry import Registry

# From a reply and the options (letter to text, in reading order) to a letter, None for unread.
Reader = Callable[[str, Mapping[str, str]], str | None]

READERS: Registry[Reader] = Registry(
    kind="reader",
    group="leadproof.readers",
    builtin={
        "official": "evaluation.readers.official:read",
        "strict": "evaluation.readers.strict:strict",
    },
)

__all__ = ["READERS", "Reader"]
