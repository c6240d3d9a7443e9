"""Readers of answers that are yes or no, which POPE and its like ask for in words."""

import re
from collections.abc import Mapping

from evaluation.readers.cleaning import clean
from evaluation.readers.official import NONE
from evaluation.readers.strict import strict

_FIRST = re.compile(r"\W*(yes|no)\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_TURNED = re.compile(r"\b(?:wait|actually|on second thought|correction|but (?:yes|no)|yes|no)\b", re.IGNORECASE)
_UNSURE = re.compile(r"\b(?:yes (?:and|or|/) ?no|yes/no|no (?:and|or) yes)\b", re.IGNORECASE)
_STATED = re.compile(
    r"\b(?:answer(?:\s+(?:to[^.?!]{0,60}))?(?:\s+is|\s+would be)?|i(?:'d| would)? say)\W{1,6}(yes|no)\b\W*(?=[.!\n]|$)",
    re.IGNORECASE,
)


def official_yes_no(reply: str, options: Mapping[str, str]) -> str:
    """The rule of POPE's released scorer: the first sentence, without commas, is "no" if No, no or not is a word of it.

    Everything else, nonsense and silence too, is "yes" (RUCAIBox/POPE, evaluate.py).

    Returns:
        The letter of that option; ``E`` where there is no such option.
    """
    words = reply.split(".", 1)[0].replace(",", "").split(" ")
    said = "no" if {"No", "no", "not"} & set(words) else "yes"
    return next((letter for letter, text in options.items() if text.casefold() == said), NONE)


def strict_yes_no(reply: str, options: Mapping[str, str]) -> str | None:
    """The option that a reply commits to: as its first or its stated word, or as ``strict`` finds it; else None."""
    cleaned = clean(reply)
    said = set()
    if not cleaned.unfinished and not _UNSURE.search(cleaned.text):
        first = _FIRST.match(cleaned.text)
        if first is not None and not _TURNED.search(first["rest"]):
            said.add(first[1].casefold())
        said |= {found.casefold() for found in _STATED.findall(cleaned.text)}
    if not said:
        return strict(reply, options)
    if len(said) > 1:
        return None
    (word,) = said
    return next((letter for letter, text in options.items() if text.casefold() == word), None)
