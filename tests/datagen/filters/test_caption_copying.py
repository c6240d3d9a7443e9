"""Quoting a caption is told from stating a fact that a caption tells."""

from collections.abc import Sequence
from functools import cache

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.caption_copying import CaptionCopying, CaptionCopyingSettings, copy_of
from schemas import Pair
from schemas.ledger import Drop
from tests.datagen.filters.test_filters import CLEAN, pair, table

CAPTIONS = (
    "A man riding a motorcycle through the rain.",
    "Two dogs play with a frisbee on the wet beach while a child watches from the dunes.",
    "a red star in the lower right",
    "A cat.",
)
LONG = CAPTIONS[1]


def found(
    *pairs: Pair, captions: Sequence[str] = CAPTIONS, settings: CaptionCopyingSettings | None = None
) -> list[Drop]:
    batch = table(*pairs).append_column("captions", pa.array([captions] * len(pairs), pa.list_(pa.string())))
    one = CaptionCopying(settings)
    return one.decide(one.score(batch).append_column("pair_id", batch["pair_id"]))


def answering(text: str) -> Pair:
    return pair(options=(text, "The car is red.", "The car is green."))


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        LONG.upper(),
        LONG.replace(" ", "  ").rstrip("."),
        "“Two dogs play, with a frisbee, on the wet beach – while a child watches from the dunes!”",
        f"Yes, because {LONG[:-1].lower()}, as anyone can see.",
        LONG.replace("wet", "sunny"),
        LONG.replace("a child", "a small child"),
        LONG.replace(" on the wet beach", " on wet beach"),
        "It shows how two dogs play with a frisbee on the wet beach.",
        "A man riding a motorcycle through the rain.",
        "A woman riding a motorcycle through the rain.",
        "a red star in the lower right",
        "a blue star in the lower right",
    ],
)
def test_a_caption_repeated_whole_or_nearly_so_is_a_copy(text: str) -> None:
    for bad in (answering(text), pair(text + "?"), pair(negative=f"Is it so? {text}")):
        (drop,) = found(bad, CLEAN)
        assert (drop.reason, drop.pair_id) == ("caption-copying", bad.pair_id)
        assert drop.detail in CAPTIONS


@pytest.mark.parametrize(
    "text",
    [
        "The man is riding a motorcycle.",
        "There is a man on a motorcycle in the rain.",
        "The dogs play with a frisbee.",
        "There are two dogs on the beach.",
        "The red star is in the lower right of the picture.",
        "The star is in the lower left of the picture.",
        "A cat.",
        "Yes, there is a cat in the picture.",
        "A child watches the dogs.",
        "",
    ],
)
def test_a_fact_that_a_caption_tells_is_no_copy(text: str) -> None:
    assert found(answering(text or "…")) == []


def test_a_copy_in_an_option_that_is_wrong_counts_too() -> None:
    (drop,) = found(pair(options=("The car is blue.", LONG, "The car is green.")))
    assert drop.detail == LONG
    assert (drop.score, drop.threshold) == (1.0, 0.8)


def test_a_sentence_of_a_long_description_is_a_caption_of_its_own() -> None:
    told = "The scene is busy. A waiter carries four plates of soup. Behind him, a door stands open."
    (drop,) = found(answering("A waiter carries four plates of soup."), captions=[told])
    assert drop.detail == "A waiter carries four plates of soup."
    assert drop.score == 1.0


def test_characters_count_where_no_spaces_are_written() -> None:
    caption = ["一个男人骑着摩托车穿过大雨。"]
    assert found(answering("一个男人骑着摩托车穿过大雨"), captions=caption)
    assert not found(answering("那个男人在骑车"), captions=caption)


def test_without_captions_nothing_is_measured() -> None:
    batch = table(answering(LONG))
    assert CaptionCopying().score(batch)["copied"].to_pylist() == [None]
    assert found(answering(LONG), captions=[]) == []


def test_thresholds_move_without_scoring_again() -> None:
    partly = answering("Two dogs play with a frisbee on the grass.")
    assert found(partly, settings=CaptionCopyingSettings(long_run=9)) == []
    assert found(partly, settings=CaptionCopyingSettings(long_run=7))[0].score == 8


def test_a_long_stretch_of_one_caption_is_seen_beside_more_of_another() -> None:
    text = "A cat. Two dogs play with a frisbee on the grass."
    (drop,) = found(answering(text))
    assert drop.detail == LONG


WORDS = st.lists(st.sampled_from("abcde"), max_size=7).map(tuple)


@given(WORDS, WORDS)
def test_a_copy_is_what_trying_all_stretches_finds(caption: tuple[str, ...], text: tuple[str, ...]) -> None:
    measured = copy_of(" ".join(caption), " ".join(text))
    stretches = [text[start:end] for start in range(len(text) + 1) for end in range(start, len(text) + 1)]
    fewest = min(_distance(caption, one) for one in stretches)
    parts = [caption[start:end] for start in range(len(caption)) for end in range(start + 1, len(caption) + 1)]
    runs = [
        max(len(part), len(one)) - edits
        for part in parts
        for one in stretches
        if part and one and (edits := _distance(part, one)) <= 1
    ]
    if 2 * len(set(caption) & set(text)) < len(set(caption)) or not caption:
        assert measured.copied == 0.0
    else:
        assert measured.words == len(caption) - fewest
        assert measured.copied == pytest.approx(measured.words / len(caption))
        assert measured.run == max(runs)


@given(WORDS.filter(bool), WORDS, WORDS)
def test_what_stands_around_a_copy_does_not_hide_it(
    caption: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    measured = copy_of(" ".join(caption), " ".join((*before, *caption, *after)))
    assert (measured.copied, measured.words) == (1.0, len(caption))


@cache
def _distance(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Edits between two sequences, by definition."""
    if not one or not other:
        return len(one) + len(other)
    return min(
        _distance(one[1:], other) + 1,
        _distance(one, other[1:]) + 1,
        _distance(one[1:], other[1:]) + (one[0] != other[0]),
    )
