"""From an inflected English word to its base form: by exceptions, by listed verbs, then by cautious rules.

Inflection alone is undone ("riding" and "rides" are "ride", "dogs" is "dog"), not derivation: a stemmer such as
Porter's (1980) would also join "universe" and "university", which two options may tell apart.
"""

from functools import cache, lru_cache

from datagen.filters.english.data_files import load

_VOWELS = "aeiouy"


@cache
def _whole() -> frozenset[str]:
    return frozenset(load("inflection")["whole"].split())


@cache
def _plurals() -> dict[str, str]:
    return dict(load("inflection")["plurals"])


@cache
def verbs() -> frozenset[str]:
    """The listed verbs, in their base form."""
    return frozenset(load("inflection")["verbs"].split())


@cache
def _verb_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for verb in sorted(verbs()):
        for form in (third_person(verb), gerund(verb), _past(verb)):
            forms[form] = verb
    forms.update(load("inflection")["irregular"])
    return forms


def third_person(verb: str) -> str:
    """The -s form: "watch" → "watches", "carry" → "carries", "ride" → "rides"."""
    if verb == "have":
        return "has"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if _consonant_y(verb) else f"{verb}s"


def gerund(verb: str) -> str:
    """The -ing form: "ride" → "riding", "sit" → "sitting", "lie" → "lying"."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    return f"{_doubled(verb)}ing"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if _consonant_y(verb) else f"{_doubled(verb)}ed"


def _consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in "aeiou"


def _doubled(verb: str) -> str:
    """The verb with its last consonant doubled where it is: "sit", "stop", "begin", not "eat", "open", "row"."""
    short = len(verb) >= 3 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    one_syllable = sum(letter in "aeiou" for letter in verb) == 1 or verb in {"begin", "unzip"}
    return verb + verb[-1] if short and one_syllable else verb


@lru_cache(maxsize=2**14)
def singular(word: str) -> str:
    """The singular of a plural noun in lower case; any other word as it is."""
    if word in _plurals():
        return _plurals()[word]
    if word in _whole() or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-2]
    if word.endswith("men"):
        return f"{word[:-2]}an"
    return word[:-1]


@lru_cache(maxsize=2**14)
def base_form(word: str) -> str:
    """A word in lower case without its inflection: "riding", "rode" → "ride"; "dogs", "children" → "dog", "child".

    A word that no list knows loses a plural's -s, and -ing or -ed where a vowel and three letters are left.
    """
    if word in _plurals():
        return _plurals()[word]
    if word in _whole():
        return word
    if word in _verb_forms():
        return _verb_forms()[word]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and any(letter in _VOWELS for letter in stem):
            return _without(stem)
    return singular(word)


def _without(stem: str) -> str:
    """A base form of what is left before -ing or -ed."""
    if f"{stem}e" in verbs():
        return f"{stem}e"
    if stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    return stem
