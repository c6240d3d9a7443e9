"""Who judges what."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.assigning import Assignment, Candidate, Staff, assign, assignment, gold_short, mode_of
from annotation.gold import GoldPair, broken
from annotation.labeling import showing
from annotation.settings import AnnotateSettings
from schemas.errors import BadConfig
from schemas.pair import Pair
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import ANNA, BEN, OWNER, half, pair, small_pair

CARLA = "carla@example.org"
THREE = (ANNA, BEN, CARLA)
PAIRS, SOLVED = scene_pairs(200, 5)[:160], scene_pairs(200, 5)[160:]


def gold_of(pairs: Sequence[Pair]) -> list[GoldPair]:
    made = [broken(one, seed=0) for one in pairs]
    sound = [GoldPair(pair=one, label="valid", origin="solved", base=one.pair_id) for one in pairs]
    return [*sound, *made]


def staff(
    *people: str,
    assigned: Sequence[Assignment] = (),
    gold: Sequence[GoldPair] = (),
    examples: Sequence[str] = (),
    **settings: object,
) -> Staff:
    given = AnnotateSettings.model_validate({"owner": OWNER, **settings})
    return Staff(people or THREE, given, 7, assigned, gold, frozenset(examples))


def train(pairs: Sequence[Pair]) -> list[Candidate]:
    return [Candidate(one, "train") for one in pairs]


def mixed(pairs: Sequence[Pair]) -> list[Candidate]:
    """Every fifth pair is the benchmark's."""
    return [Candidate(one, "train" if place % 5 else "benchmark") for place, one in enumerate(pairs)]


def regular(made: Sequence[Assignment]) -> list[Assignment]:
    return [one for one in made if not one.gold]


def test_every_new_pair_goes_to_as_many_as_its_group_wants() -> None:
    made = assign(mixed(PAIRS), staff(overlap=0.25))
    times = Counter(one.pair_id for one in made)
    assert all(times[one.pair_id] == 3 for one in PAIRS[::5])
    others = Counter(times[one.pair_id] for place, one in enumerate(PAIRS) if place % 5)
    assert set(others) == {1, 2}
    assert 0.1 < others[2] / others.total() < 0.4
    assert {one.mode for one in made if times[one.pair_id] == 3} == {"blind"}
    assert {one.mode for one in made if times[one.pair_id] < 3} == {"review"}


def test_overlap_is_none_or_all_at_its_ends() -> None:
    assert len(assign(train(PAIRS), staff(overlap=0.0))) == len(PAIRS)
    assert len(assign(train(PAIRS), staff(overlap=1.0))) == 2 * len(PAIRS)
    assert len(assign(train(PAIRS), staff(ANNA, overlap=1.0))) == len(PAIRS)


def test_work_is_even() -> None:
    lanes = Counter((one.annotator, one.mode) for one in assign(mixed(PAIRS), staff()))
    for mode in ("review", "blind"):
        done = [lanes[name, mode] for name in THREE]
        assert max(done) - min(done) <= 1


def test_an_open_question_is_reviewed_though_it_is_the_benchmarks() -> None:
    free = pair(half("How many?", "two"), half("Where?", "There is none."))
    assert mode_of(free, "benchmark") == mode_of(free, "train") == mode_of(PAIRS[0], "train") == "review"
    assert mode_of(PAIRS[0], "benchmark") == "blind"
    made = assign([Candidate(free, "benchmark")], staff())
    assert [one.mode for one in made] == ["review"] * 3


def test_too_few_judges_are_refused_only_where_the_benchmark_wants_them() -> None:
    with pytest.raises(BadConfig, match="wants 3 judges, and there would be 2"):
        assign(mixed(PAIRS), staff(ANNA, BEN))
    assert assign(train(PAIRS), staff(ANNA, BEN))
    assert assign(mixed(PAIRS), staff(ANNA, BEN, judges=2))


def test_nothing_is_dealt_twice_and_new_people_change_nothing() -> None:
    first = assign(mixed(PAIRS[:80]), staff())
    assert assign(mixed(PAIRS[:80]), staff(assigned=first)) == []
    more = assign(mixed(PAIRS), staff(*THREE, "dan@example.org", assigned=first))
    assert {one.pair_id for one in more} == {one.pair_id for one in PAIRS[80:]}
    assert Counter(one.annotator for one in more)["dan@example.org"] > len(more) / 4  # who has least comes first


