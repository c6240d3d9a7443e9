"""Which COCO classes are surely not in a picture."""

from collections.abc import Collection

from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.reading import CaptionReading
from datagen.generators.rules.captions.whereabouts import is_outdoors
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load


def absent_safe(named: Collection[str], boxes: Collection[str] | None) -> tuple[str, ...]:
    """COCO classes that may be claimed absent, in the classes' own order.

    Args:
        named: Classes that captions name; without boxes, those that their scene makes likely too
            (``reading.named | reading.implied``).
        boxes: Labels boxed in the image, or None where the image has no boxes at all: then only classes so
            large and out of the ordinary that five captioners would have named one.
    """
    there = {*named, *(boxes or ())}
    unseen = ("salient",) if boxes is None else ("salient", "plain")
    return tuple(
        thing.label
        for thing in contrast_sets().things.values()
        if thing.seen in unseen and thing.label not in there and thing.near.isdisjoint(there)
    )


def far_away(reading: CaptionReading) -> tuple[str, ...]:
    """Large things of a house, where captions tell of a place out of doors and name nothing like them."""
    if not any(
        fact.subject == "place" and is_outdoors(fact.value) for fact in reading.facts if fact.slot == "identity"
    ):
        return ()
    there, things = reading.named | reading.implied, contrast_sets().things
    house = split_words(load("scenes")["house"]["things"])
    return tuple(label for label in house if label not in there and things[label].near.isdisjoint(there))
