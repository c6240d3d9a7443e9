"""``--limit``: whole pairs, whole samples, the same for every model."""

from dataclasses import replace

from evaluation.asking.stage import chosen
from evaluation.asking.way import Way
from evaluation.item import Item

ITEM = Item("x", "POS", "contrast", "naturalbench/yes-no", "a.png", "Is it?", "Is it?", {"A": "Yes", "B": "No"}, "A", 1)
ITEMS = [
    replace(ITEM, id=f"{sample}/{question}", question_type=half, group=f"sample {sample}")
    for sample in range(20)
    for question in range(2)
    for half in ("POS", "NEG")
]


def test_a_sample_is_asked_as_a_whole_or_not_at_all() -> None:
    for limit in (1, 5, 10):
        taken = chosen(ITEMS, Way(limit=limit))
        samples = {item.group for item in taken}
        assert len(taken) == 4 * len(samples)
        assert limit <= 2 * len(samples) <= limit + 1


def test_without_samples_so_many_pairs_are_asked_in_the_files_order() -> None:
    items = [replace(item, group="") for item in ITEMS]
    taken = chosen(items, Way(limit=7))
    assert len({item.id for item in taken}) == 7
    assert len(taken) == 14
    assert taken == [item for item in items if item in taken]
    assert chosen(list(reversed(items)), Way(limit=7)) == list(reversed(taken))
    assert chosen(items, Way()) == items
