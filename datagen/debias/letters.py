"""Letters: where one is right too often, some questions are lettered anew until all are right equally often.

Text is left as it is: two options of a question change places.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.leaks import Asked
from evaluation.leaks.options import flat
from evaluation.leaks.rates import blind_rate
from evaluation.leaks.strategies import letter
from schemas.identity import seeded
from schemas.pair import LETTERS

Order = tuple[int, ...]


@dataclass(frozen=True)
class Lettered:
    """New places of options of one half: ``moved[i]`` says which option, as lettered before, each letter now shows."""

    moved: dict[str, Order]
    letters: tuple[str, ...]  # that gave something away


def balance_letters(ids: Sequence[str], asked: Sequence[Asked], *, seed: int) -> Lettered:
    """Letter the fewest questions of one half anew, where a constant letter is off chance; else none.

    Questions of as many options in one category are balanced among themselves.

    Args:
        ids: Of the pairs.
        asked: Their questions, in step.
        seed: Chooses which questions of an over-full letter change.
    """
    leaking = tuple(name for name in LETTERS if asked and _gives_away(asked, name))
    if not leaking:
        return Lettered({}, ())
    strata: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, one in enumerate(asked):
        strata[one.category, len(one.options)].append(place)
    moved: dict[str, Order] = {}
    for (category, many), places in sorted(strata.items()):
        held = Counter(asked[place].right for place in places)
        wanted = _shares(len(places), many, held, seeded(seed, "letters", category, str(many)))
        short = [at for at in range(many) for _ in range(max(0, wanted[at] - held[at]))]
        short.sort(key=lambda at: seeded(seed, "short", category, str(at)))
        spare = {at: max(0, held[at] - wanted[at]) for at in range(many)}
        for place in sorted(places, key=lambda one: seeded(seed, "letter", ids[one])):
            right = asked[place].right
            if spare[right] and short:
                spare[right] -= 1
                moved[ids[place]] = _swapped(many, right, short.pop())
    return Lettered(moved, leaking)


def _gives_away(asked: Sequence[Asked], name: str) -> bool:
    if LETTERS.index(name) >= max(len(one.options) for one in asked):
        return False
    options = flat(asked)
    credit = options.credit(letter(asked, name))
    rate = blind_rate(name, [one.image for one in asked], credit, 1 / options.sizes)
    return rate.above or rate.below


def _shares(total: int, many: int, held: Counter[int], seed: int) -> list[int]:
    """How often each letter is to be right: equally, what is left over to those that have most."""
    order = sorted(range(many), key=lambda at: (-held[at], seeded(seed, str(at))))
    wanted = [total // many] * many
    for at in order[: total % many]:
        wanted[at] += 1
    return wanted


def _swapped(many: int, one: int, other: int) -> Order:
    order = list(range(many))
    order[one], order[other] = other, one
    return tuple(order)
