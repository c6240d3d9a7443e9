"""Dawid and Skene: against crowd-kit, the laws it obeys, and what gold does."""

from time import perf_counter

import pandas as pd
import pytest
from crowdkit.aggregation import DawidSkene
from hypothesis import given
from hypothesis import strategies as st

from annotation.consensus import NO_BELIEFS, Beliefs, ConsensusResult, Skill, best_possible, dawid_skene, majority
from annotation.votes import Label, Vote
from tests.annotation.consensus.cast import cast_votes

PEOPLE = {"ann": (0.95, 0.9), "bob": (0.9, 0.8), "cid": (0.8, 0.9), "dot": (0.7, 0.6), "eve": (0.6, 0.7)}
LABELS: st.SearchStrategy[Label | None] = st.sampled_from(["valid", "invalid", None])
VOTES = st.dictionaries(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("uvwxyz")), LABELS).map(
    lambda said: [Vote(pair_id, name, label) for (pair_id, name), label in said.items()]
)
GOLD = st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(["valid", "invalid"]))


@pytest.mark.filterwarnings("ignore:The (inplace|copy) keyword:pandas.errors.Pandas4Warning")
@pytest.mark.parametrize("seed", range(4))
def test_without_beliefs_equals_crowd_kit(seed: int) -> None:
    votes, _ = cast_votes(PEOPLE, seed=seed)
    rows = [(one.pair_id, one.annotator, one.label) for one in votes]
    theirs = DawidSkene(n_iter=60, tol=-1.0)
    theirs.fit(pd.DataFrame(rows, columns=["task", "worker", "label"]))
    ours = dawid_skene(votes, beliefs=NO_BELIEFS, rounds=60, tolerance=0)
    assert ours.rounds == 60
    assert ours.prior == pytest.approx(theirs.priors_["valid"], abs=1e-9)
    for pair_id, one in ours.by_pair.items():
        assert one.confidence == pytest.approx(theirs.probas_.loc[pair_id, one.label], abs=1e-7)
        assert one.label == theirs.labels_[pair_id]
    for name, skill in ours.skills.items():
        assert skill.valid == pytest.approx(theirs.errors_.loc[(name, "valid"), "valid"], abs=1e-7)
        assert skill.invalid == pytest.approx(theirs.errors_.loc[(name, "invalid"), "invalid"], abs=1e-7)


@given(VOTES, GOLD)
def test_any_votes_come_to_a_consensus(votes: list[Vote], gold: dict[str, Label]) -> None:
    found = dawid_skene(votes, gold)
    assert found == dawid_skene(list(reversed(votes)), gold)
    assert found.converged
    assert list(found.by_pair) == sorted({one.pair_id for one in votes})
    assert list(found.skills) == sorted({one.annotator for one in votes})
    for pair_id, one in found.by_pair.items():
        said = [vote.label for vote in votes if vote.pair_id == pair_id and vote.label is not None]
        assert (one.votes, one.unanimous) == (len(said), len(set(said)) < 2)
        assert one.confidence == 0 if one.label is None else 0.5 < one.confidence <= 1
        if pair_id in gold:
            assert (one.label, one.confidence) == (gold[pair_id], 1.0)
        elif not said:
            assert one.label is None
    for skill in found.skills.values():
        assert 0 < skill.valid < 1
        assert -1 < skill.informedness < 1


@given(VOTES, GOLD)
def test_swapping_the_labels_swaps_the_result(votes: list[Vote], gold: dict[str, Label]) -> None:
    other: dict[Label | None, Label | None] = {"valid": "invalid", "invalid": "valid", None: None}
    turned: dict[str, Label] = {pair_id: "invalid" if one == "valid" else "valid" for pair_id, one in gold.items()}
    found = dawid_skene(votes, gold)
    swapped = dawid_skene([one._replace(label=other[one.label]) for one in votes], turned)
    for name, skill in found.skills.items():
        assert (skill.valid, skill.invalid) == pytest.approx(
            (swapped.skills[name].invalid, swapped.skills[name].valid), abs=1e-4
        )


@pytest.mark.parametrize("seed", range(3))
def test_finds_what_people_can_do_without_swapping_labels(seed: int) -> None:
    votes, truth = cast_votes(PEOPLE, pairs=20_000, seed=seed)
    found = dawid_skene(votes)
    assert found.prior == pytest.approx(0.7, abs=0.03)
    for name, (valid, invalid) in PEOPLE.items():
        assert (found.skills[name].valid, found.skills[name].invalid) == pytest.approx((valid, invalid), abs=0.05)
    right = sum(found.by_pair[pair_id].label == label for pair_id, label in truth.items())
    assert right > sum(one.label == truth[pair_id] for pair_id, one in majority(votes).by_pair.items())


