"""What fixes make: new pairs with their authors' votes, once what they were made of is given up."""

from annotation.at_hand import at_hand
from annotation.gold import GoldPair
from annotation.verdict import Fix, FixedHalf
from schemas.pair import Pair
from tests.annotation.verifying.judged import ANNA, BOB, CARL, OWNER, Judged, other_letter, reworded, with_fields


def only(judged: Judged) -> Pair:
    (pair,) = judged.settled().corrections.pairs.values()
    return pair


def test_fix_makes_a_new_pair_that_its_author_votes_for(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    new, found = only(judged), judged.settled()
    assert (new.corrected_from, new.positive.text) == (pair.pair_id, f"Look closely. {pair.positive.text}")
    assert (new.fact, new.premise, new.verification) == ("", "", "unverified")
    assert (found.verified, found.rejected) == ([new.pair_id], [pair.pair_id])
    assert [(drop.reason, drop.lost_to) for drop in found.drops] == [("corrected-by-people", new.pair_id)]


def test_correction_inherits_its_images_split(judged: Judged) -> None:
    hand = at_hand(judged.run)
    for pair in (judged.train[0], judged.benchmark[0]):
        judged.say(pair, OWNER, fix=reworded(pair), mode="adjudicate")
    for new in judged.settled().corrections.pairs.values():
        assert new.corrected_from is not None
        assert hand.group(new) == hand.group(hand.kept[new.corrected_from])


def test_fix_of_the_category_or_of_a_wrong_option_alone_is_no_duplicate_of_what_it_mends(judged: Judged) -> None:
    moved, reoptioned = judged.train[:2]
    wrong = other_letter(reoptioned.positive)
    options = tuple(
        "There is nothing at all." if letter == wrong else text
        for letter, text in zip("ABCDEFGH", reoptioned.positive.shown, strict=False)
    )
    judged.say(moved, ANNA, fix=Fix(category="context/expert"))
    judged.say(reoptioned, ANNA, fix=Fix(positive=FixedHalf(options=options)))
    found = judged.settled()
    assert {new.corrected_from for new in found.corrections.pairs.values()} == {moved.pair_id, reoptioned.pair_id}
    mended = next(one for one in found.corrections.pairs.values() if one.corrected_from == moved.pair_id)
    assert (mended.category, mended.fact) == ("context/expert", moved.fact)


def test_malformed_correction_is_refused(judged: Judged) -> None:
    pair = judged.train[0]
    text = pair.positive.shown[0]
    judged.say(pair, ANNA, fix=Fix(positive=FixedHalf(options=(text,) * len(pair.positive.options))))
    found = judged.settled()
    assert found.corrections.pairs == {}
    refused = next(drop for drop in found.drops if drop.reason == "correction-refused")
    assert refused.detail == f"equal-options; of {pair.pair_id}"
    assert found.rejected == [pair.pair_id]


def test_corrections_keep_to_the_runs_own_structure_settings(judged: Judged) -> None:
    with (judged.run.path / "leadproof.toml").open("a") as file:
        file.write("[filter.structure]\nmax_question_words = 30\n")
    judged = Judged(judged.run.path)
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair, "word " * 35))
    assert judged.settled().corrections.pairs == {}


def test_correction_into_a_category_that_the_run_does_not_know_is_refused(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=Fix(category="nobody/knows"))
    found = judged.settled()
    assert (found.corrections.pairs, found.rejected) == ({}, [pair.pair_id])


def test_correction_that_says_what_another_kept_pair_says_is_refused(judged: Judged) -> None:
    pair = judged.train[0]
    other = next(one for one in judged.train if one.images == pair.images and one.positive.text != pair.positive.text)
    halves = {
        name: FixedHalf(question=half.text.upper(), options=half.shown, letter=half.letter)
        for name, half in (("positive", other.positive), ("negative", other.negative))
    }
    judged.say(pair, ANNA, fix=Fix(**halves))
    found = judged.settled()
    assert (found.corrections.pairs, found.rejected) == ({}, [pair.pair_id])
    assert f"duplicate; of {pair.pair_id}" in {drop.detail for drop in found.drops}


