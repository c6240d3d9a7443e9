"""What the first answer attended to is the image of the second: a soft mask from attention.

After the visual attention refinement of the later version of arXiv 2406.10638 (MMVU, section 5): the attention from
answer to image masks the image softly. The control has the same weights in random places, so that what the mask
does is told apart from what any mask of that mass does.
"""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from evaluation.strategies.contract import Answered, Asking, Strategy
from mllm import Chain, Probe, Request, Veil
from schemas.identity import seeded

LEAST = 0.3  # what the least attended patch keeps of itself
FIRST_TOKENS = 16  # of the first answer: its beginning says what it looks at
Grid = Sequence[Sequence[float]]


def veil_of(grid: Grid) -> Veil:
    """A soft mask from attention: the most attended patch stays as it is, one without any keeps :data:`LEAST`."""
    top = max((one for row in grid for one in row), default=0.0)
    if top <= 0:
        return Veil(tuple(tuple(1.0 for _ in row) for row in grid))
    return Veil(tuple(tuple(round(LEAST + (1 - LEAST) * one / top, 4) for one in row) for row in grid))


def shuffled(grid: Grid, seed: int) -> Grid:
    """The same weights in other places."""
    flat = [one for row in grid for one in row]
    random.Random(seed).shuffle(flat)
    taken = iter(flat)
    return [[next(taken) for _ in row] for row in grid]


def _asking_with(mask: Callable[[Asking, Grid], Grid]) -> Callable[[Asking], Chain[Answered]]:
    def ask(asking: Asking) -> Chain[Answered]:
        turn = asking.shown(asking.question)
        first = Request(
            asking.about, "attention", (turn,),
            max_tokens=min(FIRST_TOKENS, asking.max_tokens), seed=asking.seed, probe=Probe(attention=True),
        )  # fmt: skip
        (seen,) = yield [first]
        if seen.status != "ok":
            return Answered(seen, (turn,))
        found: dict[str, Any] = json.loads(seen.text)
        grid = mask(asking, found["grid"])
        veil = veil_of(grid) if grid else None
        (outcome,) = yield [asking.last(turn, veil=veil)]
        return Answered(outcome, (turn,), veil, {"first": str(found["text"])})

    return ask


def _random(asking: Asking, grid: Grid) -> Grid:
    where = asking.image.ref if asking.image else ""
    return shuffled(grid, seeded(asking.seed, "random veil", where, asking.question))


_NEEDS = frozenset({"attention", "veil"})
ATTENTION_GUIDED = Strategy("attention-guided", "1", _asking_with(lambda _, grid: grid), _NEEDS, image=True)  # type: ignore[arg-type]
ATTENTION_RANDOM = Strategy("attention-random", "1", _asking_with(_random), _NEEDS, image=True)  # type: ignore[arg-type]
