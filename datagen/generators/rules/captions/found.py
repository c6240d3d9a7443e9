"""How a fact read from captions is written down, and how often captions must say a thing to be believed."""

from collections.abc import Collection

from datagen.generators.rules.captions.census import Census
from schemas.fact import Fact, Slot

_SHARE = 0.4  # of the captions
_MOST = 0.6
_THREE = 3
_FEW = 2  # captions: with more, one voice alone is checked against the others


def support(census: Census, *, said: int, named: int, doubtful: bool = False) -> bool:
    """Whether a thing said so many times, of something named by so many captions, is believed.

    One voice is enough where others name the same thing and do not object; a doubtful word needs two.
    """
    if said >= 2:
        return True
    if doubtful or not said:
        return False
    return named >= 2 or census.captions <= _FEW


def enough(census: Census, said: int) -> bool:
    """Whether so many captions tell a thing that several of five would: most of two, two of five, three of eight."""
    return said >= min(2, census.captions) and said >= _SHARE * census.captions


def most(census: Census, said: int) -> bool:
    """Whether most captions tell a thing that each of them would: three of five, and never fewer than three."""
    return said >= _THREE and said >= _MOST * census.captions


def fact_of(
    image: str,
    slot: Slot,
    subject: str,
    value: str,
    census: Census,
    captions: Collection[int],
    *,
    other: str | None = None,
    plural: bool = False,
) -> Fact:
    """A fact with the captions it rests on as evidence, and their share as confidence."""
    told = " | ".join(census.readings[caption].text.strip() for caption in sorted(captions))
    return Fact(
        image=image,
        slot=slot,
        subject=subject,
        value=value,
        other=other,
        plural=plural,
        source="caption",
        evidence=told[:1_000],
        confidence=round(len(captions) / census.captions, 3),
    )
