"""What verdicts come to: verified, rejected, disputed or pending, and never a pair that was broken on purpose."""

import pytest

from annotation.gold import GoldPair, broken
from annotation.verdict import Fix, FixedHalf
from tests.annotation.verifying.judged import ANNA, BOB, CARL, OWNER, Judged, other_letter, reworded


@pytest.mark.parametrize("method", ["dawid-skene", "majority"])
def test_one_reviewer_settles_a_pair_that_one_was_asked_about(judged: Judged, method: str) -> None:
    right, wrong = judged.train[:2]
    judged.say(right, ANNA)
    judged.say(wrong, ANNA, "reject", faults=("not-visible",))
    found = judged.settled(consensus=method)
    assert (found.verified, found.rejected) == ([right.pair_id], [wrong.pair_id])
    assert [(drop.reason, drop.detail) for drop in found.drops] == [("rejected-by-people", "not-visible (1)")]


def test_pair_is_pending_until_all_who_were_asked_have_judged_it(judged: Judged) -> None:
    pair = judged.train[0]
    judged.ask(pair, ANNA, BOB)
    judged.say(pair, ANNA)
    assert judged.settled().pending == [pair.pair_id]
    judged.say(pair, BOB)
    assert judged.settled().verified == [pair.pair_id]


def test_pair_is_pending_again_where_a_verdict_was_withdrawn(judged: Judged) -> None:
    pair = judged.train[0]
    for who in (ANNA, BOB):
        judged.say(pair, who)
    judged.say(pair, BOB, withdrawn=True)
    assert (judged.settled().verified, judged.settled().pending) == ([], [pair.pair_id])


def test_somebody_who_is_asked_twice_counts_once(judged: Judged) -> None:
    pair = judged.train[0]
    judged.ask(pair, BOB)
    judged.say(pair, ANNA)
    judged.solve(pair, ANNA)  # two votes, but Bob has said nothing yet
    assert judged.settled().pending == [pair.pair_id]


def test_nobody_sure_is_disputed(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, "unsure")
    assert judged.settled().disputed == [pair.pair_id]


def test_disagreement_below_confidence_is_disputed_until_it_is_adjudicated(judged: Judged) -> None:
    accepted, refused = judged.train[:2]
    for pair in (accepted, refused):
        judged.say(pair, ANNA)
        judged.say(pair, BOB, "reject", faults=("not-visible",))
    assert judged.settled().disputed == sorted([accepted.pair_id, refused.pair_id])
    judged.say(accepted, OWNER, mode="adjudicate")
    judged.say(refused, OWNER, "reject", mode="adjudicate", faults=("not-visible",))
    found = judged.settled()
    assert (found.verified, found.rejected, found.disputed) == ([accepted.pair_id], [refused.pair_id], [])


def test_adjudicator_who_is_not_sure_settles_nothing(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA)
    judged.say(pair, BOB, "reject", faults=("not-visible",))
    judged.say(pair, OWNER, "unsure", mode="adjudicate")
    assert judged.settled().disputed == [pair.pair_id]


def test_adjudication_counts_for_nobody_who_was_asked(judged: Judged) -> None:
    pair = judged.train[0]
    judged.ask(pair, ANNA, BOB)
    judged.say(pair, ANNA)
    judged.say(pair, OWNER, "unsure", mode="adjudicate")
    assert judged.settled().pending == [pair.pair_id]


def test_last_word_of_adjudicators_counts(judged: Judged) -> None:
    pair = judged.train[0]
    times = ("2026-11-02T10:00:00Z", "2026-11-02T11:00:00Z", "2026-11-02T12:00:00Z")
    for place, (who, said) in enumerate([(OWNER, "accept"), (CARL, "accept"), (OWNER, "reject")]):
        faults = ("not-visible",) if said == "reject" else ()
        judged.say(pair, who, said, mode="adjudicate", faults=faults, key=f"k{place}", updated=times[place])  # type: ignore[arg-type]
    assert judged.settled().rejected == [pair.pair_id]


def test_disagreement_above_confidence_is_settled_by_the_consensus(judged: Judged) -> None:
    pair, *others = judged.train[:12]
    for other in others:
        for who in (ANNA, BOB, CARL):
            judged.say(other, who)
    for who in (ANNA, BOB):
        judged.say(pair, who)
    judged.say(pair, CARL, "reject", faults=("not-visible",))
    assert pair.pair_id in judged.settled(confidence=0.6).verified
    assert pair.pair_id in judged.settled(consensus="majority", confidence=0.6).verified
    assert pair.pair_id in judged.settled(consensus="majority", confidence=0.7).disputed


def test_what_nobody_accepted_is_verified_by_no_skill(judged: Judged) -> None:
    """Somebody who is always wrong says by rejecting that a pair is right; that is no acceptance."""
    known = judged.train[:20]
    judged.know(*(GoldPair(pair=one, label="valid", origin="solved", base=one.pair_id) for one in known))
    for one in known:
        judged.ask(one, BOB, gold=True)
        judged.say(one, BOB, "reject", asked=False, faults=("not-visible",))
    for one in judged.train[20:30]:
        judged.say(one, ANNA)
    pair = judged.train[30]
    judged.say(pair, BOB, "reject", faults=("not-visible",))
    found = judged.settled()
    assert pair.pair_id not in found.verified
    assert found.result.skills[BOB].valid < 0.2


