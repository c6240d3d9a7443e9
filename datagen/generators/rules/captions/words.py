"""Lists of words in the data files."""

from functools import cache

from datagen.generators.rules.data_files import load


def split_words(text: str) -> list[str]:
    """The entries of a comma-separated list in a data file."""
    return [entry for entry in (part.strip() for part in text.replace("\n", " ").split(",")) if entry]


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of words that a rule of reading asks for, from ``grammar.toml``."""
    return frozenset(split_words(load("grammar")["sets"][name]))
