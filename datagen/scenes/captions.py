"""Five captions of a world, as five people might write them: true, plain and never complete."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from random import Random

from datagen.scenes.geometry import Side, quadrant, side
from datagen.scenes.grammar import article, counted, listed, sentence
from datagen.scenes.naming import phrase
from datagen.scenes.vocabulary import FLAG, NOT_ITS_COLOR, PERSON, plural
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
    writers = (_everything, _related, _placed, _beside, _counting, _kinds, *(_everything,) * CAPTIONS)
    for writer in writers:
        text = next((text for text in writer(world, rng) if text not in found), None)
        if text is not None and len(found) < CAPTIONS:
            found.append(text)
    return found


def _described(thing: Thing) -> str:
    """A noun phrase with what strikes one first: colour or pattern, and writing; no article."""
    if thing.kind == PERSON:
        return f"{thing.kind} {thing.posture or thing.activity}"
    mark = thing.color if thing.texture == "plain" and thing.kind not in NOT_ITS_COLOR else thing.texture
    words = (thing.emotion, None if mark == "plain" else mark, thing.kind)
    said = f' that says "{thing.text}"' if thing.form is not None else ""
    return " ".join(word for word in words if word) + said


def _introduced(thing: Thing, number: int = 1) -> str:
    """The phrase with its article or number; what has a name is called by it."""
    if thing.kind == FLAG:
        return f"the {thing.identity}"
    return counted(number, _described(thing))


def _units(world: World) -> list[tuple[Thing, int]]:
    """How many things there are that are described alike, and one of them."""
    numbers = Counter(_described(thing) for thing in world.things)
    first = {_described(thing): thing for thing in reversed(world.things)}
    return [(first[key], numbers[key]) for key in numbers]


def _everything(world: World, rng: Random) -> Iterator[str]:
    """All there is, in some order."""
    frames = ("{} on a light background", "a drawing of {}", "a picture with {}", "an illustration of {}", "{}")
    for frame in rng.sample(frames, len(frames)):
        units = _units(world)
        yield sentence(frame.format(listed([_introduced(*unit) for unit in rng.sample(units, len(units))])))


def _related(world: World, _rng: Random) -> Iterator[str]:
    """What is on, under, inside or next to what."""
    for thing in world.things:
        for other in world.things:
            if thing.relation is not None and other.kind == thing.other:
                yield sentence(f"{_introduced(thing)} {thing.relation} {_introduced(other)}")


def _counting(world: World, rng: Random) -> Iterator[str]:
    """What is there more than once, and something else."""
    units = _units(world)
    many = [unit for unit in units if unit[1] > 1]
    few = [unit for unit in units if unit[1] == 1]
    told = [*many, *rng.sample(few, min(2 - bool(many), len(few)))]
    verb = "are" if told[0][1] > 1 else "is"
    yield sentence(f"there {verb} {listed([_introduced(*unit) for unit in told])}")


def _kinds(world: World, rng: Random) -> Iterator[str]:
    """Nothing but what kinds of things there are."""
    numbers = Counter(thing.kind for thing in world.things)
    names = [plural(kind) if number > 1 else article(kind) for kind, number in numbers.items()]
    yield sentence(f"{rng.choice(('a simple picture of', 'flat drawings of'))} {listed(names)}")


def _placed(world: World, rng: Random) -> Iterator[str]:
    """Where two things are in the picture."""
    told = [
        f"{_named(name, thing)} in the {where}"
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
            yield sentence(f"{_named(name, thing)} {_SIDES[where]} {_named(beside, other)}")


def _named(name: str, thing: Thing) -> str:
    """A name that means one thing, with an article, and more words if the name is the kind alone."""
    return _introduced(thing).split(" that says")[0] if name == thing.kind else article(name)
