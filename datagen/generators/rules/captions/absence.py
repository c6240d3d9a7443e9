"""Which COCO classes are surely not in a picture."""

from collections.abc import Collection

from datagen.generators.rules.captions.contrast_sets import contrast_sets


def absent_safe(named: Collection[str], boxes: Collection[str] | None) -> tuple[str, ...]:
    """COCO classes that may be claimed absent, in the classes' own order.

    Args:
        named: Classes that captions name; without boxes, those that their scene makes likely too
            (``reading.named | reading.implied``).
        boxes: Labels boxed in the image, or None where the image has no boxes at all: then only classes so
            large and out of the ordinary that five captioners would have named one.
    """
    things = contrast_sets().things.values()
    if boxes is None:
        return tuple(
            thing.label
            for thing in things
            if thing.seen == "salient" and thing.label not in named and thing.near.isdisjoint(named)
        )
    there = {*named, *boxes}
    return tuple(thing.label for thing in things if thing.seen != "overlooked" and thing.label not in there)
