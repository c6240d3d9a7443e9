"""Breaking pairs on purpose: each in one way that leaves no doubt that it is wrong."""

from annotation.gold.record import GoldPair
from annotation.verdict import Fault
from schemas.identity import seeded
from schemas.pair import Pair, Question
from schemas.text import folded

_KEYS: dict[Fault, str] = {"positive-key-wrong": "positive", "negative-key-wrong": "negative"}


def broken(pair: Pair, *, seed: int) -> GoldPair:
    """A pair that is right, made wrong: another option marked as the key, or a leading question that leads nowhere.

    Which way is seeded by the pair's id, among those that the pair allows. Texts stay the pair's own. Where both
    questions offer the same wrong answer, both keys move to it: two keys that contradict each other, or a key that is
    what the leading question claims, would tell a reader who never looks at the image.

    Args:
        pair: Solved rightly by somebody trusted, and :func:`breakable`.
        seed: Of the run.

    Raises:
        ValueError: No way is sure to make it wrong.
    """
    ways: list[tuple[Fault, Pair]] = []
    if both := _both_keys(pair, seed):
        ways.extend([("positive-key-wrong", both)] * 4)
    for fault, half in _KEYS.items() if not both else ():
        if other := _other_key(getattr(pair, half), pair.pair_id, seed):
            ways += 2 * [(fault, pair.model_copy(update={half: other}))]
    if ways and _is_misleading(pair):  # a rare way: that two questions are one is soon seen
        ways.append(("not-misleading", pair.model_copy(update={"negative": pair.positive})))
    if not ways:
        raise ValueError(f"pair {pair.pair_id} cannot be broken: all its options say the same")
    fault, spoilt = ways[seeded(seed, "break", pair.pair_id) % len(ways)]
    whole = Pair.model_validate({**spoilt.model_dump(), "verification": "unverified"})  # a copy keeps the old id
    return GoldPair(pair=whole, label="invalid", origin="broken", base=pair.pair_id, fault=fault)


def breakable(pair: Pair) -> bool:
    """Whether a pair can be made wrong for sure: an open one cannot, nor one whose options all say the same."""
    return any(_others(half) for half in pair.halves)


def _is_misleading(pair: Pair) -> bool:
    """Whether its leading question would be missed: it takes something false for granted, and is another one."""
    one_image = pair.positive.image == pair.negative.image
    return pair.kind == "false-premise" and one_image and folded(pair.positive.text) != folded(pair.negative.text)


def _both_keys(pair: Pair, seed: int) -> Pair | None:
    """Both keys on a wrong answer that both questions offer, and that the leading one does not claim.

    A leading question then takes something false for granted whatever it took before, and nothing is said of a fact.
    """
    if pair.kind == "contrast" or pair.positive.image != pair.negative.image:
        return None
    plain, leading = ({folded(half.options[place].text): place for place in _others(half)} for half in pair.halves)
    claimed = [folded(text) for text in (pair.premise, pair.fact, pair.positive.right, pair.negative.right) if text]
    shared = [
        (plain[one], leading[other])
        for one in sorted(plain)
        for other in sorted(leading)
        if _says(other, one) and not any(_says(claim, one) for claim in claimed)
    ]
    if not shared:
        return None
    key, other_key = shared[seeded(seed, "key", pair.pair_id) % len(shared)]
    positive, negative = _keyed(pair.positive, key), _keyed(pair.negative, other_key)
    update = {"kind": "false-premise", "positive": positive, "negative": negative, "fact": "", "premise": ""}
    return pair.model_copy(update=update)


def _says(longer: str, text: str) -> bool:
    """Whether a text is another or ends with it, as "that is not so: the fish is red" does with "the fish is red"."""
    return longer == text or longer.endswith(f" {text}")


def _other_key(half: Question, pair_id: str, seed: int) -> Question | None:
    """A question whose key is another option: none that says the same, and one known as a wrong answer if there is."""
    others = _others(half)
    chosen = [place for place in others if half.options[place].role.startswith("answer wrong")] or others
    return _keyed(half, chosen[seeded(seed, "key", pair_id) % len(chosen)]) if chosen else None


def _keyed(half: Question, key: int) -> Question:
    options = tuple(option.model_copy(update={"role": "plain"}) for option in half.options)
    return half.model_copy(update={"answer": key, "options": options})


def _others(half: Question) -> list[int]:
    """The places of options that say something else than the right one."""
    return [place for place, option in enumerate(half.options) if folded(option.text) != folded(half.right)]