def test_errors_tell_how_far_skills_are_off() -> None:
    """Over fifty sets of votes informedness is off by as much as its standard error says."""
    off = []
    for seed in range(50):
        found = dawid_skene(cast_votes(PEOPLE, pairs=600, seed=seed)[0]).skills
        for name, (valid, invalid) in PEOPLE.items():
            error = found[name].error
            assert error is not None
            off.append((found[name].informedness - (valid + invalid - 1)) / error)
    assert sum(abs(one) < 1.96 for one in off) / len(off) > 0.88


def test_known_truth_gives_the_errors_of_counts() -> None:
    votes, truth = cast_votes({"ann": (0.8, 0.7)}, pairs=400, judges=1, sound=0.5)
    skill = dawid_skene(votes, truth).skills["ann"]
    valid = sum(label == "valid" for label in truth.values())
    expected = skill.valid * (1 - skill.valid) / valid + skill.invalid * (1 - skill.invalid) / (400 - valid)
    assert skill.error == pytest.approx(expected**0.5)


def test_who_judged_nothing_but_valid_pairs_has_no_error() -> None:
    votes = [Vote(str(number), "ann", "valid") for number in range(30)]
    skill = dawid_skene(votes, {str(number): "valid" for number in range(30)}).skills["ann"]
    assert skill.error is None
    assert skill.invalid == pytest.approx(2 / 3)  # as believed


def test_gold_shows_skills_and_not_how_common_valid_pairs_are() -> None:
    votes, truth = cast_votes(PEOPLE, pairs=300, sound=0.9)
    on_gold, broken = cast_votes(PEOPLE, pairs=300, sound=0.0, seed=1)
    on_gold = [one._replace(pair_id=f"gold {one.pair_id}") for one in on_gold]
    gold = {f"gold {pair_id}": label for pair_id, label in broken.items()}
    found = dawid_skene([*votes, *on_gold], gold)
    assert found.prior == pytest.approx(sum(one == "valid" for one in truth.values()) / 300, abs=0.05)
    for name, (_, invalid) in PEOPLE.items():
        assert found.skills[name].invalid == pytest.approx(invalid, abs=0.1)
    assert dawid_skene(on_gold, gold).prior is None


def test_settled_pairs_count_towards_how_common_valid_pairs_are() -> None:
    settled: dict[str, Label] = {str(number): "invalid" for number in range(8)}
    found = dawid_skene([Vote("x", "ann", "valid")], settled=settled)
    assert found.by_pair["3"].label == "invalid"
    assert found.by_pair["3"].votes == 0
    assert found.prior is not None
    assert found.prior < 0.3


def test_gold_reveals_who_always_accepts() -> None:
    votes, truth = cast_votes({"ann": (0.9, 0.9), "yes": (1.0, 0.0), "yea": (1.0, 0.0)}, pairs=300, sound=0.8)
    known = dict(list(truth.items())[:40])
    found = dawid_skene(votes, known).skills
    assert found["yes"].informedness < 0.1
    assert found["ann"].informedness > 0.6


def test_says_when_it_did_not_come_to_rest() -> None:
    votes, _ = cast_votes(PEOPLE)
    stopped = dawid_skene(votes, rounds=2)
    assert (stopped.converged, stopped.rounds) == (False, 2)
    assert dawid_skene(votes).converged
    assert dawid_skene([]) == ConsensusResult()


def test_beliefs_keep_a_newcomer_from_counting_for_all_or_nothing() -> None:
    found = dawid_skene([Vote("a", "new", "invalid")]).by_pair["a"]
    assert found.label == "invalid"
    assert found.confidence < 0.9
    sure = dawid_skene([Vote("a", "new", "invalid")], beliefs=Beliefs(skill=(90.0, 10.0))).by_pair["a"]
    assert sure.confidence > found.confidence


def test_known_skills_are_weighed_by_bayes() -> None:
    skills = {"ann": Skill("ann", 0.9, 0.8, 0), "bob": Skill("bob", 0.6, 0.7, 0)}
    votes = [Vote("a", "ann", "valid"), Vote("a", "bob", "invalid")]
    chance = 0.75 * 0.9 * 0.4 / (0.75 * 0.9 * 0.4 + 0.25 * 0.2 * 0.7)
    found = best_possible(votes, skills, 0.75).by_pair["a"]
    assert found.label == "valid"
    assert found.confidence == pytest.approx(chance)
    even = {"ann": Skill("ann", 0.9, 0.9, 0)}
    assert best_possible([Vote("a", "ann", "invalid")], even, 0.9).by_pair["a"].label is None  # a tie, but for rounding


def test_ten_thousand_pairs_take_well_under_a_second() -> None:
    votes, _ = cast_votes(PEOPLE, pairs=10_000)
    began = perf_counter()
    assert dawid_skene(votes).converged
    assert perf_counter() - began < 3  # 0.2 s where it was measured
