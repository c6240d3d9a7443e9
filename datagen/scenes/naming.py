"""Noun phrases that mean exactly one thing of a picture: "car", "large circle", "red sign"."""

from collections.abc import Iterator

from datagen.scenes.world import Thing, World

LARGER = 2.5  # how many times the area of the other "the large one" must have


def phrase(world: World, thing: Thing, *, without: str = "") -> str | None:
    """The shortest phrase that means this thing and nothing else in the picture.

    Args:
        world: The picture.
        thing: One of its things.
        without: ``color`` or ``texture``: what the phrase must not give away.

    Returns:
        The phrase without article, or None if there is none.
    """
    alike = [other for other in world.things if other.kind == thing.kind]
    if len(alike) == 1:
        return thing.kind
    return next((f"{word} {thing.kind}" for word in _marks(thing, alike, without)), None)


def _marks(thing: Thing, alike: list[Thing], without: str) -> Iterator[str]:
    """Adjectives that single a thing out of its kind."""
    colors = [other.color for other in alike]
    if without != "color" and thing.color and thing.texture == "plain" and colors.count(thing.color) == 1:
        yield thing.color
    if len(alike) == 2 and thing.form is None:
        other = alike[0] if alike[1] is thing else alike[1]
        if thing.box.area >= LARGER * other.box.area:
            yield "large"
        if other.box.area >= LARGER * thing.box.area:
            yield "small"
