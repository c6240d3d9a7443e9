"""The form in which a scene's facts are stated."""

from schemas.fact import Fact, Slot


def say(image: str, slot: Slot, subject: str, value: str, *, other: str | None = None, plural: bool = False) -> Fact:
    """A fact of a drawn scene: exact, so it has no confidence and needs no evidence."""
    return Fact(image=image, slot=slot, subject=subject, value=value, other=other, plural=plural, source="scene")
