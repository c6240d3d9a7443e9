"""Conversations to pairs: halves joined, and each that has no other named by row and cause."""

from typing import Any

import pytest

from schemas.mmr import PairsRead, conversations_to_pairs
from schemas.taxonomy import UNSORTED
from tests.schemas.talks import LEADING, PLAIN, both, read, sample

REFS = {"a.jpg": "path:a.jpg", "b.jpg": "path:b.jpg"}


def pairs_of(*samples: Any) -> PairsRead:
    return conversations_to_pairs(read(*samples), category=UNSORTED, refs=REFS, source="talks.json")


def test_two_conversations_become_a_pair_a_turn() -> None:
    found = pairs_of(*both())
    assert not found.faults
    assert [(pair.positive.text, pair.positive.right) for pair in found.pairs] == list(PLAIN)
    assert [(pair.negative.text, pair.negative.right) for pair in found.pairs] == list(LEADING)
    first = found.pairs[0]
    assert (first.kind, first.category, first.images) == ("false-premise", UNSORTED, ("path:a.jpg",))
    assert first.open
    assert first.positive.options[0].role == "answer right, reason right"
    assert (first.provenance.generator, first.provenance.source_id) == ("import", "1")
    assert first.provenance.source == "talks.json:1 turn 1, 2 turn 1"


def test_the_order_of_the_file_makes_no_other_pairs() -> None:
    there = [*both("a.jpg", "1"), *both("b.jpg", "2")]
    ids = {pair.pair_id for pair in pairs_of(*there).pairs}
    assert len(ids) == 8
    assert {pair.pair_id for pair in pairs_of(*reversed(there)).pairs} == ids


def test_ids_of_their_own_are_paired_by_the_image() -> None:
    assert len(pairs_of(sample(PLAIN, given="x"), sample(LEADING, given="y")).pairs) == 4


@pytest.mark.parametrize(
    ("samples", "reason", "count"),
    [
        ([sample(PLAIN)], "orphan-half", 4),
        ([sample(PLAIN, given="1-pos"), sample(LEADING, given="1-pos")], "orphan-half", 8),
        ([sample(PLAIN, "a.jpg"), sample(LEADING, "b.jpg")], "orphan-half", 8),
        ([sample(PLAIN), sample(PLAIN)], "polarity-unknown", 8),
        ([sample(PLAIN), sample(LEADING), sample(PLAIN[:1])], "several-conversations", 9),
        ([sample(PLAIN, image=None)], "no-image", 1),
        ([sample(())], "no-exchange", 1),
        ([sample(PLAIN, image="not-looked-at.jpg")], None, 0),
    ],
)
def test_what_has_no_other_half_is_named(samples: list[Any], reason: str | None, count: int) -> None:
    found = pairs_of(*samples)
    assert not found.pairs
    assert [fault.reason for fault in found.faults] == [reason] * count


def test_halves_whose_partner_was_dropped_are_named_by_row_and_turn() -> None:
    found = pairs_of(sample(PLAIN), sample((LEADING[0], *LEADING[2:])))
    assert [pair.positive.text for pair in found.pairs] == [PLAIN[0][0], PLAIN[2][0], PLAIN[3][0]]
    (fault,) = found.faults
    assert (fault.reason, fault.row, fault.id) == ("orphan-half", 1, "1")
    assert fault.what == "turn 2 has no clear other half in row 2"
