"""Contrast sets: for each slot its values and which others are surely false when one is true.

In: the data files. Out: frozen tables, read once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from datagen.generators.rules.captions.lexicon import concepts, labels, lexicon, split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import article_for, plural_of

Key = tuple[str, str, str, str, str]  # verb, link, concept, link, concept


@dataclass(frozen=True)
class Thing:
    """A COCO object class; see ``objects.toml``."""

    label: str
    group: str
    seen: str
    near: frozenset[str]


@dataclass(frozen=True)
class Color:
    """A colour: others that one person would call it, and whether captioners disagree on it."""

    name: str
    confusable: frozenset[str]
    doubtful: bool


@dataclass(frozen=True)
class Texture:
    """A material or a pattern, and the kinds and nouns it can be said of."""

    name: str
    family: str
    confusable: frozenset[str]
    fits: frozenset[str]


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class ContrastSets:
    """All tables."""

    things: Mapping[str, Thing]
    colors: Mapping[str, Color]
    palettes: Mapping[str, tuple[str, ...]]
    color_kinds: Mapping[str, str]  # kind of noun: palette
    never_colored: frozenset[str]
    textures: Mapping[str, Texture]
    postures: Mapping[str, str]  # verb: posture
    false_postures: Mapping[str, Mapping[str, tuple[str, ...]]]  # kind of being: posture: others
    posture_kinds: Mapping[str, str]  # kind of noun: kind of being
    activities: tuple[Activity, ...]
    said: Mapping[Key, tuple[Activity, ...]]
    relations: Mapping[str, str]  # preposition: relation
    like_relations: Mapping[str, frozenset[str]]
    false_relations: Mapping[str, tuple[str, ...]]
    relation_fits: Mapping[str, frozenset[str]]


@cache
def contrast_sets() -> ContrastSets:
    """The tables, from the data files."""
    colors, textures, postures, relations = (load(name) for name in ("colors", "textures", "postures", "relations"))
    entries = [*load("activities")["activity"], *_holding()]
    activities = tuple(_activity(entry) for entry in entries)
    said: dict[Key, tuple[Activity, ...]] = {}
    for activity, entry in zip(activities, entries, strict=True):
        for pattern in entry["said"]:
            for key in _keys(pattern):
                said[key] = (*said.get(key, ()), activity)
    return ContrastSets(
        things={
            label: Thing(label, entry["group"], entry["seen"], frozenset(entry["near"]))
            for label, entry in load("objects").items()
        },
        colors={
            name: Color(name, frozenset(entry["confusable"]), entry.get("doubtful", False))
            for name, entry in colors["color"].items()
        },
        palettes={name: tuple(values) for name, values in colors["palettes"].items()},
        color_kinds={kind: palette for palette, kinds in colors["kinds"].items() for kind in kinds},
        never_colored=frozenset(split_words(colors["never"]["words"])),
        textures={
            name: Texture(name, family, frozenset(entry["confusable"]), _fits(entry["on"], textures["groups"]))
            for family in ("material", "pattern")
            for name, entry in textures[family].items()
        },
        postures={verb: name for name, verbs in postures["words"].items() for verb in split_words(verbs)},
        false_postures={
            being: {name: tuple(others) for name, others in table.items()} for being, table in postures["false"].items()
        },
        posture_kinds={kind: being for being, kinds in postures["kinds"].items() for kind in kinds},
        activities=activities,
        said=said,
        relations={word: name for name, entry in relations["relation"].items() for word in split_words(entry["words"])},
        like_relations={name: frozenset(entry.get("like", [])) for name, entry in relations["relation"].items()},
        false_relations={name: tuple(entry["false"]) for name, entry in relations["relation"].items()},
        relation_fits={name: frozenset(split_words(words)) for name, words in relations["fits"].items()},
    )


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


def _fits(on: str, groups: Mapping[str, str]) -> frozenset[str]:
    return frozenset(word for name in split_words(on) for word in split_words(groups.get(name, name)))


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
