"""The verbs the reader knows, in all their forms."""

from collections.abc import Iterator

from datagen.generators.rules.captions.terms import Form
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import gerund_of

_FORMS: tuple[Form, ...] = ("third", "gerund", "past", "past")


def verbs() -> Iterator[tuple[str, str, Form]]:
    """Every form of every verb: how it is written, the verb's base form, which form it is."""
    data = load("grammar")["verbs"]
    irregular: dict[str, list[str]] = data["irregular"]
    for verb, surfaces in irregular.items():
        yield from _forms(verb.replace("_", " "), surfaces, "")
    for verb in split_words(data["plain"]):
        first, space, rest = verb.partition(" ")
        yield from _forms(verb, irregular.get(first) or _regular(first), f"{space}{rest}")


def _forms(verb: str, surfaces: list[str], tail: str) -> Iterator[tuple[str, str, Form]]:
    for form, surface in zip(_FORMS, surfaces, strict=True):
        yield f"{surface}{tail}", verb, form
    yield verb, verb, "base"


def _regular(verb: str) -> list[str]:
    """Third person, gerund, past and participle by rule: "carry" → "carries", "carrying", "carried"."""
    gerund = gerund_of(verb)
    stem = gerund[:-3]
    past = f"{stem[:-1]}ied" if stem.endswith("y") and stem[-2:-1] not in "aeiou" else f"{stem}ed"
    return [_third(verb), gerund, past, past]


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb[-1:] == "y" and verb[-2:-1] not in "aeiou" else f"{verb}s"
