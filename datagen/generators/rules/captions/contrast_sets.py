"""Contrast sets: for each slot its values and which others are surely false when one is true.

In: the data files. Out: frozen tables, read once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from datagen.generators.rules.captions.activities import Activity, Key, read_activities
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load


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
    mounted: Mapping[str, frozenset[str]]  # of what: prepositions that say "on" of it


@cache
def contrast_sets() -> ContrastSets:
    """The tables, from the data files."""
    colors, textures, postures, relations = (load(name) for name in ("colors", "textures", "postures", "relations"))
    activities, said = read_activities()
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
        mounted={name: frozenset(split_words(words)) for name, words in relations["mounted"].items()},
    )


def _fits(on: str, groups: Mapping[str, str]) -> frozenset[str]:
    return frozenset(word for name in split_words(on) for word in split_words(groups.get(name, name)))
