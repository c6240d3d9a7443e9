"""Which of two conversations leads: told by marks, answers or place, or not at all."""

from typing import Any

import pytest

from schemas.mmr.polarity import Two, tell_apart
from tests.schemas.talks import LEADING, PLAIN, read, sample

SHORT = (LEADING[0],)
UNSURE = (("Isn't the car red?", "The car is blue."), ("Is that a kite?", "It is an umbrella."))


def told(*twos: tuple[Any, Any], in_parts: bool = False) -> list[str | None]:
    """For each two samples whether the first or the second is the negative; the file in two parts or by turns."""
    samples = [two[0] for two in twos] + [two[1] for two in twos] if in_parts else [one for two in twos for one in two]
    conversations = read(*samples)
    half = len(twos)
    pairs = [
        Two(conversations[at], conversations[half + at])
        if in_parts
        else Two(conversations[2 * at], conversations[2 * at + 1])
        for at in range(half)
    ]
    return [
        None if known is None else "first" if known.negative is two.first else "second"
        for known, two in zip(tell_apart(pairs), pairs, strict=True)
    ]


def test_nothing_is_told_of_no_conversations() -> None:
    assert tell_apart([]) == []


@pytest.mark.parametrize(
    ("first", "second", "negative"),
    [
        (sample(PLAIN), sample(LEADING), "second"),
        (sample(LEADING), sample(PLAIN), "first"),
        (sample(PLAIN), sample(SHORT), None),  # one denial is no evidence
        (sample(LEADING), sample(LEADING), None),
        (sample(PLAIN), sample(PLAIN), None),
        (sample((*PLAIN, ("Is it day?", "It is not dark."))), sample(LEADING), None),
        (sample(SHORT, given="1-neg"), sample(PLAIN, given="1-pos"), "first"),
        (sample(LEADING, given="1-pos"), sample(PLAIN, given="1-neg"), "second"),
        (sample(LEADING, given="1-neg"), sample(PLAIN), None),  # the other may be of another kind
    ],
)
def test_answers_tell_only_where_one_denies_and_the_other_never_does(first: Any, second: Any, negative: str) -> None:
    assert told((first, second)) == [negative]


def test_in_a_file_of_two_parts_the_place_tells_what_the_answers_do_not() -> None:
    sure = [(sample(PLAIN, given=str(at)), sample(LEADING, given=str(at))) for at in range(3)]
    unsure = (sample(PLAIN), sample(UNSURE))
    assert told(*sure, unsure, in_parts=True) == ["second"] * 4
    assert told(*sure, unsure) == ["second"] * 3 + [None]
    assert told(*sure[:2], unsure, in_parts=True) == ["second"] * 2 + [None]


def test_one_that_contradicts_its_place_is_not_known() -> None:
    sure = [(sample(PLAIN, given=str(at)), sample(LEADING, given=str(at))) for at in range(30)]
    against = (sample(LEADING), sample(PLAIN))
    assert told(*sure, against, in_parts=True) == ["second"] * 30 + [None]
    assert told(*sure[:3], against, (sample(PLAIN), sample(UNSURE)), in_parts=True)[3:] == ["first", None]
