"""Plurals and articles of English nouns, by rule and by the exceptions in ``data/english.toml``.

Noun phrases inflect at their last word: "fire hydrant" → "fire hydrants"; before "of" where they have one:
"slice of pizza" → "slices of pizza".
"""

from functools import cache

from datagen.generators.rules.data_files import load

__all__ = ["article_for", "gerund_of", "is_mass", "is_pair", "plural_of"]

_VOWELS = "aeiou"


@cache
def _exceptions() -> tuple[dict[str, str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = load("english")
    articles = data["articles"]
    return (
        dict(data["plurals"]),
        frozenset(data["pairs"]["words"]),
        frozenset(data["mass"]["words"]),
        frozenset(articles["an"]),
        frozenset(articles["a"]),
    )


def is_mass(noun: str) -> bool:
    """Whether a noun phrase names stuff that is not counted: "luggage", "grated cheese"."""
    mass = _exceptions()[2]
    return noun in mass or noun.rpartition(" ")[2] in mass


def is_pair(noun: str) -> bool:
    """Whether a noun phrase is plural in form even for one thing: "scissors", "ski goggles"."""
    return noun.rpartition(" ")[2] in _exceptions()[1]


@cache
def plural_of(noun: str) -> str:
    """The plural of a singular noun phrase; what has no other plural comes back as it is.

    Args:
        noun: In the singular and lower case, as "man", "wine glass", "slice of pizza".
    """
    head, of, rest = noun.partition(" of ")
    if of:
        return f"{plural_of(head)}{of}{rest}"
    irregular, pairs, mass, _, _ = _exceptions()
    if noun in irregular:
        return irregular[noun]
    before, space, last = noun.rpartition(" ")
    if last in irregular:
        plural = irregular[last]
    elif noun in mass or noun in pairs or last in pairs or last in mass:
        plural = last
    elif last.endswith(("man", "woman")) and not last.endswith(("human", "german")):
        plural = f"{last[:-2]}en"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        plural = f"{last}es"
    elif last.endswith("y") and last[-2:-1] not in _VOWELS:
        plural = f"{last[:-1]}ies"
    else:
        plural = f"{last}s"
    return f"{before}{space}{plural}"


@cache
def article_for(noun: str) -> str:
    """Gives "a" or "an" for a singular phrase; empty for what takes none ("broccoli", "scissors")."""
    if is_pair(noun) or (is_mass(noun) and " of " not in noun):
        return ""
    *_, an, a = _exceptions()
    first = noun.split(" ", 1)[0].split("-", 1)[0]
    if first in an or noun.split(" ", 1)[0] in an:
        return "an"
    if first in a:
        return "a"
    return "an" if first[:1] in _VOWELS else "a"


@cache
def gerund_of(verb: str) -> str:
    """The -ing form of a verb's base form: "ride" → "riding", "cut" → "cutting"."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    if _doubles(verb):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


def _doubles(verb: str) -> bool:
    """Whether a short verb doubles its last consonant: "sit", "cut", "bat", not "eat", "play", "fix"."""
    if len(verb) < 3 or verb[-1] in "aeiouwxy" or verb[-2] not in _VOWELS or verb[-3] in _VOWELS:
        return False
    return sum(letter in _VOWELS for letter in verb) == 1
