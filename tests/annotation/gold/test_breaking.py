"""What is broken on purpose is wrong, and in one way."""

from collections import Counter

import pytest

from annotation.gold import broken
from annotation.gold.breaking import breakable
from annotation.votes import label_of
from schemas.pair import Option, Pair, Question
from schemas.text import folded, nfc
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import half, pair, small_pair, solve

PAIRS = scene_pairs(120, 5)
SEEDS = range(8)


ALL = [(one, broken(one, seed=seed)) for one in PAIRS for seed in SEEDS]


def test_is_another_pair_known_to_be_wrong_and_verified_by_nobody() -> None:
    for one, gold in ALL:
        assert (gold.label, gold.origin, gold.base) == ("invalid", "broken", one.pair_id)
        assert gold.pair_id != one.pair_id
        assert gold.pair_id == Pair.model_validate(gold.pair.model_dump()).pair_id
        assert gold.pair.verification == "unverified"


def test_who_solves_the_sound_pair_rightly_contradicts_the_broken_one() -> None:
    for one, gold in ALL:
        if gold.fault != "not-misleading":
            assert label_of(solve(one), one) == "valid"
            assert label_of(solve(one), gold.pair) == "invalid"


def test_where_both_questions_offer_a_wrong_answer_both_keys_are_on_it() -> None:
    both = [(one, gold) for one, gold in ALL if gold.fault == "positive-key-wrong" and not gold.pair.premise]
    assert len(both) > len(ALL) / 2
    for one, gold in both:
        made = gold.pair
        assert folded(made.negative.right).endswith(folded(made.positive.right))
        assert nfc(made.positive.right) not in {nfc(one.positive.right), nfc(one.premise), nfc(one.fact)}
        assert (made.kind, made.fact, made.premise) == ("false-premise", "", "")
        for was, now in zip(one.halves, made.halves, strict=True):
            assert (now.text, now.shown, now.image, now.order) == (was.text, was.shown, was.image, was.order)


def test_else_one_key_is_wrong_and_nothing_else_has_changed() -> None:
    one = pair(half("How many?", "two", "three"), half("Why is it red?", "It is blue.", "It is warm."), premise="red")
    faults = set()
    for seed in range(30):
        gold = broken(one, seed=seed)
        if gold.fault == "not-misleading":
            continue
        name = "positive" if gold.fault == "positive-key-wrong" else "negative"
        was, now = getattr(one, name), getattr(gold.pair, name)
        assert nfc(now.right) != nfc(was.right)
        assert (now.text, now.shown, now.image, now.order) == (was.text, was.shown, was.image, was.order)
        other = "negative" if name == "positive" else "positive"
        assert getattr(gold.pair, other) == getattr(one, other)
        same = {"kind", "category", "fact", "premise"}
        assert gold.pair.model_dump(include=same) == one.model_dump(include=same)
        faults.add(gold.fault)
    assert faults == {"positive-key-wrong", "negative-key-wrong"}


def test_a_leading_question_that_leads_nowhere_is_the_plain_one_again() -> None:
    found = [(one, gold) for one, gold in ALL if gold.fault == "not-misleading"]
    assert found
    for one, gold in found:
        assert one.kind == "false-premise"
        assert gold.pair.negative == gold.pair.positive == one.positive
        assert folded(one.positive.text) != folded(one.negative.text)
        assert gold.pair.premise == one.premise  # its absence would tell


def test_every_way_is_taken_now_and_then() -> None:
    ways = Counter(gold.fault for one, gold in ALL if one.kind == "false-premise")
    assert set(ways) >= {"positive-key-wrong", "not-misleading"}
    assert ways["not-misleading"] > ways.total() / 10
    assert "not-misleading" not in {gold.fault for one, gold in ALL if one.kind != "false-premise"}


def test_the_same_seed_breaks_the_same_way_and_another_another() -> None:
    again = scene_pairs.__wrapped__(120, 5)
    assert [broken(one, seed=0) for one in again] == [broken(one, seed=0) for one in PAIRS]
    assert any(broken(one, seed=1) != broken(one, seed=0) for one in PAIRS)
    verified = PAIRS[0].model_copy(update={"verification": "human-verified"})
    assert broken(verified, seed=0) == broken(PAIRS[0], seed=0)


def test_the_wrong_key_of_a_leading_question_is_a_wrong_answer_where_roles_are_known() -> None:
    roles = {"answer right, reason wrong", "plain"}
    for one, gold in ALL:
        if gold.fault == "negative-key-wrong":
            taken = one.negative.options[gold.pair.negative.answer].role
            assert taken not in roles or not any(
                option.role.startswith("answer wrong") for option in one.negative.options
            )


@pytest.mark.parametrize("twin", ["two", " two ", "Two.", "the two"])
def test_an_option_that_says_the_same_does_not_become_the_key(twin: str) -> None:
    doubled = half("How many?", "two", twin, "three")
    one = pair(doubled, half("Where is it?", "There is none.", "there is none"), kind="contrast")
    for seed in range(30):
        gold = broken(one, seed=seed)
        assert (gold.fault, gold.pair.positive.right) == ("positive-key-wrong", "three")


def test_a_pair_whose_options_all_say_the_same_cannot_be_broken() -> None:
    same = half("How many?", "two", "Two.")
    free = half("What is it?", "a dog")
    for one in (pair(same, same, kind="contrast"), pair(same, half("Where is it?", "None.", "none")), pair(free, free)):
        assert not breakable(one)
        with pytest.raises(ValueError, match=rf"{one.pair_id} cannot be broken"):
            broken(one, seed=0)


def test_a_leading_question_that_leads_nowhere_already_is_broken_in_another_way() -> None:
    asked = half("How many dogs?", "one", "two", "three")
    for one in (pair(asked, asked), pair(asked, asked.model_copy(update={"text": "How many dogs"}))):
        for seed in range(30):
            gold = broken(one, seed=seed)
            assert gold.fault != "not-misleading"
            assert gold.pair_id != one.pair_id


def test_questions_of_two_images_keep_their_own() -> None:
    other: Question = small_pair().negative.model_copy(update={"image": "b.png"})
    for seed in range(30):
        gold = broken(pair(small_pair().positive, other), seed=seed)
        assert gold.fault != "not-misleading"
        assert gold.pair.images == ("a.png", "b.png")


def test_a_new_key_has_no_role_that_says_otherwise() -> None:
    options = (
        Option(text="none", role="answer right, reason right"),
        Option(text="on it", role="answer wrong, reason wrong"),
    )
    negative = half("Where?", "-", "-").model_copy(update={"options": options})
    for seed in range(30):
        gold = broken(pair(small_pair().positive, negative), seed=seed)
        if gold.fault == "negative-key-wrong":
            assert gold.pair.negative.right == "on it"
            assert {option.role for option in gold.pair.negative.options} == {"plain"}
