"""From the owner's blind solves to gold."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from annotation.assigning import Assignment, assignment
from annotation.gold import GoldPair, broken, broken_ids, known_labels, read_gold
from annotation.gold.build import made_gold, to_solve
from annotation.places import GOLD
from annotation.verdict import NONE, Verdict
from schemas.appended import append
from schemas.errors import BadRunFolder
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import ANNA, OWNER, half, pair, review, small_pair, solve, wrong_letter

PAIRS = scene_pairs(150, 5)
FIRST = PAIRS[0]
BY_ID = {one.pair_id: one for one in PAIRS}


def made(*verdicts: Verdict, known: tuple[GoldPair, ...] = ()) -> list[GoldPair]:
    return made_gold(verdicts, OWNER, BY_ID, known, seed=7)


def own(at: int = 0, *, key: str = "s/1/1", wrong: bool = False, **more: Any) -> Verdict:
    letter = wrong_letter(FIRST.positive) if wrong else ""
    return solve(FIRST, letter, by=OWNER, key=key, updated=f"2026-11-02T09:00:{at:02}.000000+00:00", **more)


def newest(gold: list[GoldPair]) -> tuple[GoldPair, ...]:
    return tuple({one.pair_id: one for one in gold}.values())


def test_a_pair_solved_rightly_is_gold_and_so_is_one_broken_from_it() -> None:
    sound, spoilt = made(own())
    assert sound == GoldPair(pair=FIRST, label="valid", origin="solved", base=FIRST.pair_id)
    assert spoilt == broken(FIRST, seed=7)


@pytest.mark.parametrize("letter", [wrong_letter(FIRST.positive), NONE])
def test_a_pair_whose_key_the_owner_contradicts_is_gold_to_be_rejected(letter: str) -> None:
    [gold] = made(solve(FIRST, letter, by=OWNER))
    assert (gold.pair_id, gold.label, gold.origin) == (FIRST.pair_id, "invalid", "solved")


def test_what_others_solve_or_the_owner_reviews_or_takes_back_is_none() -> None:
    assert made(solve(FIRST, by=ANNA), review(PAIRS[1], by=OWNER), solve(small_pair(), by=OWNER, key="s/1/2")) == []
    assert made(own(), own(version=2, withdrawn=True)) == []


def test_repeating_makes_nothing_more() -> None:
    known = made(own(), solve(PAIRS[1], wrong_letter(PAIRS[1].positive), by=OWNER, key="s/1/2"))
    assert len(known) == 3
    assert made(own(), known=tuple(known)) == []


@pytest.mark.parametrize("wrong_first", [True, False])
def test_of_two_solves_of_a_pair_the_later_one_counts_and_repeating_changes_nothing(wrong_first: bool) -> None:
    both = own(1, key="s/1/9", wrong=wrong_first), own(2, key="s/1/3", wrong=not wrong_first)
    for verdicts in (both, both[::-1]):
        gold = made(*verdicts)
        assert [one.label for one in gold if one.origin == "solved"] == ["valid" if wrong_first else "invalid"]
        assert sum(one.origin == "broken" for one in gold) == wrong_first
        assert made(*verdicts, known=newest(gold)) == []


def test_an_owner_who_changes_their_mind_changes_what_is_known() -> None:
    log = made(own())
    assert set(known_labels(newest(log)).values()) == {"valid", "invalid"}
    log += made(own(), own(1, wrong=True, version=2), known=newest(log))
    assert known_labels(newest(log)) == {FIRST.pair_id: "invalid"}  # of the broken one nothing is known any more
    spoilt = next(one.pair_id for one in log if one.origin == "broken")
    assert broken_ids(newest(log)) == {spoilt}
    log += made(own(version=3), known=newest(log))
    assert known_labels(newest(log)) == {FIRST.pair_id: "valid", spoilt: "invalid"}
    assert len(log) == 4


def test_a_pair_that_cannot_be_broken_is_gold_alone() -> None:
    same = half("How many?", "two", "Two.")
    one = pair(same, same, kind="contrast")
    gold = made_gold([solve(one, by=OWNER)], OWNER, {one.pair_id: one}, (), seed=0)
    assert [found.origin for found in gold] == ["solved"]


def test_the_newest_record_of_a_pair_counts_once_it_is_on_disk(tmp_path: Path) -> None:
    sound, spoilt = made(own())
    wrong = sound.model_copy(update={"label": "invalid"})
    append(tmp_path / GOLD, [sound, spoilt, wrong])
    assert read_gold(tmp_path) == [wrong, spoilt]
    with (tmp_path / GOLD).open("a") as file:
        file.write("{}\n")
    with pytest.raises(BadRunFolder, match=r"gold\.jsonl:4"):
        read_gold(tmp_path)


def test_no_gold_is_no_gold(tmp_path: Path) -> None:
    assert read_gold(tmp_path) == []
    assert known_labels([]) == {}
    assert broken_ids([]) == frozenset()


def asked(
    assigned: list[Assignment], wanted: int, *verdicts: Verdict, spared: tuple[str, ...] = ()
) -> list[Assignment]:
    return list(to_solve(PAIRS, wanted, OWNER, assigned, verdicts, spared, seed=7).fresh)


def test_the_owner_solves_so_many_in_all_by_turns_from_the_categories() -> None:
    first = asked([], 24)
    assert len(first) == 24
    assert {(one.annotator, one.mode, one.gold) for one in first} == {(OWNER, "blind", False)}
    turns = Counter(BY_ID[one.pair_id].category for one in first)
    assert set(turns) == {one.category for one in PAIRS}
    assert max(turns.values()) - min(turns.values()) <= 1
    assert asked(first, 24) == []
    more = asked(first, 30)
    assert len(more) == 6
    assert [*first, *more] == asked([], 30)


def test_what_anybody_was_asked_about_or_guidelines_show_or_is_open_is_not_solved() -> None:
    others = [assignment(one, ANNA, "review") for one in PAIRS[:60]]
    shown = tuple(one.pair_id for one in PAIRS[60:120])
    found = {one.pair_id for one in asked(others, 999, spared=shown)}
    assert found == {one.pair_id for one in PAIRS[120:]}
    free = pair(half("How many?", "two"), half("Where?", "There is none.", "here"))
    assert to_solve([free], 5, OWNER, [], [], (), seed=7).fresh == ()


def test_waiting_are_those_asked_and_not_solved() -> None:
    first = asked([], 3)
    done = solve(BY_ID[first[0].pair_id], by=OWNER)
    assert to_solve(PAIRS, 3, OWNER, first, [], (), seed=7).waiting == 3
    assert to_solve(PAIRS, 3, OWNER, first, [done], (), seed=7).waiting == 2


def test_benchmark_pairs_that_the_owner_solves_among_others_are_not_counted() -> None:
    shared = [assignment(one, who, "blind") for one in PAIRS[:10] for who in (OWNER, ANNA)]
    assert len(asked(shared, 5)) == 5
    assert to_solve(PAIRS, 5, OWNER, shared, [], (), seed=7).waiting == 0


def test_pairs_are_drawn_alike_in_whatever_order_they_come() -> None:
    one = to_solve(PAIRS, 20, OWNER, [], [], (), seed=7)
    assert to_solve(PAIRS[::-1], 20, OWNER, [], [], (), seed=7) == one
    assert to_solve(PAIRS, 20, OWNER, [], [], (), seed=8) != one
