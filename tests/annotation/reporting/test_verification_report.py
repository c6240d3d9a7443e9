"""The report: what it adds up, what it leaves out, and that it is plain JSON."""

import json
from time import perf_counter

import pytest

from annotation.consensus import METHODS, Method
from annotation.reporting import report
from annotation.verdict import Verdict
from tests.annotation.consensus.simulated import project

MADE = project(seed=2, count=200)


def edited(verdict: Verdict, **changes: object) -> Verdict:
    return Verdict.model_validate({**dict(verdict), **changes})


@pytest.mark.parametrize("method", METHODS)
def test_figures_add_up_over_pairs_that_are_not_gold(method: Method) -> None:
    found = report(MADE.verdicts, MADE.pairs, MADE.gold, method=method)
    decided = found.decided
    assert decided.valid + decided.invalid + decided.open == 200
    assert sum(one.decided for one in found.acceptance.values()) == decided.valid + decided.invalid
    assert sum(one.valid for one in found.acceptance.values()) == decided.valid
    assert found.agreement.judgements == 600
    assert sum(one.pairs for one in found.agreement_by_category.values()) == found.agreement.pairs == 200
    refused = sum(one.judgement != "accept" and one.pair_id not in MADE.gold for one in MADE.verdicts)
    assert found.faults == {"positive-key-wrong": refused}
    assert sum(counts["positive-key-wrong"] for counts in found.faults_by_category.values()) == refused
    assert sum(one.done for one in found.annotators) == len(MADE.verdicts)


def test_shares_have_wilsons_interval() -> None:
    for one in report(MADE.verdicts, MADE.pairs, MADE.gold).acceptance.values():
        assert one.share is not None
        assert one.interval is not None
        assert one.interval.low <= one.share <= one.interval.high


def test_disagreements_are_pairs_with_both_labels_the_open_ones_first() -> None:
    found = report(MADE.verdicts, MADE.pairs, MADE.gold, confidence=0.9)
    both = {
        one.pair_id
        for one in MADE.verdicts
        for other in MADE.verdicts
        if one.pair_id == other.pair_id and (one.judgement == "accept") != (other.judgement == "accept")
    }
    assert {one.pair_id for one in found.disagreements} == both - MADE.gold.keys()
    assert [one.settled for one in found.disagreements] == sorted(one.settled for one in found.disagreements)
    assert all(one.confidence < 0.9 for one in found.to_adjudicate)
    assert len(report(MADE.verdicts, MADE.pairs, MADE.gold, confidence=0).to_adjudicate) < len(found.to_adjudicate)


def test_an_adjudicated_pair_is_settled() -> None:
    split = report(MADE.verdicts, MADE.pairs, MADE.gold).to_adjudicate[0]
    first = next(one for one in MADE.verdicts if one.pair_id == split.pair_id and one.judgement == "accept")
    word = edited(first, key="owner", annotator="owner@example.org", mode="adjudicate", updated="2026-11-03T09:00:00Z")
    found = report([*MADE.verdicts, word], MADE.pairs, MADE.gold)
    [again] = [one for one in found.disagreements if one.pair_id == split.pair_id]
    assert (again.settled, again.label, again.confidence) == (True, "valid", 1.0)
    assert (again.valid, again.invalid) == (split.valid, split.invalid)
    assert "owner@example.org" not in {one.annotator for one in found.annotators}


def test_comments_are_counted_and_not_repeated() -> None:
    said = [edited(MADE.verdicts[0], comment="the dog is a cat"), *MADE.verdicts[1:]]
    found = report(said, MADE.pairs, MADE.gold)
    assert found.comments == 1
    assert "the dog is a cat" not in json.dumps(found.to_json())


def test_verdicts_on_unknown_pairs_play_no_part() -> None:
    known = dict(list(MADE.pairs.items())[:20])
    found = report(MADE.verdicts, known, {})
    assert found.decided.valid + found.decided.invalid + found.decided.open == 20
    assert sum(one.done for one in found.annotators) == 60


def test_is_plain_json_with_what_is_worked_out() -> None:
    plain = json.loads(json.dumps(report(MADE.verdicts, MADE.pairs, MADE.gold).to_json(), allow_nan=False))
    assert len(plain["flagged"]) >= 1
    assert 0 <= plain["annotators"][0]["gold"]["accuracy"] <= 1
    assert -1 <= plain["annotators"][0]["skill"]["informedness"] <= 1
    assert plain["agreement"]["ac1"]["interval"]["how"] == "bootstrap"
    assert {one["share"] for one in plain["acceptance"].values()} != {None}


def test_of_nothing_there_is_nothing_to_report() -> None:
    found = report([], {}, {})
    assert (found.annotators, found.disagreements) == ((), ())
    assert found.decided.prior is None
    json.dumps(found.to_json(), allow_nan=False)


def test_the_same_verdicts_give_the_same_report_in_any_order() -> None:
    found = report(MADE.verdicts, MADE.pairs, MADE.gold)
    assert found == report(list(reversed(MADE.verdicts)), MADE.pairs, MADE.gold)


def test_thousands_of_verdicts_take_no_time() -> None:
    made = project(seed=0)
    began = perf_counter()
    report(made.verdicts, made.pairs, made.gold)
    assert perf_counter() - began < 3  # 0.05 s where it was measured
