"""Choosing the pairs that become examples: seeded, the surest and shortest first."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from annotation.guidelines.escaping import shown
from annotation.guidelines.example import Example, Examples, as_example
from annotation.guidelines.spoiling import SPOILINGS
from schemas.pair import Pair, Verification

MAX_SHOWN = 60_000
"""Characters of all examples together, so that the guidelines stay readable whatever pairs hold."""
_TRUSTED: tuple[Verification, ...] = ("human-verified", "model-verified", "sampled", "unverified")
_SHORT = 400  # characters: both questions and their options; longer pairs only where there is nothing shorter


def examples(pairs: Sequence[Pair], *, seed: int) -> Examples:
    """Choose examples among pairs that were kept.

    One right example for each category that occurs, one with a true premise, and for each fault one that was made
    by spoiling one of the right ones. The same pairs and seed give the same examples, in whatever order pairs come.
    Nothing here has looked at an image: that an example is right is as certain as its pair is.

    Args:
        pairs: As kept, of all categories and kinds; none gives no examples.
        seed: Which of the pairs that are equally fit.
    """
    ranked = sorted({pair.pair_id: pair for pair in pairs}.values(), key=lambda pair: _rank(pair, seed))
    first: dict[str, Pair] = {}
    for pair in ranked:
        first.setdefault(pair.category, pair)
    right = [as_example(first[category]) for category in sorted(first)]
    used = {example.pair_id for example in right}
    agreeing = next((pair for pair in ranked if pair.kind == "true-premise" and pair.pair_id not in used), None)
    wrong = _spoilt([pair for pair in ranked if pair.pair_id in used])
    return _bounded(right, as_example(agreeing) if agreeing else None, wrong)


def _rank(pair: Pair, seed: int) -> tuple[bool, bool, int, bool, str]:
    """Lowest is fittest."""
    size = sum(len(text) for text in as_example(pair).texts)
    drawn = sha256(f"{seed}:{pair.pair_id}".encode()).hexdigest()
    return pair.open, pair.kind != "false-premise", _TRUSTED.index(pair.verification), size > _SHORT, drawn


def _spoilt(pairs: Sequence[Pair]) -> list[Example]:
    """An example of each fault, each of a pair of its own as far as there are enough."""
    fit = [pair for pair in pairs if pair.kind == "false-premise" and not pair.open]
    made: list[Example] = []
    for spoil in SPOILINGS.values():
        used = [example.pair_id for example in made]
        tried = (spoil(pair) for pair in sorted(fit, key=lambda pair: used.count(pair.pair_id)))
        made.extend(list(filter(None, tried))[:1])
    return made


def _bounded(right: Iterable[Example], agreeing: Example | None, wrong: Iterable[Example]) -> Examples:
    """Those that fit into :data:`MAX_SHOWN`, the faults' first."""
    left = MAX_SHOWN

    def fits(example: Example) -> bool:
        nonlocal left
        size = sum(len(shown(text)) for text in example.texts)
        if size > left:
            return False
        left -= size
        return True

    faults = tuple(filter(fits, wrong))
    premise = agreeing if agreeing and fits(agreeing) else None
    return Examples(right=tuple(filter(fits, right)), agreeing=premise, wrong=faults)
