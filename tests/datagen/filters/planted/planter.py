"""Plants defects into clean scene pairs, as a careful and inventive person would, to test the filters with.

Independent on purpose: no code, template or word list is shared with what makes or filters pairs.
"""

import math
import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from schemas.pair import Pair
from schemas.tables import pair_row
from tests.datagen.filters.planted import alike, copying, exact, hedges, other_facts, paraphrased, wrong_form
from tests.datagen.filters.planted.claims import Unread
from tests.datagen.filters.planted.material import HALVES, Material, Row, Unfit, Way

WAYS: dict[str, dict[str, Way]] = {
    "options-alike": alike.WAYS,
    "caption-copying": copying.WAYS,
    "hedging": hedges.WAYS,
    "exact-duplicate": exact.WAYS,
    "paraphrased-duplicate": paraphrased.WAYS,
    "different-facts": other_facts.WAYS,
    "answer-form": wrong_form.WAYS,
}
KINDS = tuple(WAYS)
DUPLICATES = ("exact-duplicate", "paraphrased-duplicate")
"""Kinds that are a defect only beside the pair they were made of."""
_DONORS = 400


class Planted(NamedTuple):
    """A spoilt pair."""

    row: Row
    """As a row of ``pairs``."""
    kind: str
    way: str
    origin: str
    """Id of the clean pair it was made of."""


class Short(ValueError):
    """There are too few clean pairs to plant so many defects."""


def plant(
    pairs: Sequence[Mapping[str, Any]], captions: Mapping[str, Sequence[str]], kind: str, count: int, seed: int,
    *, taken: Collection[str] = (),
) -> list[Planted]:  # fmt: skip
    """So many defects of a kind, over all categories there are and all ways of the kind.

    Args:
        pairs: Clean rows of ``pairs``.
        captions: The captions of each image.
        kind: One of :data:`KINDS`.
        count: How many; none gives an empty list.
        seed: Decides every choice, together with the kind.
        taken: Ids of pairs that none is to be made of.

    Raises:
        Short: There are not so many pairs that can be spoilt.
    """
    rng = random.Random(f"{seed}/{kind}")
    rows = sorted((row for row in pairs if row["pair_id"] not in set(taken)), key=lambda row: str(row["pair_id"]))
    rng.shuffle(rows)
    by_image: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_image.setdefault(row["positive"]["image"], []).append(row)
    elsewhere = rows[:_DONORS]
    used = Counter(dict.fromkeys(WAYS[kind], 0))
    seen = {row["pair_id"] for row in pairs} if kind != "exact-duplicate" else set()
    found: list[Planted] = []
    for category, wanted in _quotas(rows, count).items():
        made = 0
        for row in (row for row in rows if row["category"] == category):
            if made == wanted:
                break
            image = row["positive"]["image"]
            others = [other for other in (*by_image[image], *elsewhere) if other["pair_id"] != row["pair_id"]]
            spoilt = _spoilt(row, captions.get(image, ()), others, kind, used, rng)
            if spoilt is not None and spoilt.row["pair_id"] not in seen:
                seen.add(spoilt.row["pair_id"])
                used[spoilt.way] += 1
                found.append(spoilt)
                made += 1
        if made < wanted:
            raise Short(f"{made} of {wanted} of {kind} in {category}")
    return found


def _spoilt(
    row: Mapping[str, Any], captions: Sequence[str], others: Sequence[Mapping[str, Any]], kind: str,
    used: Mapping[str, int], rng: random.Random,
) -> Planted | None:  # fmt: skip
    """The pair spoilt in the first way that can be taken with it, rare ones mostly tried first; None where none can."""
    for way in sorted(used, key=lambda way: (1 + used[way]) * rng.expovariate(1)):
        try:
            material = Material.of(row, captions, others, rng)
            WAYS[kind][way](material)
        except Unread:
            return None
        except Unfit:
            continue
        if sound := _sound(material.row):
            return Planted(sound, kind, way, row["pair_id"])
    return None


def _sound(row: Row) -> Row | None:
    """The row with its own id if it is a valid record whose options all differ, else None."""
    fields = {name: value for name, value in row.items() if name != "pair_id"}
    try:
        pair = Pair.model_validate(fields)
    except ValidationError:
        return None
    if any(len({option["text"] for option in row[half]["options"]}) < len(row[half]["options"]) for half in HALVES):
        return None
    return pair_row(pair)


def _quotas(rows: Sequence[Mapping[str, Any]], count: int) -> dict[str, int]:
    """How many of each category: by the root of how many pairs it has, so that rare ones are not forgotten."""
    roots = {category: math.sqrt(number) for category, number in Counter(row["category"] for row in rows).items()}
    whole = sum(roots.values())
    shares = {category: count * root / whole for category, root in sorted(roots.items())}
    quotas = {category: int(share) for category, share in shares.items()}
    for category in sorted(shares, key=lambda name: quotas[name] - shares[name])[: count - sum(quotas.values())]:
        quotas[category] += 1
    return quotas
