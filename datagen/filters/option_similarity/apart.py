"""What surely tells two options apart, however few words they share besides: quotes, amounts, what is denied."""

import re

from datagen.filters.english.inflection import base_form

_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
_DENIED = re.compile(r"\b(?:no|not|without|neither)\s+(?:an?\s+|the\s+|any\s+)?([^\W\d_]+)(?!,)", re.IGNORECASE)
_REPLY = re.compile(r"^\s*no\s*[,:;.!-]\s*", re.IGNORECASE)
_AMOUNTS = frozenset({"one", "all", "both", "half", "most", "some"})
_IN_REPLIES = frozenset({"at", "so", "true", "right", "correct", "really", "quite", "case"})  # "not at all", "not so"
_WORD = re.compile(r"[^\W\d_]+")


def surely_apart(one: str, other: str) -> bool:
    """Whether two options differ in what they quote, in how much they speak of, or in what they deny."""
    return any(_disjoint(found(one), found(other)) for found in (_quotes, _amounts, _denials))


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _quotes(text: str) -> frozenset[str]:
    return frozenset(" ".join(said.casefold().split()).strip(".,!?") for said in _QUOTED.findall(text))


def _amounts(text: str) -> frozenset[str]:
    return _AMOUNTS.intersection(word.casefold() for word in _WORD.findall(text))


def _denials(text: str) -> frozenset[str]:
    denied = (base_form(word.casefold()) for word in _DENIED.findall(_REPLY.sub("", text)))
    return frozenset(denied) - _IN_REPLIES