def test_the_author_of_a_correction_does_not_judge_it() -> None:
    found = [Candidate(one, "train", seen_by=frozenset({ANNA})) for one in PAIRS]
    made = assign(found, staff(overlap=1.0))
    assert {one.annotator for one in made} == {BEN, CARLA}
    assert assign(found, staff(ANNA)) == []


def test_the_doubtful_come_first_then_the_higher_rank() -> None:
    doubts = [0.0, 0.5, 0.0, 1.0, 0.5]
    found = [Candidate(one, "train", doubt) for one, doubt in zip(PAIRS, doubts, strict=False)]
    made = assign(found, staff(ANNA, overlap=0.0))
    assert [one.pair_id for one in made] == [PAIRS[place].pair_id for place in (3, 1, 4, 0, 2)]


def test_an_assignment_is_of_the_pair_as_it_is_shown_now() -> None:
    for one in assign(train(PAIRS[:10]), staff()):
        seen = showing(next(found for found in PAIRS if found.pair_id == one.pair_id))
        assert (one.shown, one.content, one.gold, one.sample) == (seen.shown, seen.content, False, None)


def test_gold_makes_up_its_share_half_of_it_wrong_in_reviews_and_none_in_blind_solves() -> None:
    gold = gold_of(SOLVED)
    labels = {one.pair_id: one.label for one in gold}
    made = assign(mixed(PAIRS), staff(gold=gold))
    lanes: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for one in made:
        lanes[one.annotator, one.mode].append(one)
    for (_, mode), lane in lanes.items():
        hidden = [labels[one.pair_id] for one in lane if one.gold]
        assert len(hidden) == round(0.08 / 0.92 * (len(lane) - len(hidden)))
        wrong = hidden.count("invalid")
        assert abs(2 * wrong - len(hidden)) <= 1 if mode == "review" else wrong == 0
    assert all(one.gold == (one.pair_id in labels) for one in made)
    assert gold_short(made, staff().settings) == {}


def test_a_blind_solver_gets_no_gold_that_is_wrong_though_there_be_no_other() -> None:
    spoilt = [one for one in gold_of(SOLVED) if one.origin == "broken"]
    sound = [one for one in gold_of(SOLVED[:1]) if one.origin == "solved"]
    unfit = [one.model_copy(update={"label": "invalid"}) for one in gold_of(SOLVED[1:]) if one.origin == "solved"]
    made = assign([Candidate(one, "benchmark") for one in PAIRS], staff(gold=[*sound, *unfit, *spoilt]))
    assert {one.pair_id for one in made if one.gold} == {SOLVED[0].pair_id}


def test_gold_is_strewn_among_the_others() -> None:
    gold = gold_of(SOLVED)
    made = assign(train(PAIRS), staff(ANNA, gold=gold, overlap=0.0))
    places = [place / len(made) for place, one in enumerate(made) if one.gold]
    assert places
    assert min(places) < 0.2
    assert max(places) > 0.8
    firsts = [assign(train(PAIRS[:60]), staff(name, gold=gold, overlap=0.0))[0] for name in "abcdefghij"]
    assert not all(one.gold for one in firsts)  # nobody can count on it


def met(made: Sequence[Assignment], gold: Sequence[GoldPair]) -> dict[str, Counter[str]]:
    """By annotator: how often they meet each pair, in whatever form."""
    bases = {one.pair_id: one.base for one in gold}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in made:
        found[one.annotator][bases.get(one.pair_id, one.pair_id)] += 1
    return found


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_nobody_meets_a_pair_twice_in_whatever_form_however_often_is_dealt(data: st.DataObject) -> None:
    assigned: list[Assignment] = []
    gold: list[GoldPair] = []
    for one in SOLVED[:5]:  # the owner solves them as everybody else does
        assigned.append(assignment(one, data.draw(st.sampled_from([OWNER, ANNA])), "blind"))
    settings = {"gold": data.draw(st.sampled_from([0.0, 0.08, 0.5])), "judges": data.draw(st.integers(1, 3))}
    upto = known = 0
    for _ in range(data.draw(st.integers(1, 4))):
        known += data.draw(st.integers(0, 10))
        gold = gold_of(SOLVED[:known])
        upto += data.draw(st.integers(0, 25))
        people = data.draw(st.sampled_from([THREE, (*THREE, OWNER), (BEN, ANNA, "dan@example.org")]))
        given = AnnotateSettings.model_validate({"owner": OWNER, **settings})
        spoilt = [one.pair for one in gold if one.origin == "broken"]  # a pair that was kept may be just like it
        now, candidates = Staff(people, given, 7, assigned, gold), mixed([*PAIRS[:upto], *SOLVED[:3], *spoilt[:2]])
        fresh = assign(candidates, now)
        assert assign(candidates, now) == fresh
        assigned += fresh
        assert not any(one.gold for one in fresh if one.annotator == OWNER)
    for by_pair in met(assigned, gold_of(SOLVED)).values():
        assert not by_pair or max(by_pair.values()) == 1
    assert len({one.key for one in assigned}) == len(assigned)


