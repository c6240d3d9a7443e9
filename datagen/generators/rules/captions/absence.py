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
    there = {*named, *(boxes or ())}
    unseen = ("salient",) if boxes is None else ("salient", "plain")
    return tuple(
        thing.label
        for thing in contrast_sets().things.values()
        if thing.seen in unseen and thing.label not in there and thing.near.isdisjoint(there)
    )
