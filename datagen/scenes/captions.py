"""Five captions of a world, as five people might write them: true, plain and never complete."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from random import Random

from datagen.scenes.geometry import Side, quadrant, side
from datagen.scenes.grammar import article, counted, listed, sentence
from datagen.scenes.naming import phrase
from datagen.scenes.vocabulary import plural
from datagen.scenes.world import Thing, World
from schemas.identity import seeded

CAPTIONS = 5
_SIDES: dict[Side, str] = {
    "left of": "to the left of", "right of": "to the right of", "above": "above", "below": "below",
}  # fmt: skip
Writer = Callable[[World, Random], Iterator[str]]


def captions(world: World) -> list[str]:
    """Five different captions, the same at every call."""
    rng = Random(seeded(world.seed, "captions", str(world.index)))
    found: list[str] = []
    for writer in (_everything, _placed, _beside, _counting, _kinds, *(_everything,) * CAPTIONS):
        text = next((text for text in writer(world, rng) if text not in found), None)
        if text is not None and len(found) < CAPTIONS:
            found.append(text)
    return found


def described(thing: Thing) -> str:
    """A noun phrase with what strikes one first: colour or pattern, and writing."""
    mark = thing.color if thing.texture == "plain" else thing.texture
    said = f' that says "{thing.text}"' if thing.text is not None else ""
    return f"{mark} {thing.kind}{said}"


def _units(world: World) -> list[tuple[int, Thing]]:
    """How many things there are that are described alike, and one of them."""
    numbers = Counter(described(thing) for thing in world.things)
    first = {described(thing): thing for thing in reversed(world.things)}
    return [(numbers[key], first[key]) for key in numbers]


def _everything(world: World, rng: Random) -> Iterator[str]:
    """All there is, in some order."""
    frames = ("{} on a light background", "a drawing of {}", "a picture with {}", "an illustration of {}", "{}")
    for frame in rng.sample(frames, len(frames)):
        units = _units(world)
        names = [counted(number, described(thing)) for number, thing in rng.sample(units, len(units))]
        yield sentence(frame.format(listed(names)))


def _counting(world: World, rng: Random) -> Iterator[str]:
    """What is there more than once, and something else."""
    units = _units(world)
    many = [unit for unit in units if unit[0] > 1]
    few = [unit for unit in units if unit[0] == 1]
    told = [*many, *rng.sample(few, min(1, len(few)))]
    verb = "are" if told[0][0] > 1 else "is"
    yield sentence(f"there {verb} {listed([counted(number, described(thing)) for number, thing in told])}")


def _kinds(world: World, rng: Random) -> Iterator[str]:
    """Nothing but what kinds of things there are."""
    numbers = Counter(thing.kind for thing in world.things)
    names = [plural(kind) if number > 1 else article(kind) for kind, number in numbers.items()]
    yield sentence(f"{rng.choice(('a simple picture of', 'flat drawings of'))} {listed(names)}")


def _placed(world: World, rng: Random) -> Iterator[str]:
    """Where two things are in the picture."""
    told = [
        f"{_colored(name, thing)} in the {where}"
        for thing in world.things
        if (name := phrase(world, thing)) is not None and (where := quadrant(thing.box)) is not None
    ]
    for some in (2, 1):
        if len(told) >= some:
            yield sentence(listed(rng.sample(told, some)))


def _beside(world: World, rng: Random) -> Iterator[str]:
    """Two things and how they stand to each other."""
    named = [(thing, name) for thing in world.things if (name := phrase(world, thing)) is not None]
    pairs = list(combinations(named, 2))
    for (thing, name), (other, beside) in rng.sample(pairs, len(pairs)):
        where = side(thing.box, other.box)
        if where is not None:
            yield sentence(f"{_colored(name, thing)} {_SIDES[where]} {_colored(beside, other)}")


def _colored(name: str, thing: Thing) -> str:
    """A name with an article, and the colour if it can do with one more word."""
    return article(described(thing).split(" that ")[0] if name == thing.kind else name)