def test_who_solved_a_pair_gets_it_as_no_gold_though_another_owns_the_run_now() -> None:
    solved = [assignment(one, ANNA, "blind") for one in SOLVED]
    made = assign(train(PAIRS), staff(ANNA, BEN, assigned=solved, gold=gold_of(SOLVED)))
    assert {one.annotator for one in made if one.gold} == {BEN}


def test_a_pair_that_equals_one_broken_on_purpose_is_dealt_to_nobody() -> None:
    gold = gold_of(SOLVED)
    twins = [Candidate(one.pair, "train") for one in gold]
    assert regular(assign([*train(PAIRS[:5]), *twins], staff(gold=gold))) == regular(assign(train(PAIRS[:5]), staff()))


def test_no_gold_is_made_of_what_guidelines_show_nor_of_a_base_that_was_wrong_after_all() -> None:
    gold = gold_of(SOLVED)
    shown = [one.pair_id for one in SOLVED[:20]]
    made = assign(train(PAIRS), staff(gold=gold, examples=shown))
    bases = {one.pair_id: one.base for one in gold}
    assert made
    assert not {bases[one.pair_id] for one in made if one.gold} & set(shown)
    after_all = [one.model_copy(update={"label": "invalid"}) if one.origin == "solved" else one for one in gold]
    hidden = [one for one in assign(train(PAIRS), staff(gold=after_all)) if one.gold]
    assert hidden
    assert all(bases[one.pair_id] == one.pair_id for one in hidden)


def test_gold_that_was_made_later_goes_to_those_who_have_had_none() -> None:
    first = assign(train(PAIRS), staff())
    short = gold_short(first, staff().settings)
    assert set(short) == set(THREE)
    later = assign([], staff(assigned=first, gold=gold_of(SOLVED)))
    assert all(one.gold for one in later)
    assert Counter(one.annotator for one in later) == short
    assert gold_short([*first, *later], staff().settings) == {}
    assert assign([], staff(assigned=[*first, *later], gold=gold_of(SOLVED))) == []


def test_the_owner_gets_no_gold_and_lacks_none() -> None:
    gold = gold_of(SOLVED)
    own = [
        *(assignment(one, OWNER, "blind") for one in SOLVED),
        *(assignment(one, OWNER, "adjudicate") for one in PAIRS[:80]),
    ]
    made = assign(train(PAIRS), staff(OWNER, gold=gold, assigned=own, owner=OWNER.title()))
    assert made
    assert not any(one.gold for one in made)
    assert gold_short([*own, *made], staff().settings) == {}
    assert regular(made) == assign(
        train(PAIRS), staff(OWNER, gold=gold, owner=OWNER.title(), assigned=own[len(SOLVED) :])
    )


def test_gold_is_short_by_kind_of_task_as_it_is_dealt() -> None:
    made = [
        *(assignment(one, ANNA, "review") for one in PAIRS[:5]),
        *(assignment(one, ANNA, "blind") for one in PAIRS[5:10]),
    ]
    assert gold_short(made, staff().settings) == {}  # too few of each for one
    both = [
        *(assignment(one, ANNA, "review") for one in PAIRS[:6]),
        *(assignment(one, ANNA, "blind") for one in PAIRS[6:12]),
    ]
    assert gold_short(both, staff().settings) == {ANNA: 2}


def test_the_same_is_dealt_in_whatever_order_gold_was_made() -> None:
    gold = gold_of(SOLVED)
    shuffled = list(gold)
    Random(1).shuffle(shuffled)
    assert assign(mixed(PAIRS), staff(gold=gold)) == assign(mixed(PAIRS), staff(gold=shuffled))


def test_nothing_gives_nothing() -> None:
    assert assign([], staff()) == []
    assert assign([], Staff((), AnnotateSettings(), 0)) == []
    assert gold_short([], AnnotateSettings()) == {}


def test_no_assignment_is_told_from_gold_by_what_is_shown() -> None:
    """The answers stay in the run folder: only ``gold`` there says which it is."""
    one = small_pair()
    hidden, plain = assignment(one, ANNA, "review", gold=True), assignment(one, ANNA, "review")
    assert hidden.model_copy(update={"gold": False}) == plain
