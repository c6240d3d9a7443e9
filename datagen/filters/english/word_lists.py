"""Short lists of words, by the module and the name they are used under."""

from datagen.data_files import load


def listed(package: str, part: str, name: str) -> frozenset[str]:
    """The words of a list in ``data/words.toml`` of a package.

    Raises:
        KeyError: There is no such list.
    """
    return frozenset(load(package, "words")[part][name].split())
