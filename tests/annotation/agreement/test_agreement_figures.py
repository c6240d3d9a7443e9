"""Raw agreement, alpha and AC1: against irrCAC, scikit-learn and brute force, and the laws they obey."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score

from annotation.agreement import agree, gwet_ac1, krippendorff_alpha, raw_agreement, tally
from annotation.votes import Label, Vote

LABELS: dict[str, Label | None] = {"v": "valid", "i": "invalid", "?": None}
SAID = st.lists(st.text("vi?.", min_size=2, max_size=5), max_size=12)


def rows(said: str) -> list[str]:
    return said.split()


# Computed with irrCAC 0.4.4 (pandas 2.3.3, numpy 1.26.4), a row a pair, a column a judge, v as 1, i as 0, a dot as NaN:
#   CAC(frame, digits=10).gwet()["est"]: pa and coefficient_value; .krippendorff()["est"]: coefficient_value.
BY_IRRCAC = {
    "two judges": (["vv"] * 12 + ["ii"] * 5 + ["vi"] * 2 + ["iv"], 0.85, 0.6666666667, 0.7327394209),
    "skewed": (["vv"] * 94 + ["vi"] * 3 + ["iv"] * 2 + ["ii"], 0.95, 0.2635085122, 0.9463778219),
    "three judges, votes missing": (
        rows("vvi vvv vv. .vi ..v vi. viv iii .i. vi. i.. i.i vii .vv .ii ..v vvv i.i ..v vvi ii. viv vi. ..v v.v vvv "
             "vii vvv v.i v.v"),
        0.625, 0.2404761905, 0.2758374061,
    ),
    "five judges, votes missing": (
        rows(".vv.. v.vvv ..ivv ...vv vvvvv ...vv vv... ..vvv iiii. v...v v.... ...vv i.i.. iv.v. vvvvv .iii. v..v. "
             "iiiii ...vi ..iv. vvv.. vvvv. .vi.v vv.vv"),
        0.8260869565, 0.6421052632, 0.7217391304,
    ),
    "four judges": (
        rows("ivvi vviv iivi vivi iivv iiii iiiv iiiv iiii iivv iiii vvvi ivvv vvvi vvvv vvvv"),
        0.6145833333, 0.2404692082, 0.2299186992,
    ),
    "most judged once": (rows("v.. i.. .v. ..v vv. v.i iii .iv ..i vvv"), 0.6, 0.3714285714, 0.2307692308),
}  # fmt: skip


def votes(said: list[str]) -> list[Vote]:
    """A row a pair, a column a judge; a dot is no vote, ? is unsure."""
    return [
        Vote(f"pair {pair}", f"judge {judge}", LABELS[letter])
        for pair, row in enumerate(said)
        for judge, letter in enumerate(row)
        if letter != "."
    ]


@pytest.mark.parametrize("name", BY_IRRCAC)
def test_equals_irrcac(name: str) -> None:
    said, raw, alpha, ac1 = BY_IRRCAC[name]
    found = agree(votes(said))
    assert (found.raw.value, found.alpha.value, found.ac1.value) == pytest.approx((raw, alpha, ac1), abs=1e-9)


def test_on_skewed_verdicts_alpha_is_low_and_ac1_is_not() -> None:
    """95 % raw agreement of two judges, of whom each calls 96 of 100 pairs valid: Cohen's kappa is 0.26 too."""
    found = agree(votes(BY_IRRCAC["skewed"][0]))
    assert found.raw.value == 0.95
    assert found.alpha.value is not None
    assert found.ac1.value is not None
    assert found.alpha.value < 0.27
    assert found.ac1.value > 0.94


@given(st.lists(st.sampled_from(["vv", "vi", "iv", "ii"]), min_size=1))
def test_raw_agreement_of_two_is_their_accuracy(said: list[str]) -> None:
    one, other = zip(*said, strict=True)
    assert agree(votes(said), draws=1).raw.value == pytest.approx(accuracy_score(one, other))


@given(SAID)
def test_alpha_equals_brute_force_by_coincidences(said: list[str]) -> None:
    matrix = np.zeros((2, 2))
    for row in said:
        labels = [("v", "i").index(one) for one in row if one in "vi"]
        for one, other in permutations(labels, 2):
            matrix[one, other] += 1 / (len(labels) - 1)
    of_label, every = matrix.sum(axis=1), matrix.sum()
    found = agree(votes(said), draws=1).alpha.value
    if of_label.min() == 0:
        assert found is None
    else:
        expected = 2 * of_label[0] * of_label[1] / (every - 1)
        assert found == pytest.approx(1 - 2 * matrix[0, 1] / expected)


@given(SAID)
def test_raw_agreement_equals_brute_force_over_pairs_of_judges(said: list[str]) -> None:
    shares = []
    for row in said:
        same = [one == other for one, other in permutations([letter for letter in row if letter in "vi"], 2)]
        shares += [sum(same) / len(same)] if same else []
    found = agree(votes(said), draws=1).raw.value
    assert found == (pytest.approx(sum(shares) / len(shares)) if shares else None)


@given(SAID, st.randoms())
def test_neither_the_order_nor_the_names_of_labels_matter(said: list[str], random: np.random.Generator) -> None:
    swapped = [row.translate(str.maketrans("vi", "iv")) for row in said]
    shuffled = votes(said)
    random.shuffle(shuffled)  # type: ignore[arg-type]  # hypothesis gives the standard library's
    found = agree(votes(said), draws=1)
    for other in (agree(votes(swapped), draws=1), agree(shuffled, draws=1)):
        for one, same in ((found.raw, other.raw), (found.alpha, other.alpha), (found.ac1, other.ac1)):
            assert one.value == (None if same.value is None else pytest.approx(same.value, abs=1e-12))


@given(SAID)
def test_figures_are_in_their_range_and_one_only_where_nobody_disagrees(said: list[str]) -> None:
    found = agree(votes(said), draws=1)
    apart = any("v" in row and "i" in row for row in said)
    for figure, least in ((found.raw, 0.0), (found.alpha, -1.0), (found.ac1, -1.0)):
        if figure.value is not None:
            assert least <= figure.value <= 1
            assert (figure.value == 1) == (not apart)


def test_several_samples_are_measured_at_once() -> None:
    kinds = np.array([[0, 2], [1, 0], [1, 1], [2, 0]])
    times = np.array([[0, 0, 0, 0], [0, 3, 0, 0], [0, 0, 0, 4], [1, 0, 1, 1]])
    assert np.isnan(raw_agreement(kinds, times)).tolist() == [True, True, False, False]
    assert np.isnan(krippendorff_alpha(kinds, times)).tolist() == [True, True, True, False]
    assert np.isnan(gwet_ac1(kinds, times)).tolist() == [True, True, False, False]


def test_tally_counts_kinds_of_pairs() -> None:
    found = tally(votes(["vv", "vv", "v?", "??", "iv"]))
    assert found.kinds.tolist() == [[1, 0], [1, 1], [2, 0]]
    assert found.times.tolist() == [1, 1, 2]
    assert (found.judgements, found.unsure) == (10, 3)
