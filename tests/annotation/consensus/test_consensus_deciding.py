"""From all votes to a consensus: methods and adjudication."""

import pytest

from annotation.consensus import METHODS, ConsensusResult, Method, adjudicated, consensus
from annotation.votes import Vote

SPLIT = [Vote("a", "ann", "valid"), Vote("a", "bob", "invalid"), Vote("b", "ann", "valid"), Vote("b", "bob", "valid")]


@pytest.mark.parametrize("method", METHODS)
def test_adjudication_settles_a_pair_and_is_nobodys_vote(method: Method) -> None:
    found = consensus([*SPLIT, Vote("a", "owner", "invalid", "adjudicate")], {}, method)
    assert (found.by_pair["a"].label, found.by_pair["a"].confidence, found.by_pair["a"].votes) == ("invalid", 1.0, 2)
    assert "owner" not in found.skills
    assert found.prior is not None


@pytest.mark.parametrize("method", METHODS)
def test_gold_goes_before_adjudication(method: Method) -> None:
    found = consensus([*SPLIT, Vote("a", "owner", "invalid", "adjudicate")], {"a": "valid"}, method)
    assert found.by_pair["a"].label == "valid"


def test_the_last_adjudication_counts_and_an_unsure_one_is_none() -> None:
    said = [Vote("a", "owner", "valid", "adjudicate"), Vote("a", "owner", None, "adjudicate")]
    assert adjudicated([*said, Vote("b", "ann", "valid")]) == {"a": "valid"}
    assert adjudicated([*said, Vote("a", "other", "invalid", "adjudicate")]) == {"a": "invalid"}


@pytest.mark.parametrize("method", METHODS)
def test_no_votes_no_consensus(method: Method) -> None:
    assert consensus([], {"a": "valid"}, method) == ConsensusResult()


def test_methods_are_told_apart_by_skills() -> None:
    assert consensus(SPLIT, {}).skills.keys() == {"ann", "bob"}
    assert consensus(SPLIT, {}, "majority").skills == {}
