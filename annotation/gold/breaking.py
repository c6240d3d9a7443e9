"""Breaking pairs on purpose: each in one way that leaves no doubt that it is wrong."""

from annotation.gold.record import GoldPair
from annotation.verdict import Fault
from schemas.identity import seeded
from schemas.pair import Pair, Question


def broken(pair: Pair, *, seed: int) -> GoldPair:
    """A pair that is right, made wrong: another option marked as the key, or a leading question that leads nowhere.

    Which way is seeded by the pair's id. Texts stay the pair's own, so that nothing but looking tells.

    Args:
        pair: Solved rightly by somebody trusted; not an open question.
        seed: Of the run.
    """
    way = seeded(seed, "break", pair.pair_id) % 5
    fault: Fault
    if way == 0 and pair.kind == "false-premise" and pair.positive.image == pair.negative.image:
        fault = "not-misleading"
        spoilt = pair.model_copy(update={"negative": pair.positive, "premise": ""})
    elif way % 2:
        fault = "positive-key-wrong"
        spoilt = pair.model_copy(update={"positive": _other_key(pair.positive, pair.pair_id, seed)})
    else:
        fault = "negative-key-wrong"
        spoilt = pair.model_copy(update={"negative": _other_key(pair.negative, pair.pair_id, seed)})
    whole = Pair.model_validate({**spoilt.model_dump(), "verification": "unverified"})  # a copy keeps the old id
    return GoldPair(pair=whole, label="invalid", origin="broken", base=pair.pair_id, fault=fault)


def _other_key(half: Question, pair_id: str, seed: int) -> Question:
    others = [place for place in range(len(half.options)) if place != half.answer]
    options = tuple(option.model_copy(update={"role": "plain"}) for option in half.options)
    key = others[seeded(seed, "key", pair_id) % len(others)]
    return half.model_copy(update={"answer": key, "options": options})
