"""Who is named, and that nobody good is."""

from collections import Counter
from functools import partial
from random import Random

import pytest

from annotation.consensus import Skill, consensus
from annotation.standing import Evidence, GoldScore, Standing, flags, standings
from annotation.standing.sameness import Same, most_frequent
from annotation.votes import votes_of
from tests.annotation.consensus.simulated import ALWAYS_ACCEPTS, CAREFUL, GOOD, GUESSING, Person, project

MANY = Evidence(done=200)
NO_GOLD = GoldScore()


def standing_of(people: list[Person], *, seed: int, count: int = 300, judges: int = 2) -> dict[str, Standing]:
    made = project(people, seed=seed, count=count, judges=judges)
    votes = votes_of(made.verdicts, made.pairs)
    return standings(made.verdicts, votes, made.gold, consensus(votes, made.gold))


def test_guessing_is_named_once_it_is_sure() -> None:
    guess = Skill("x", 0.55, 0.55, 200, error=0.07)
    [told] = flags(MANY, NO_GOLD, guess, [], [])
    assert told == "hardly better than guessing: calls 55 % of valid pairs valid, and 45 % of invalid ones"
    assert flags(MANY, NO_GOLD, Skill("x", 0.55, 0.55, 200, error=0.3), [], []) == ()
    assert flags(MANY, NO_GOLD, Skill("x", 0.55, 0.55, 200), [], []) == ()
    assert flags(MANY, NO_GOLD, Skill("x", 0.3, 0.4, 200, error=0.1), [], [])[0].startswith("worse than guessing")


def test_nobody_is_named_for_a_handful_of_verdicts() -> None:
    guess = Skill("x", 0.1, 0.1, 5, error=0.01)
    same = Same("accept", 1.0, 5, others=0.1)
    assert flags(Evidence(done=5, seconds=(0.5,) * 5), NO_GOLD, guess, [same], [40.0]) == ()


def test_gold_alone_names_who_guesses_and_clears_who_does_not() -> None:
    half = GoldScore(40, 20, 0, valid=(10, 20), broken=(10, 20))
    assert flags(MANY, half, None, [], []) == ("hardly better than guessing: right on 20 of 40 gold pairs",)
    all_right = GoldScore(40, 40, 0, valid=(20, 20), broken=(20, 20))
    quick = Evidence(done=200, seconds=(1.0,) * 200)
    assert flags(quick, all_right, Skill("x", 0.5, 0.5, 200, error=0.01), [Same("accept", 1.0, 200, 0.5)], [30.0]) == ()


def test_the_same_answer_is_held_against_what_others_give() -> None:
    told = flags(MANY, NO_GOLD, None, [Same("accept", 0.99, 200, others=0.8)], [])
    assert told == ("gives the same answer 99 % of the time: accept; others give it 80 % of the time",)
    for same in (Same("accept", 0.99, 200, 0.97), Same("accept", 0.99, 200, None), Same("accept", 0.9, 200, 0.6)):
        assert flags(MANY, NO_GOLD, None, [same], []) == ()


def test_speed_is_held_against_the_others_and_against_what_is_possible() -> None:
    slow, fast = Evidence(done=50, seconds=(20.0,) * 50), Evidence(done=50, seconds=(6.0,) * 50)
    assert flags(slow, NO_GOLD, None, [], [30.0, 40.0]) == ()
    assert flags(fast, NO_GOLD, None, [], [20.0, 10.0]) == ()
    told = "much faster than the others: 6.0 s a pair, where others take 25.0 s"
    assert flags(fast, NO_GOLD, None, [], [20.0, 30.0]) == (told,)
    clicks = Evidence(done=50, seconds=(1.0,) * 20 + (30.0,) * 30)
    assert flags(clicks, NO_GOLD, None, [], [30.0]) == ("clicks through: 40 % of verdicts took less than 2 s",)
    assert flags(Evidence(done=50, seconds=(1.0,) * 8 + (30.0,) * 42), NO_GOLD, None, [], [30.0]) == ()
    assert flags(Evidence(done=50), NO_GOLD, None, [], [30.0]) == ()


def test_who_does_well_on_the_little_gold_there_is_may_be_quick() -> None:
    quick = Evidence(done=50, seconds=(5.0,) * 50)
    assert flags(quick, GoldScore(4, 4, 0, valid=(2, 2), broken=(2, 2)), None, [], [40.0]) == ()
    assert flags(quick, GoldScore(4, 2, 0, valid=(2, 2), broken=(0, 2)), None, [], [40.0]) != ()


def test_the_most_frequent_answer_is_found() -> None:
    own = Counter(accept=6, fix=2, reject=2)
    others = [Counter(accept=1, fix=1), Counter(accept=9, reject=1), Counter[str](), Counter(fix=1)]
    assert most_frequent(own, others) == Same("accept", 0.6, 10, 0.5)
    assert most_frequent(Counter(), others) is None
    assert most_frequent(own, []) == Same("accept", 0.6, 10, None)


@pytest.mark.parametrize("seed", range(3))
def test_who_clicks_through_is_named_for_it(seed: int) -> None:
    hasty = Person("hasty@example.org", 0.6, 0.5, seconds=1.5)
    found = standing_of([CAREFUL, GOOD, hasty], seed=seed)
    assert {name for name, one in found.items() if one.flags} == {hasty.name}
    assert any(reason.startswith("clicks through") for reason in found[hasty.name].flags)
    assert any(reason.startswith("much faster") for reason in found[hasty.name].flags)


def test_good_annotators_are_practically_never_named() -> None:
    """Teams of all kinds, half of them small projects; each good annotator is right 85 % of the time or more."""
    random = Random(0)
    skill = partial(random.uniform, 0.85, 1)
    good = named = 0
    for seed in range(120):
        team = [
            Person(f"good-{place}@example.org", skill(), skill(), random.uniform(10, 30))
            for place in range(random.randint(1, 4))
        ]
        team += random.sample([GUESSING, ALWAYS_ACCEPTS, Person("so-so@example.org", 0.75, 0.75)], random.randint(1, 2))
        found = standing_of(team, seed=seed, count=random.choice([40, 100, 400]), judges=random.randint(1, 2))
        for name, one in found.items():
            if name.startswith("good"):
                good, named = good + 1, named + bool(one.flags)
    assert good > 250
    assert named <= good / 200
