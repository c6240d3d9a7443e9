"""Figures of contrast pairs against counting by hand and against scikit-learn."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from evaluation.contrast import contrast_scores
from evaluation.pairing import pair_readings
from evaluation.score import score_readings
from evaluation.scores import ContrastScores, Reading


def reading(pair: str, half: str, gold: str, said: str | None, *, image: str = "", group: str = "") -> Reading:
    return Reading(
        id=pair, question_type=half, kind="contrast", category="pope/random", image=image or pair, gold=gold,
        official=said or "E", strict=said, group=group, yes_no=True,
    )  # fmt: skip


def figures(readings: list[Reading]) -> ContrastScores:
    found = contrast_scores(pair_readings(readings, "strict").pairs, "strict")
    assert found is not None
    return found


def test_popes_figures_are_those_counted_by_hand() -> None:
    found = figures([
        reading("1", "POS", "A", "A"), reading("1", "NEG", "B", "B"),  # both right
        reading("2", "POS", "A", "A"), reading("2", "NEG", "B", "A"),  # says yes to both
        reading("3", "POS", "A", "B"), reading("3", "NEG", "B", "B"),  # says no to both
        reading("4", "POS", "A", None), reading("4", "NEG", "B", None),  # says nothing
    ])  # fmt: skip
    assert (found.pairs, found.both, found.right, found.unread) == (4, 1 / 4, 4 / 8, 2)
    assert (found.precision, found.recall, found.yes) == (2 / 3, 2 / 4, 3 / 8)
    assert found.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))
    assert (found.images, found.groups) == (None, None)
    assert found.both_ci is not None
    assert 0 < found.both_ci.low < 1 / 4 < found.both_ci.high < 1


def sample(group: str, *said: str) -> list[Reading]:
    """Two questions about two images: of each question the first image says yes, the second no."""
    right = iter(said)
    return [
        reading(f"{group}/q{question}", half, gold, next(right), image=f"{group}/{image}", group=group)
        for question in (0, 1)
        for image, (half, gold) in enumerate((("POS", "A"), ("NEG", "B")))
    ]


def test_naturalbenchs_figures_are_those_counted_by_hand() -> None:
    found = figures([
        *sample("all right", "A", "B", "A", "B"),
        *sample("one image wrong", "B", "B", "B", "B"),  # its second image is right under both questions
        *sample("one answer wrong", "A", "B", "A", "A"),  # one question and one image are right throughout
        *sample("always yes", "A", "A", "A", "A"),  # the first image is
    ])  # fmt: skip
    assert found.pairs == 8
    assert found.right == (4 + 2 + 3 + 2) / 16
    assert found.both == (2 + 0 + 1 + 0) / 8
    assert found.images == (2 + 1 + 1 + 1) / 8
    assert found.groups == 1 / 4


LETTERS = st.sampled_from(["A", "B", None])


@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=30))
def test_precision_recall_and_f1_are_scikit_learns(said: list[tuple[str | None, str | None]]) -> None:
    halves = (("POS", "A"), ("NEG", "B"))
    rows = [
        reading(str(place), half, gold, letter)
        for place, pair in enumerate(said)
        for (half, gold), letter in zip(halves, pair, strict=True)
    ]
    found = figures(rows)
    true, answered = [one.gold == "A" for one in rows], [one.strict == "A" for one in rows]
    precision, recall, f1, _ = precision_recall_fscore_support(true, answered, average="binary", zero_division=0.0)
    assert found.precision == (pytest.approx(precision) if any(answered) else None)
    assert found.recall == pytest.approx(recall)
    assert found.f1 == pytest.approx(f1)
    assert found.yes == sum(answered) / len(answered)
    assert found.both <= found.right <= 1


def test_always_yes_has_full_recall_half_precision_and_no_pair() -> None:
    found = figures([reading(str(at // 2), "POS" if at % 2 else "NEG", "AB"[at % 2 == 0], "A") for at in range(10)])
    assert (found.both, found.right, found.recall, found.precision, found.yes) == (0, 0.5, 1, 0.5, 1)


def test_what_is_not_of_yes_and_no_has_no_precision() -> None:
    rows = [Reading("1", half, "contrast", "x", "i", gold, "A", "A") for half, gold in (("POS", "A"), ("NEG", "B"))]
    found = figures(rows)
    assert (found.precision, found.recall, found.f1, found.yes) == (None,) * 4
    assert found.right == 0.5


def test_they_have_figures_of_their_own_and_count_in_no_ra() -> None:
    pope = [reading(str(at // 2), half, gold, gold) for at, (half, gold) in enumerate([("POS", "A"), ("NEG", "B")] * 3)]
    mmr = [
        Reading("attribute/shape/1", half, "false-premise", "attribute/shape", "i", "C", "C", said)
        for half, said in (("POS", "C"), ("NEG", None))
    ]
    for mixed in itertools.permutations([pope, mmr]):
        found = score_readings([one for part in mixed for one in part])
        assert (found.overall.table.pairs, found.overall.table.ra, found.overall.table.mr) == (1, 0, 1)
        assert found.contrast is not None
        assert (found.contrast.pairs, found.contrast.both) == (3, 1)
        assert list(found.contrast_by_category) == ["pope/random"]
        assert list(found.by_category) == ["attribute/shape"]


def test_a_half_without_its_other_is_left_out_and_named() -> None:
    found = score_readings(
        [reading("1", "POS", "A", "A"), reading("2", "POS", "A", "A"), reading("2", "NEG", "B", "B")]
    )
    assert found.contrast is not None
    assert found.contrast.pairs == 1
    assert [one.id for one in found.left_out] == ["1"]


def test_nothing_gives_no_figures() -> None:
    assert contrast_scores([], "strict") is None
    assert score_readings([]).contrast is None
