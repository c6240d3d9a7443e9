"""The two halves about different facts: the negative one is another pair's."""

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.datagen.filters.planted.claims import Claim, Unread, read
from tests.datagen.filters.planted.material import Material, Unfit, Way
from tests.datagen.filters.planted.nouns import head, singular

_IGNORED = {
    "the", "a", "an", "is", "are", "in", "of", "to", "there", "picture", "shape", "flag", "for", "that", "says",
    "looks", "stands",
}  # fmt: skip
# Slots that are so near that the same thing's two facts could be taken for one.
_NEAR = {"look": "color", "relation": "place", "activity": "posture", "count": "presence"}
Sort = Callable[[Mapping[str, Any], Mapping[str, Any]], bool]


def different(one: Claim, other: Claim) -> bool:
    """Whether two claims are about different things or different sides of one, beyond doubt."""
    first, second = _words(one), _words(other)
    if first <= second or second <= first:
        return False
    if {one.subject, one.other} == {other.subject, other.other} and one.other:
        return False
    if _NEAR.get(one.slot, one.slot) != _NEAR.get(other.slot, other.slot):
        return True
    if one.slot == other.slot == "presence":
        return head(one.value) != head(other.value)
    return head(one.subject or one.value) != head(other.subject or other.value)


def _words(claim: Claim) -> set[str]:
    return {singular(word) for word in re.findall(r"[\w-]+", claim.clause.lower()) if word not in _IGNORED}


def _from(sort: Sort, *, fact: bool, premise: bool, half: str = "negative") -> Way:
    """Take a half from a pair of some sort, with or without its ``fact`` and ``premise``."""

    def plant(material: Material) -> None:
        row = material.row
        others = material.rng.sample(material.others, len(material.others))
        donor = next((other for other in others if sort(row, other) and _fits(material, other)), None)
        if donor is None:
            raise Unfit
        row[half] = {**copy.deepcopy(dict(donor[half])), "image": row[half]["image"]}
        if fact:
            row["fact"] = donor["fact"]
        if premise:
            row["premise"] = donor["premise"]

    return plant


def _fits(material: Material, other: Mapping[str, Any]) -> bool:
    """Of the same kind, and about another fact: neither its fact nor its premise is near this pair's."""
    if other["kind"] != material.row["kind"]:
        return False
    try:
        found = read(other)
    except Unread:
        return False
    ours, theirs = (material.read.fact, material.read.premise), (found.fact, found.premise)
    return all(different(one, another) for one in ours for another in theirs)


def _thing(row: Mapping[str, Any]) -> str:
    """What the pair is about: the last noun of the fact's subject, or of what is there."""
    fact = read(row).fact
    return head(fact.subject or fact.value)


def _same_image(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(row["positive"]["image"] == other["positive"]["image"])


def _same_category(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _same_image(row, other) and row["category"] == other["category"]


def _other_category(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _same_image(row, other) and row["category"] != other["category"]


def _same_thing(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _other_category(row, other) and _thing(row) == _thing(other)


def _elsewhere(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return not _same_image(row, other)


def _elsewhere_same_category(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _elsewhere(row, other) and row["category"] == other["category"]


WAYS: dict[str, Way] = {
    "same category, fields left": _from(_same_category, fact=False, premise=False),
    "same category, premise follows": _from(_same_category, fact=False, premise=True),
    "same category, both follow": _from(_same_category, fact=True, premise=True),
    "other category, fields left": _from(_other_category, fact=False, premise=False),
    "other category, premise follows": _from(_other_category, fact=False, premise=True),
    "other category, both follow": _from(_other_category, fact=True, premise=True),
    "same thing, other slot": _from(_same_thing, fact=False, premise=True),
    "positive half taken": _from(_same_image, fact=False, premise=False, half="positive"),
    "other image, fields left": _from(_elsewhere, fact=False, premise=False),
    "other image, premise follows": _from(_elsewhere, fact=False, premise=True),
    "other image, same category": _from(_elsewhere_same_category, fact=False, premise=True),
    "other image, positive half taken, fact follows": _from(_elsewhere, fact=True, premise=False, half="positive"),
}
