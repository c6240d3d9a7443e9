"""Pairs for the tests of leaks: colours at random, and a leak where it is asked for."""

import random
from collections.abc import Callable

from schemas import Option, Pair, Provenance, Question

COLORS = ("red", "blue", "green", "black", "white", "pink", "gray", "brown")
THINGS = ("car", "hat", "door", "cup", "sofa", "bird")
Wrote = Callable[[str, bool, random.Random], str]  # from a colour, whether it is right, and chance


def plainly(color: str, right: bool, chance: random.Random) -> str:
    return f"It is {color}."


def question(text: str, options: list[str], image: str, chance: random.Random, *, shuffle: bool = True) -> Question:
    """A question whose first option is right, lettered at random or as given."""
    order = list(range(len(options)))
    if shuffle:
        chance.shuffle(order)
    return Question(
        text=text, image=image, options=tuple(Option(text=one) for one in options), answer=0, order=tuple(order)
    )


def pairs(
    number: int,
    *,
    seed: int = 0,
    per_image: int = 3,
    wrote: Wrote = plainly,
    shuffle: bool = True,
    options: int = 4,
) -> list[Pair]:
    """So many pairs about colours, three an image, a quarter of them with a true premise."""
    chance = random.Random(seed)
    found = []
    for place in range(number):
        image = f"path:{place // per_image}.jpg"
        colors = chance.sample(COLORS, options)
        premise = colors[0] if chance.random() < 1 / options else colors[1]
        thing = THINGS[place % per_image]
        texts = [wrote(color, at == 0, chance) for at, color in enumerate(colors)]
        found.append(
            Pair(
                kind="true-premise" if premise == colors[0] else "false-premise",
                category=f"attribute/{'shape' if place % 2 else 'number'}",
                positive=question(f"What color is the {thing}?", texts, image, chance, shuffle=shuffle),
                negative=question(f"Why is the {thing} {premise}?", texts, image, chance, shuffle=shuffle),
                provenance=Provenance(generator="test"),
            )
        )
    return found
