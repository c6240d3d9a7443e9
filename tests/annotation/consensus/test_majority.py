"""Majority: against crowd-kit, and what it does with ties, gold and people who are not sure."""

import pandas as pd
import pytest
from crowdkit.aggregation import MajorityVote
from hypothesis import given
from hypothesis import strategies as st

from annotation.consensus import Consensus, ConsensusResult, majority
from annotation.votes import Label, Vote

LABELS: st.SearchStrategy[Label | None] = st.sampled_from(["valid", "invalid", None])
VOTES = st.dictionaries(st.tuples(st.sampled_from("abcde"), st.sampled_from("uvwxyz")), LABELS).map(
    lambda said: [Vote(pair_id, name, label) for (pair_id, name), label in said.items()]
)


@pytest.mark.filterwarnings("ignore:The inplace keyword:pandas.errors.Pandas4Warning")
@given(VOTES)
def test_equals_crowd_kit(votes: list[Vote]) -> None:
    sure = [(one.pair_id, one.annotator, one.label) for one in votes if one.label is not None]
    found = majority(votes).by_pair
    theirs = MajorityVote()
    if sure:
        theirs.fit(pd.DataFrame(sure, columns=["task", "worker", "label"]))
        for pair_id, row in theirs.probas_.iterrows():
            share = row.get("valid", 0.0)
            expected = None if share == 0.5 else theirs.labels_[pair_id]
            assert found[str(pair_id)].label == expected
            assert found[str(pair_id)].confidence == (pytest.approx(max(share, 1 - share)) if expected else 0)


@given(VOTES, st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["valid", "invalid"])))
def test_known_pairs_keep_their_label(votes: list[Vote], gold: dict[str, Label]) -> None:
    found = majority(votes, gold).by_pair
    assert list(found) == sorted({one.pair_id for one in votes})
    for pair_id in found.keys() & gold.keys():
        assert (found[pair_id].label, found[pair_id].confidence) == (gold[pair_id], 1.0)


def test_ties_and_unsure_people_decide_nothing() -> None:
    votes = [Vote("a", "ann", "valid"), Vote("a", "bob", "invalid"), Vote("b", "ann", None), Vote("c", "ann", "valid")]
    assert majority(votes).by_pair == {
        "a": Consensus("a", None, 0.0, 2, unanimous=False),
        "b": Consensus("b", None, 0.0, 0, unanimous=True),
        "c": Consensus("c", "valid", 1.0, 1, unanimous=True),
    }


def test_gold_tells_nothing_of_how_common_valid_pairs_are() -> None:
    votes = [Vote("a", "ann", "valid"), Vote("g", "ann", "invalid"), Vote("h", "ann", "invalid")]
    assert majority(votes, {"g": "invalid", "h": "invalid"}).prior == 1.0
    assert majority([]) == ConsensusResult()