def test_blind_solves_accept_by_the_key(judged: Judged) -> None:
    solved, missed = judged.benchmark[:2]
    for who in (ANNA, BOB, CARL):
        judged.solve(solved, who)
        judged.solve(missed, who, right=False)
    found = judged.settled()
    assert (found.verified, found.rejected) == ([solved.pair_id], [missed.pair_id])


def test_gold_that_the_owner_solved_is_verified_or_rejected_by_it_alone(judged: Judged) -> None:
    right, wrong = judged.train[:2]
    judged.know(
        GoldPair(pair=right, label="valid", origin="solved", base=right.pair_id),
        GoldPair(pair=wrong, label="invalid", origin="solved", base=wrong.pair_id),
    )
    for pair, judgement in ((right, "reject"), (wrong, "accept")):
        for who in (ANNA, BOB, CARL):
            judged.say(pair, who, judgement)  # type: ignore[arg-type]
    found = judged.settled()
    assert (found.verified, found.rejected) == ([right.pair_id], [wrong.pair_id])
    assert found.result.skills[ANNA].valid <= 0.5


def test_owners_own_solves_say_nothing_of_the_owners_skill(judged: Judged) -> None:
    pair = judged.train[0]
    judged.know(GoldPair(pair=pair, label="valid", origin="solved", base=pair.pair_id))
    judged.solve(pair, OWNER)
    assert OWNER not in judged.settled().result.skills


@pytest.mark.parametrize("method", ["dawid-skene", "majority"])
def test_broken_pair_is_in_no_list_whatever_anybody_says(judged: Judged, method: str) -> None:
    pair = judged.train[0]
    spoilt = judged.break_(pair)
    for who in (ANNA, BOB, CARL):
        judged.say(spoilt, who)
    judged.say(spoilt, OWNER, mode="adjudicate")
    found = judged.settled(consensus=method)
    assert found.verified == [pair.pair_id]
    for ids in (found.rejected, found.disputed, found.pending, found.corrections.pairs):
        assert spoilt.pair_id not in ids


def test_broken_pair_stays_broken_whatever_gold_says_of_it_later(judged: Judged) -> None:
    pair = judged.train[0]
    spoilt = broken(pair, seed=0)
    judged.know(
        spoilt,
        GoldPair(pair=pair, label="valid", origin="solved", base=pair.pair_id),
        GoldPair(pair=spoilt.pair, label="valid", origin="solved", base=spoilt.pair_id),
    )
    judged.say(spoilt.pair, ANNA)
    assert judged.settled().verified == [pair.pair_id]


def test_broken_pair_whose_base_was_found_wrong_later_stays_out_and_tells_nothing(judged: Judged) -> None:
    pair = judged.train[0]
    spoilt = judged.break_(pair)
    judged.know(GoldPair(pair=pair, label="invalid", origin="solved", base=pair.pair_id))
    judged.say(spoilt, ANNA)
    found = judged.settled()
    assert (found.verified, found.rejected) == ([], [pair.pair_id])
    assert spoilt.pair_id not in found.result.by_pair


def test_fix_of_a_broken_pair_makes_nothing(judged: Judged) -> None:
    pair = judged.train[0]
    spoilt = judged.break_(pair)
    judged.say(spoilt, ANNA, fix=reworded(spoilt))
    found = judged.settled()
    assert (found.corrections.pairs, found.drops, found.verified) == ({}, [], [pair.pair_id])


def test_fix_of_a_sound_pair_into_a_broken_one_is_refused_without_naming_it(judged: Judged) -> None:
    pair, spoilt = next(
        (one, made)
        for one in judged.train
        if one.kind == "false-premise" and (made := broken(one, seed=0)).fault == "positive-key-wrong"
    )
    positive, negative = (FixedHalf(letter=half.letter) for half in spoilt.pair.halves)
    judged.know(GoldPair(pair=pair, label="invalid", origin="solved", base=pair.pair_id), spoilt)
    judged.say(pair, ANNA, fix=Fix(positive=positive, negative=negative))
    found = judged.settled()
    assert found.corrections.pairs == {}
    assert spoilt.pair_id not in {one.pair_id for one in found.votes}
    assert {drop.reason for drop in found.drops} == {"correction-refused", "rejected-by-people"}
    assert spoilt.pair_id not in str(found.drops)


def test_an_edited_verdict_counts_as_it_is_now(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, "reject", faults=("not-visible",))
    judged.say(pair, ANNA)
    assert judged.settled().verified == [pair.pair_id]


def test_verdicts_on_pairs_that_the_run_does_not_hold_have_no_vote(judged: Judged) -> None:
    pair = judged.train[0]
    stranger = pair.model_copy(update={"category": "context/expert"})
    stranger.__dict__["pair_id"] = "f" * 20
    judged.say(stranger, ANNA)
    judged.say(pair, ANNA)
    assert judged.settled().verified == [pair.pair_id]


def test_adjudicator_is_told_what_others_said_and_not_who(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, comment="clear")
    judged.say(pair, BOB, fix=Fix(positive=FixedHalf(letter=other_letter(pair.positive))))
    said = judged.settled().said_of(pair.pair_id)
    assert said == "accept: clear\nfix"
