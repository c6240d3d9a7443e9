"""False values for a fact: of each slot's values those that are surely not true there."""

from collections.abc import Collection

from datagen.generators.rules.captions.activities import Activity
from datagen.generators.rules.captions.contrast_sets import ContrastSets, contrast_sets
from datagen.generators.rules.captions.lexicon import lexicon
from datagen.generators.rules.captions.sorts import false_of_sort
from datagen.generators.rules.captions.terms import Noun
from datagen.generators.rules.captions.tokens import words_of
from datagen.generators.rules.captions.whereabouts import false_places
from schemas.fact import Fact

FEWEST = 3


def alternatives(fact: Fact, *, taken: Collection[str], boxes: Collection[str]) -> tuple[str, ...]:
    """All values that are surely false where a fact is true, in a fixed order, the likeliest first.

    Args:
        fact: A fact of the slots color, texture, posture, activity or relation, or an identity that captions tell.
        taken: What the captions name (:attr:`CaptionReading.named`) and all their words
            (:attr:`CaptionReading.words`): nothing that they make thinkable is offered.
        boxes: Labels of the boxes; empty where there are none.

    Returns:
        Nothing for other slots, or for a value in no contrast set.
    """
    sets = contrast_sets()
    found: tuple[str, ...] = ()
    if fact.slot == "color":
        found = _colors(fact, sets)
    elif fact.slot == "texture":
        found = _textures(fact, sets)
    elif fact.slot == "posture":
        found = sets.false_postures.get(being_of(fact.subject), {}).get(fact.value, ())
    elif fact.slot == "activity":
        found = _activities(fact, {*taken, *boxes, *words_of(fact.evidence)}, sets)
    elif fact.slot == "relation":
        found = _relations(fact, sets)
    elif fact.slot == "identity" and fact.source == "caption":
        found = false_places(fact.value, taken) or false_of_sort(fact.subject, fact.value, taken)
    return found


def being_of(subject: str) -> str:
    """What kind of living thing a subject is, as ``postures.toml`` has it: "person", "bird", "animal"; or empty."""
    noun = _noun(subject)
    return contrast_sets().posture_kinds.get(noun.kind, "") if noun else ""


def palette_of(noun: Noun) -> tuple[str, ...]:
    """The colours that a noun may plausibly be asked about; empty where none."""
    sets = contrast_sets()
    if noun.lemma in sets.never_colored or noun.concept in sets.never_colored:
        return ()
    if noun.concept == "flower" and noun.kind == "plant.one":
        return sets.palettes["flower"]
    return sets.palettes.get(sets.color_kinds.get(noun.kind, ""), ())


def fits_texture(noun: Noun, name: str) -> bool:
    """Whether a material or a pattern can be said of a noun."""
    fits = contrast_sets().textures[name].fits
    last = noun.lemma.rpartition(" ")[2]
    return not fits.isdisjoint({noun.lemma, last, noun.label, noun.kind, noun.kind.partition(".")[0]})


def _noun(subject: str) -> Noun | None:
    terms = lexicon().terms
    term = terms.get(subject) or terms.get(subject.rpartition(" ")[2])
    return term.noun if term else None


def _colors(fact: Fact, sets: ContrastSets) -> tuple[str, ...]:
    noun, color = _noun(fact.subject), sets.colors.get(fact.value)
    if noun is None or color is None:
        return ()
    return tuple(
        name
        for name in palette_of(noun)
        if name != color.name and name not in color.confusable and color.name not in sets.colors[name].confusable
    )


def _textures(fact: Fact, sets: ContrastSets) -> tuple[str, ...]:
    noun, true = _noun(fact.subject), sets.textures.get(fact.value)
    if noun is None or true is None:
        return ()
    return tuple(
        texture.name
        for texture in sets.textures.values()
        if texture.family == true.family
        and texture.name != true.name
        and texture.name not in true.confusable
        and true.name not in texture.confusable
        and fits_texture(noun, texture.name)
    )


def _relations(fact: Fact, sets: ContrastSets) -> tuple[str, ...]:
    other = _noun(fact.other or "")
    holds = other is not None and fits_relation(other, "inside")
    return tuple(value for value in sets.false_relations.get(fact.value, ()) if value != "inside" or holds)


def fits_relation(other: Noun, name: str) -> bool:
    """Whether one can be in a relation to a noun: "inside" a box."""
    group = other.kind.partition(".")[0]
    return not contrast_sets().relation_fits[name].isdisjoint({other.lemma, other.label, other.kind, group})


_PETS = frozenset({"cat", "dog"})
_GRAZERS = frozenset({"horse", "cow", "sheep", "zebra", "giraffe", "elephant", "goat", "donkey", "deer"})


def kin_of(noun: Noun) -> str:
    """Whose activities a living thing shares: "person", "pet", "bird", "grazer", "wild"; or empty."""
    if noun.kind.startswith("person"):
        return "person"
    if noun.label == "bird" or noun.kind == "animal.bird":
        return "bird"
    name = noun.label or noun.concept
    if name in _PETS or name in _GRAZERS:
        return "pet" if name in _PETS else "grazer"
    return {"animal.pet": "pet", "animal.farm": "grazer", "animal.wild": "wild"}.get(noun.kind, "")


def _activities(fact: Fact, there: set[str], sets: ContrastSets) -> tuple[str, ...]:
    noun = _noun(fact.subject)
    if noun is None:
        return ()
    kin = kin_of(noun)
    true = next((one for one in sets.activities if kin in one.who and fact.value in (one.value, one.many)), None)
    if true is None:
        return ()
    fitting = [one for one in sets.activities if kin in one.who and one.loud and _is_false(one, true, there)]
    near = [one for one in fitting if one.setting == true.setting]
    far = [one for one in fitting if one.setting != true.setting]
    several = fact.plural and fact.value == true.many
    values = [one.many if several else one.value for one in (*near, *far)]
    return tuple(value for value in dict.fromkeys(values) if value != fact.value)


def _is_false(one: Activity, true: Activity, there: set[str]) -> bool:
    if one.value == true.value or one.value in true.like or true.value in one.like:
        return False
    return there.isdisjoint(one.needs) and there.isdisjoint(one.words) and one.needs.isdisjoint(true.needs)


__all__ = ["alternatives", "being_of", "fits_texture", "palette_of"]
