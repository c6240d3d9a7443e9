"""Debiasing: a planted leak is found before and gone after, what has none is let be, and little else is lost."""

import random

import pytest

from datagen.debias import REASON, Debiased, debias
from datagen.debias.letters import balance_letters
from evaluation.leaks import asked_of
from evaluation.leaks.audit import CLASSIFIER
from schemas import Option, Pair, Question
from schemas.pair import LETTERS
from schemas.tables import pair_row, to_table
from tests.evaluation.leaks.blind_pairs import pairs

PLANTED = 0.2


def wrote(color: str, right: bool, chance: random.Random) -> str:
    return f"It is {color}{' indeed' if right and chance.random() < PLANTED else ''}."


@pytest.fixture(scope="module")
def leaking() -> list[Pair]:
    return pairs(600, wrote=wrote)


@pytest.fixture(scope="module")
def debiased(leaking: list[Pair]) -> Debiased:
    return debias(leaking, seed=0)


def test_planted_leak_is_found_before_and_gone_after(debiased: Debiased) -> None:
    halves = zip(debiased.before.groups[:2], debiased.after.groups[:2], strict=True)
    for was, now in ((before.rate(CLASSIFIER), after.rate(CLASSIFIER)) for before, after in halves):
        assert was is not None
        assert now is not None
        assert was.above
        assert not now.above
        assert now.accuracy < was.accuracy - 0.08


def test_little_more_is_lost_than_must_be(leaking: list[Pair], debiased: Debiased) -> None:
    planted = {one.pair_id for one in leaking if "indeed" in one.positive.right + one.negative.right}
    lost = {drop.pair_id for drop in debiased.drops}
    assert len(planted & lost) >= 0.95 * len(planted)
    assert len(lost - planted) <= 0.06 * len(leaking)


def test_drops_say_what_gave_the_pair_away(leaking: list[Pair], debiased: Debiased) -> None:
    planted = {one.pair_id for one in leaking if "indeed" in one.positive.right + one.negative.right}
    assert {drop.reason for drop in debiased.drops} == {REASON}
    named = [drop.detail or "" for drop in debiased.drops if drop.pair_id in planted]
    assert sum("indeed" in detail for detail in named) >= 0.9 * len(named)
    assert len({drop.pair_id for drop in debiased.drops}) == len(debiased.drops)


def test_notes_count_what_was_done(debiased: Debiased) -> None:
    notes = debiased.notes
    assert notes["dropped by telltales"] + notes["dropped by classifiers"] == len(debiased.drops)
    assert "indeed" in notes["telltales"][0]["sign"]


def test_same_pairs_in_another_order_or_as_a_table_lose_the_same() -> None:
    some = pairs(90, wrote=wrote)
    first = debias(some, seed=1)
    assert debias(some[::-1], seed=1).drops == first.drops
    table = to_table("pairs", [pair_row(one) for one in some])
    assert debias(table, seed=1).drops == first.drops


def test_pairs_without_a_leak_are_nearly_all_kept_and_not_lettered_anew() -> None:
    found = debias(pairs(450, seed=1), seed=0)
    assert len(found.drops) <= 0.05 * 450
    assert not found.orders


def test_letters_are_balanced_by_moving_options_and_no_pair_is_lost_for_them() -> None:
    some = pairs(120, shuffle=False)
    found = debias(some, seed=0)
    by_id = {one.pair_id: one for one in some}
    for half in ("positive", "leading"):
        group = getattr(found.after, half)
        rates = {rate.strategy: rate.accuracy for rate in group.rates if rate.strategy.startswith("always")}
        assert all(rate == pytest.approx(0.25, abs=0.02) for rate in rates.values()), rates
    kept = [one for one in some if one.pair_id not in {drop.pair_id for drop in found.drops}]
    assert len(kept) >= 0.9 * len(some)
    for pair_id, orders in found.orders.items():
        mended = by_id[pair_id].positive.model_copy(update={"order": orders.positive})
        assert sorted(mended.order) == [0, 1, 2, 3]
        assert mended.right == by_id[pair_id].positive.right
    letters = [
        by_id[one].positive.model_copy(update={"order": orders.positive}).letter for one, orders in found.orders.items()
    ]
    assert set(letters) >= set("BCD")


@pytest.mark.parametrize("options", [2, 3, 4, 8])
def test_fewest_questions_are_lettered_anew(options: int) -> None:
    asked = asked_of(pairs(80, shuffle=False, options=options)).positive
    ids = [str(place) for place in range(len(asked))]
    moved = balance_letters(ids, asked, seed=0).moved
    assert len(moved) == pytest.approx(80 * (1 - 1 / options), abs=options)
    held = dict.fromkeys(LETTERS[:options], 0)
    for one, question in zip(ids, asked, strict=True):
        held[LETTERS[moved.get(one, tuple(range(options))).index(question.right)]] += 1
    assert max(held.values()) - min(held.values()) <= 2


def test_open_pairs_stay() -> None:
    some = pairs(30)
    alone = Question(text="What?", image="path:0.jpg", options=(Option(text="A cat."),), answer=0, order=(0,))
    opened = some[0].model_copy(update={"positive": alone})
    found = debias([opened, *some[1:]], seed=0)
    assert opened.pair_id not in {drop.pair_id for drop in found.drops}
    assert found.notes["open pairs let be"] == 1


def test_no_pairs_and_one_pair_are_let_be() -> None:
    assert debias([], seed=0).drops == ()
    assert debias(pairs(1), seed=0).drops == ()
