"""What living things do, and the ways captions say it; see ``activities.toml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from datagen.generators.rules.captions.lexicon import lexicon
from datagen.generators.rules.captions.nouns import concepts, labels
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import article_for, plural_of

Key = tuple[str, str, str, str, str]  # verb, link, concept, link, concept


@dataclass(frozen=True, eq=False)  # each is itself: compared and hashed by identity
class Activity:
    """Something people or animals do; see ``activities.toml``."""

    value: str
    many: str
    needs: frozenset[str]
    words: frozenset[str]
    like: frozenset[str]
    who: frozenset[str]
    loud: bool
    setting: str


def read_activities() -> tuple[tuple[Activity, ...], dict[Key, tuple[Activity, ...]]]:
    """All activities in the data's order, and by the key of each pattern those that it tells of."""
    entries = [*load("activities")["activity"], *_holding()]
    activities = tuple(_activity(entry) for entry in entries)
    said: dict[Key, tuple[Activity, ...]] = {}
    for activity, entry in zip(activities, entries, strict=True):
        for pattern in entry["said"]:
            for key in _keys(pattern):
                said[key] = (*said.get(key, ()), activity)
    return activities, said


def _holding() -> Iterator[dict[str, object]]:
    """Entries for "holding a …", one a noun."""
    table, named = load("activities")["holding"], labels()
    for noun in split_words(table["nouns"]):
        verbs = "/".join(split_words(table["verbs"]))
        label, spoken = named.get(noun, ""), {"cell phone": "phone"}.get(noun, noun)
        value = " ".join(word for word in ("holding", article_for(spoken), spoken) if word)
        yield {
            "value": value,
            "many": f"holding {plural_of(spoken)}",
            "said": [f"{verbs} {noun}", f"{verbs} up {noun}"],
            "needs": [label] if label else [],
            "who": "person",
            "loud": False,
        }


def _activity(entry: Mapping[str, object]) -> Activity:
    def text(key: str, otherwise: str = "") -> str:
        return str(entry.get(key, otherwise))

    def texts(key: str) -> frozenset[str]:
        listed = entry.get(key, [])
        return frozenset(str(one) for one in listed) if isinstance(listed, list) else frozenset()

    return Activity(
        value=text("value"),
        many=text("many", text("value")),
        needs=texts("needs"),
        words=texts("words"),
        like=texts("like"),
        who=frozenset(split_words(text("who"))),
        loud=bool(entry.get("loud", True)),
        setting=text("setting"),
    )


def _keys(pattern: str) -> list[Key]:
    """The keys of one pattern of ``activities.toml``: "ride/drive (on) motorcycle"."""
    parts: list[list[str]] = []
    for word in _joined(pattern.split(" ")):
        if word.startswith("("):
            parts.append(["", word.strip("()")])
        else:
            parts.append(word.split("/"))
    keys = []
    for choice in product(*parts):
        verb, *rest = (word for word in choice if word)
        keys.append(_key(verb, rest))
    return keys


def _joined(words: list[str]) -> list[str]:
    """The words of a pattern with phrases of the dictionary as one: "tennis racket", "on top of"."""
    terms, found, place = lexicon().terms, list[str](), 0
    while place < len(words):
        for length in range(min(4, len(words) - place), 1, -1):
            phrase = " ".join(words[place : place + length])
            term = terms.get(phrase)
            if term is not None and place and (term.noun or term.tag == "preposition"):
                found.append(phrase)
                place += length
                break
        else:
            found.append(words[place])
            place += 1
    return found


def _key(verb: str, rest: list[str]) -> Key:
    terms, named = lexicon().terms, {**concepts(), **labels()}
    slots = ["", "", "", ""]
    place = 0
    for word in rest:
        term = terms.get(word)
        if term is not None and term.tag in ("preposition", "adverb"):
            place = 2 if slots[1] else 0
            slots[place] = f"{slots[place]} {word}".strip()
        else:
            noun = term.noun.lemma if term and term.noun else word
            slots[3 if slots[1] else 1] = named.get(noun, noun)
    return verb, slots[0], slots[1], slots[2], slots[3]