def test_two_corrections_that_say_the_same_leave_one(judged: Judged) -> None:
    first = judged.train[0]
    second = with_fields(first, category="context/expert")
    judged.generate_more(second)
    judged.filtered_to(*judged.kept, second)
    for pair in (first, second):
        judged.say(pair, ANNA, fix=reworded(pair))
    found = judged.settled()
    assert len(found.corrections.pairs) == 1
    assert "duplicate; of" in str(found.drops)


def test_fix_into_a_pair_that_the_run_has_is_a_vote_for_that_pair(judged: Judged) -> None:
    kept = judged.train[0]
    wrong = with_fields(kept, category="context/expert")
    judged.generate_more(wrong)
    judged.filtered_to(*judged.kept, wrong)
    judged.say(wrong, ANNA, fix=Fix(category=kept.category))
    found = judged.settled()
    assert found.corrections.pairs == {}
    assert (found.verified, found.rejected) == ([kept.pair_id], [wrong.pair_id])
    judged.ask(kept, BOB)
    assert judged.settled().pending == [kept.pair_id]
    judged.say(kept, BOB, "reject", faults=("not-visible",))
    assert kept.pair_id in judged.settled().disputed


def test_what_an_author_says_of_a_pair_itself_goes_before_what_a_fix_implies(judged: Judged) -> None:
    kept = judged.train[0]
    wrong = with_fields(kept, category="context/expert")
    judged.generate_more(wrong)
    judged.filtered_to(*judged.kept, wrong)
    judged.say(kept, ANNA, "reject", faults=("not-visible",))
    judged.say(wrong, ANNA, fix=Fix(category=kept.category))
    assert judged.settled().rejected == sorted([kept.pair_id, wrong.pair_id])


def test_fix_into_a_pair_that_is_known_to_be_wrong_is_refused(judged: Judged) -> None:
    known = judged.train[0]
    other = with_fields(known, category="context/expert")
    judged.generate_more(other)
    judged.filtered_to(*judged.kept, other)
    judged.know(GoldPair(pair=known, label="invalid", origin="solved", base=known.pair_id))
    judged.say(other, ANNA, fix=Fix(category=known.category))
    found = judged.settled()
    assert (found.verified, found.rejected) == ([], sorted([known.pair_id, other.pair_id]))
    assert {drop.reason for drop in found.drops} == {"correction-refused", "rejected-by-people"}


def test_correction_that_is_dealt_out_waits_for_whoever_was_asked(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    new = only(judged)
    judged.ask(new, BOB)
    assert judged.settled().pending == [new.pair_id]
    judged.say(new, BOB)
    assert judged.settled().verified == [new.pair_id]


def test_verdicts_on_a_correction_count_before_it_was_ever_committed(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    new = only(judged)
    judged.say(new, BOB, "reject", faults=("not-visible",))
    before = judged.settled()
    assert before.disputed == [new.pair_id]
    judged.verify()
    assert judged.settled().disputed == [new.pair_id]
    assert not judged.verify().changed


def test_correction_waits_while_what_it_was_made_of_is_not_given_up(judged: Judged) -> None:
    pair = judged.train[0]
    judged.ask(pair, ANNA, BOB)
    judged.say(pair, ANNA, fix=reworded(pair))
    new = only(judged)
    assert judged.settled().pending == sorted([pair.pair_id, new.pair_id])
    judged.say(pair, BOB, "reject", faults=("not-visible",))
    assert judged.settled().verified == [new.pair_id]


def test_correction_is_taken_back_where_the_original_is_accepted(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    new = only(judged)
    judged.say(new, CARL)
    judged.say(pair, OWNER, mode="adjudicate")
    found = judged.settled()
    assert (found.verified, found.corrections.pairs) == ([pair.pair_id], {})
    assert [(drop.reason, drop.pair_id, drop.lost_to) for drop in found.drops] == [
        ("original-accepted", new.pair_id, pair.pair_id)
    ]


def test_correction_of_a_correction_goes_with_it(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    first = only(judged)
    judged.say(first, BOB, fix=reworded(first, "Once more."))
    found = judged.settled()
    second = next(one for one in found.corrections.pairs.values() if one.corrected_from == first.pair_id)
    assert found.disputed == [first.pair_id]
    judged.say(first, OWNER, fix=reworded(first, "Once more."), mode="adjudicate")
    assert judged.settled().verified == [second.pair_id]
    judged.say(pair, OWNER, mode="adjudicate")
    found = judged.settled()
    assert (found.verified, found.corrections.pairs) == ([pair.pair_id], {})


def test_fixes_in_a_circle_come_to_an_end(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    new = only(judged)
    judged.say(new, BOB, fix=Fix(positive=FixedHalf(question=pair.positive.text)))
    found = judged.settled()
    assert list(found.corrections.pairs) == [new.pair_id]
    assert found.disputed == sorted([pair.pair_id, new.pair_id])


def test_correction_whose_author_thinks_better_of_it_is_gone_though_it_was_committed(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    new = only(judged)
    judged.say(new, BOB)
    judged.verify()
    assert new.pair_id in judged.rows()
    judged.say(pair, ANNA, "reject", faults=("not-visible",))
    judged.verify()
    assert judged.rows() == {}
    assert len(judged.run.require("verify").table("pairs")) == 0


def test_of_several_corrections_the_one_that_more_people_back_stays(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    first = only(judged)
    judged.say(pair, BOB, fix=reworded(pair, "Once more."))
    assert only(judged).pair_id == first.pair_id  # of equals the first
    judged.say(pair, CARL, fix=reworded(pair, "Once more."))
    found = judged.settled()
    second = only(judged)
    assert second.positive.text.startswith("Once more.")
    assert ("another-correction", first.pair_id, second.pair_id) in {
        (drop.reason, drop.pair_id, drop.lost_to) for drop in found.drops
    }
    judged.say(first, OWNER)
    judged.say(first, CARL)  # three are for it now: its author and two who accepted it
    assert only(judged).pair_id == first.pair_id


def test_adjudicators_correction_goes_before_others_and_is_settled(judged: Judged) -> None:
    pair = judged.train[0]
    for who in (ANNA, BOB):
        judged.say(pair, who, fix=reworded(pair))
    judged.say(pair, OWNER, fix=reworded(pair, "Once more."), mode="adjudicate")
    found = judged.settled()
    assert only(judged).positive.text.startswith("Once more.")
    assert found.verified == [only(judged).pair_id]
    assert only(judged).pair_id in found.trusted


def test_one_correction_of_two_pairs_settles_both(judged: Judged) -> None:
    first = judged.train[0]
    second = with_fields(first, category="context/expert")
    judged.generate_more(second)
    judged.filtered_to(*judged.kept, second)
    for pair in (first, second):
        fix = reworded(pair)
        judged.say(pair, ANNA, fix=Fix(positive=fix.positive, category="attribute/number"))
    found = judged.settled()
    assert len(found.corrections.pairs) == 1
    new = next(iter(found.corrections.pairs))
    assert {(drop.reason, drop.lost_to) for drop in found.drops} == {("corrected-by-people", new)}
    assert found.verified == [new]


def test_fix_that_changes_nothing_or_makes_no_pair_leaves_the_pair_its_own_fate(judged: Judged) -> None:
    same, none = judged.train[:2]
    judged.say(same, ANNA, fix=Fix(positive=FixedHalf(question=f"  {same.positive.text} ")))
    judged.say(none, ANNA, fix=Fix(positive=FixedHalf(letter="H")))
    for pair in (same, none):
        judged.say(pair, OWNER, mode="adjudicate")
    found = judged.settled()
    assert found.verified == sorted([same.pair_id, none.pair_id])
    assert {drop.reason for drop in found.drops} == {"correction-refused"}
    assert all(drop.pair_id is None and drop.image for drop in found.drops)
